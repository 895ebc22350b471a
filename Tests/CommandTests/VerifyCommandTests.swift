// Owns what is promised to a till: what `verify` says yes to, and what it refuses with which code.
import Console
import Events
import Foundation
import Signatures
import Testing

@testable import answerable

@Suite struct VerifyCommandTests {
  private static let noon = Settings.time("2026-03-03T12:00:00Z") ?? 0
  private let key: SigningKey
  private let folder: URL

  init() throws {
    key = try SigningKey.generate()
    folder = FileManager.default.temporaryDirectory.appending(path: "answerable-verify-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A record as a consumer gets it; signed unless `signs` says otherwise.
  private func record(
    _ answer: String = "approved", minor: Int = 12_000, claim: String = "c-7ee3-1-r1", signs: Bool = true,
    text: (Delegation) -> [UInt8] = CanonicalText.approval
  ) throws -> String {
    func json(_ signature: String) -> String {
      """
      {"id":"\(claim)-d1","claim":"\(claim)","answer":"\(answer)","case":"c-7ee3-1","subjectKey":"c-7ee3",\
      "owner":"housekeeping","root":"site/lyon-1","action":"engage-repair",\
      "amount":{"minor":\(minor),"currency":"EUR"},"requester":{"id":"p-maid","role":"housekeeper"},\
      "expiresAt":"2026-03-10T09:15:00.000Z",\(signature)"at":"2026-03-03T09:15:00.420Z",\
      "reason":{"code":"granted","text":"within"},"epoch":17}
      """
    }
    guard signs else { return json("") }
    let value = try Array(json("").utf8).withUnsafeBytes { bytes in
      String(
        decoding: Base64URL.encode(try key.sign(text(try DelegationDecoder().decode(bytes)))), as: UTF8.self)
    }
    return json("\"signature\":{\"key\":\"till-2026\",\"value\":\"\(value)\"},")
  }

  private func code(
    _ record: String, keys: [ApprovalCheck.Key]? = nil, now: Int64 = noon
  ) -> ApprovalCheck.Code {
    let keys = keys ?? [ApprovalCheck.Key(id: "till-2026", key: key.publicKey)]
    return ApprovalCheck(keys: keys, now: now).verdict(Array(record.utf8)).code
  }

  @Test func whatWasSignedAndStillHoldsIsValid() throws {
    #expect(code(try record()) == .valid)
  }

  @Test func eachThingThatIsWrongHasACodeOfItsOwn() throws {
    let good = try record()
    #expect(code(good.replacing("\"minor\":12000", with: "\"minor\":92000")) == .badSignature)
    #expect(code(good.replacing("2026-03-10T", with: "2026-04-10T")) == .badSignature)
    #expect(code(good.replacing("09:15:00.420Z", with: "09:14:59.420Z")) == .badSignature)
    #expect(code(good, now: Self.noon + 7 * 86_400_000) == .expired)
    #expect(code(try record(signs: false)) == .unsigned)
    #expect(code(try record("lapsed", signs: false)) == .notAnApproval)
    #expect(code(good, keys: [.init(id: "other", key: key.publicKey)]) == .unknownKey)
    #expect(code(good, keys: [.init(id: "till-2026", key: key.publicKey, until: 1)]) == .keyNotValid)
    #expect(
      code(good, keys: [.init(id: "till-2026", key: try SigningKey.generate().publicKey)]) == .badSignature)
    #expect(code("{\"claim\":1}") == .unreadable)
  }

  /// Its signature leaves out when it was given, so a key's period cannot be held against that.
  @Test func anApprovalOfTheFirstFormIsValidOnlyByAKeyThatCountedAtAnyTimeUntilNow() throws {
    let first = try record(text: CanonicalText.untimedApproval)
    let backdated = first.replacing("2026-03-03T09:15", with: "2026-01-03T09:15")
    func code(from: Int64 = 0, until: Int64 = 0, of record: String) -> ApprovalCheck.Code {
      self.code(record, keys: [.init(id: "till-2026", key: key.publicKey, from: from, until: until)])
    }
    #expect(code(of: first) == .valid && code(of: backdated) == .valid)
    #expect(code(until: Self.noon + 1, of: first) == .valid)
    for record in [first, backdated] {
      #expect(code(until: Self.noon, of: record) == .keyNotValid)
      #expect(code(from: 1, of: record) == .keyNotValid)
    }
    #expect(code(of: first.replacing("\"minor\":12000", with: "\"minor\":92000")) == .badSignature)
  }

  @Test func anApprovalIsRedeemedOnceOffline() throws {
    let paid = folder.appending(path: "paid.txt").path
    let file = folder.appending(path: "approval.json").path
    try Data((try record() + "\n").utf8).write(to: URL(filePath: file))
    let words = [
      "verify", file, "--key", "\(key.publicKey)", "--redeemed", paid, "--at", "2026-03-03T12:00:00Z",
    ]
    let first = CommandRun(words)
    #expect(first.code == .success && first.out.contains("valid"), "\(first.out)\(first.err)")
    let second = CommandRun(words)
    #expect(second.code == .negative)
    #expect(second.out.contains("already-redeemed"))
    #expect(second.out.contains("it was redeemed before, at 2026-03-03T12:00:00.000Z"))
  }

  @Test func whatIsRefusedIsNotRedeemed() throws {
    let paid = folder.appending(path: "paid.txt").path
    let file = folder.appending(path: "approval.json").path
    try Data(try record().replacing("\"minor\":12000", with: "\"minor\":92000").utf8)
      .write(to: URL(filePath: file))
    #expect(CommandRun(["verify", file, "--key", "\(key.publicKey)", "--redeemed", paid]).code == .negative)
    #expect(!FileManager.default.fileExists(atPath: paid))
  }

  @Test func oneOfManyThatRedeemAtOnceIsToldYes() async throws {
    let file = RedemptionFile(path: folder.appending(path: "paid.txt").path)
    let answers = try await withThrowingTaskGroup(of: RedemptionFile.Answer.self) { group in
      for _ in 0..<16 { group.addTask { try file.redeem(claim: "c-7ee3-1-r1", at: Self.noon) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.filter { $0 == .redeemed }.count == 1)
  }

  @Test func aLineThatACrashCutOffWasNeverAnsweredWithYes() throws {
    let path = folder.appending(path: "paid.txt").path
    try Data("c-7ee3-1-r1 2026-03-03T12:00:00.000Z\nc-7ee3-1-r".utf8).write(to: URL(filePath: path))
    let file = RedemptionFile(path: path)
    #expect(try file.redeem(claim: "c-7ee3-1-r1", at: Self.noon) == .before("2026-03-03T12:00:00.000Z"))
    #expect(try file.redeem(claim: "c-7ee3-1-r2", at: Self.noon) == .redeemed)
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == "c-7ee3-1-r1 2026-03-03T12:00:00.000Z\nc-7ee3-1-r2 2026-03-03T12:00:00.000Z\n")
  }

  @Test func nobodyIsToldYesBeforeTheNameOfANewFileIsOnTheDisk() throws {
    let path = folder.appending(path: "paid.txt").path
    let broken = RedemptionFile(path: path) { _ throws(Failure) in throw Failure("no disk", code: .io) }
    #expect(throws: Failure.self) { try broken.redeem(claim: "c-7ee3-1-r1", at: Self.noon) }
    #expect(try Data(contentsOf: URL(filePath: path)).isEmpty)
    // The file is there now, made by somebody who was told nothing: its name may still be missing after a crash.
    #expect(throws: Failure.self) { try broken.redeem(claim: "c-7ee3-1-r1", at: Self.noon) }
    #expect(try RedemptionFile(path: path).redeem(claim: "c-7ee3-1-r1", at: Self.noon) == .redeemed)
    // Whoever finds a line finds it after a crash, too.
    #expect(try broken.redeem(claim: "c-7ee3-1-r2", at: Self.noon) == .redeemed)
  }

  @Test func aTillMayKeepItsFileElsewhereAndALinkToIt() throws {
    let link = folder.appending(path: "paid.txt").path
    let kept = folder.appending(path: "kept")
    try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "kept/paid.txt")
    #expect(try RedemptionFile(path: link).redeem(claim: "c-7ee3-1-r1", at: Self.noon) == .redeemed)
    let line = try String(contentsOfFile: kept.appending(path: "paid.txt").path, encoding: .utf8)
    #expect(line == "c-7ee3-1-r1 2026-03-03T12:00:00.000Z\n")
  }

  @Test func whoseSignatureCountsHasToBeSaid() {
    let run = CommandRun(["verify", "approval.json"])
    #expect(
      run.code == .usage && run.err.contains("say whose signature counts: --policy DIR, or --key PUBLIC"))
  }

  @Test func aNewKeySignsAndItsFileIsNobodyElses() throws {
    let path = folder.appending(path: "approvals.key").path
    let made = CommandRun(["keys", "new", "--out", path])
    #expect(made.code == .success, "\(made.err)")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let key = try SigningKey(file: path)
    #expect(made.out.contains("public: \(key.publicKey)"))
    #expect(!made.out.contains(try key.reveal().reveal()))
    #expect(CommandRun(["keys", "public", path]).out.contains("\(key.publicKey)"))
    let again = CommandRun(["keys", "new", "--out", path])
    #expect(again.code == .io && again.err.contains("exists"))
    #expect(try SigningKey(file: path).publicKey == key.publicKey)
  }

  @Test func aFileThatIsNoKeyIsToldBeforeAnythingRuns() throws {
    let path = folder.appending(path: "no.key").path
    try Data("not a key\n".utf8).write(to: URL(filePath: path))
    let run = CommandRun(["keys", "public", path])
    #expect(
      run.code == .configuration && run.err.contains("unreadable-key") && !run.err.contains("not a key"))
    #expect(CommandRun(["keys", "public", "/nowhere/key"]).code == .noInput)
  }
}
