// Owns `verify`: an approval checked where it is redeemed, without a broker.
import Console
import Events
import Foundation
import Policy
import Signatures

enum VerifyCommand {
  private static let key = Option<String?>.text(
    "key", nil, "PUBLIC",
    "The public half that approvals are checked with, 43 characters; in place of --policy.")
  private static let redeemed = Option<String?>.text(
    "redeemed", nil, "FILE",
    "Remembers there what was redeemed, and refuses it the second time. One file for all that redeem.",
    completion: .file)
  private static let at = Settings.time("at", "As if it were then")
  private static let json = Option<Bool>.flag(
    "json", nil, "Print one JSON object for each record: claim, code, valid, text, and what was approved.")

  static let command = Command(
    "verify", "check an approval offline: ours, unaltered, not over, not redeemed before",
    details: [
      "FILE holds records of delegations as consumers get them, one JSON object a line; - is standard input. Nothing is "
        + "asked of any broker: what a till needs is this command and the public half of the key, from the policy's "
        + "folder or with --key.",
      "An approval that was taken back after it was given looks the same offline. The last word has the act `settle`, "
        + "which a budget takes once: a second one is refused as already-settled.",
      "Codes: \(ApprovalCheck.Code.allCases.map(\.rawValue).joined(separator: ", ")). Exit code 0: every record is valid. "
        + "1: at least one is not; the reason is printed.",
    ],
    options: [
      OptionGroup("Options", [PolicyFolders.option.spec, key.spec, redeemed.spec, at.spec, json.spec])
    ],
    positionals: [Positional("FILE", "Records; without it, standard input.", .optional, completion: .file)],
    examples: [
      Example("answerable verify approval.json --policy Config/policy", "Is this ours, and does it hold?"),
      Example(
        "answerable verify --key 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo --redeemed paid.txt",
        "A till reads approvals from standard input, and pays each once."),
    ],
    body: Failures.told { invocation, terminal in
      let check = ApprovalCheck(keys: try keys(invocation, terminal), now: invocation[at] ?? Settings.now)
      let file = invocation[redeemed].map { RedemptionFile(path: $0) }
      var code = ExitCode.success
      let records = try lines(invocation.arguments.first ?? "-")
      guard !records.isEmpty else { throw Failure("there is no record", code: .noInput) }
      for record in records {
        var verdict = check.verdict(Array(record))
        if verdict.code == .valid, let approval = verdict.approval, let file,
          case .before(let time) = try file.redeem(claim: approval.claim, at: check.now)
        {
          verdict.code = .alreadyRedeemed
          verdict.text = "it was redeemed before, at \(TextWidth.printable(time))"
        }
        if verdict.code != .valid { code = .negative }
        if invocation[json] {
          terminal.out.line(try JSONLine.text(Line(verdict)))
        } else {
          print(verdict, to: terminal.out, now: check.now)
        }
      }
      return code
    })

  private static func keys(_ invocation: Invocation, _ terminal: Terminal) throws -> [ApprovalCheck.Key] {
    if let text = invocation[key] {
      do {
        return [ApprovalCheck.Key(id: nil, key: try PublicKey(base64URL: text.utf8))]
      } catch {
        throw UsageError("--key: \(error)", command: "answerable verify")
      }
    }
    guard let folder = invocation[PolicyFolders.option] else {
      throw UsageError(
        "say whose signature counts: --policy DIR, or --key PUBLIC", command: "answerable verify")
    }
    let keys = ApprovalCheck.keys(of: try PolicyFolderCheck(folder: folder).explainable(terminal))
    guard !keys.isEmpty else {
      throw Failure(
        "\(folder): delegation.yaml names no key that signs approvals",
        advice: "`answerable keys new` makes one and prints its entry.", code: .configuration)
    }
    return keys
  }

  private static func lines(_ path: String) throws(Failure) -> [ArraySlice<UInt8>] {
    let bytes =
      path == "-" ? StandardInput.bytes() : FileManager.default.contents(atPath: path).map(Array.init)
    guard let bytes else { throw Failure("\(path): cannot be read", code: .noInput) }
    return bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .filter { !$0.allSatisfy { $0 == UInt8(ascii: " ") } }
  }

  private static func print(_ verdict: ApprovalCheck.Verdict, to stream: TextStream, now: Int64) {
    let isValid = verdict.code == .valid
    var line = stream.styled(TextWidth.pad(verdict.code.rawValue, to: 16), isValid ? .green : .red, .bold)
    if let approval = verdict.approval {
      let what = [approval.money, approval.action].filter { !$0.isEmpty }.joined(separator: " for ")
      line += "  \(TextWidth.printable(what))  \(TextWidth.printable(approval.claim))"
      if isValid, approval.expiresAt > 0 { line += "  until \(Clock.short(approval.expiresAt, from: now))" }
    }
    stream.line(line)
    stream.line("  \(TextWidth.printable(verdict.text))")
  }

  private struct Line: Encodable {
    var valid: Bool
    var code: String
    var text: String
    var claim: String?
    var action: String?
    /// Minor units.
    var amount: Int64?
    var currency: String?
    var expiresAt: String?

    init(_ verdict: ApprovalCheck.Verdict) {
      valid = verdict.code == .valid
      (code, text) = (verdict.code.rawValue, verdict.text)
      guard let approval = verdict.approval else { return }
      (claim, action) = (approval.claim, approval.action)
      (amount, currency) = (approval.amount, approval.currency)
      expiresAt = approval.expiresAt > 0 ? Clock.full(approval.expiresAt) : nil
    }
  }
}
