// Owns the target `policy`: folders of damaged files, and damaged records of the policies topic.
import Events
import Foundation
import Policy

final class PolicyTarget: FuzzTarget {
  static let name = "policy"
  static let summary =
    "policy files and records: a policy that decides, or at least one mistake with its place"
  static let share = 10
  static let batch = 2_000

  private let shipped = Corpus.policy
  private let mistakes = Corpus.policyMistakes
  private let record: [UInt8]
  private let plain = ByteMutator(tokens: PolicyTarget.tokens)
  private let events = EventInputs()
  private let decoder = EventDecoder()
  private let folder: URL

  init() throws {
    guard let document = PolicyLoader.check(files: shipped).document else {
      throw SetupError(description: "Config/policy is refused")
    }
    record = try PolicyRecord(document, files: shipped, publishedAt: 0, by: "fuzz", note: "").encode()
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "answerable-fuzz-policy-\(UUID().uuidString)")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    var input = FuzzInput()
    if random.once(in: 12) {
      var bytes = record
      plain.mutate(&bytes, with: record, &random)
      input.add("record", bytes)
    } else {
      for file in damaged(&random) {
        input.add("file", file.name)
        input.add("content", file.bytes)
      }
    }
    input.add("event", events.sample(.feedback, &random).bytes)
    input.add("event", events.value(.feedback, &random))
    return input
  }

  private func damaged(_ random: inout FuzzRandom) -> [(name: String, bytes: [UInt8])] {
    var files = shipped.map { (name: $0.name, bytes: Array($0.text.utf8)) }
    for _ in 0..<(random.once(in: 3) ? 1 + random.below(4) : 1) {
      let index = random.below(files.count)
      let isTable = files[index].name.hasSuffix(".csv")
      let same = mistakes.filter { $0.name.hasSuffix(".csv") == isTable }
      let other = Array(
        (same.isEmpty ? shipped : same)[random.below(same.isEmpty ? shipped.count : same.count)].text.utf8)
      switch random.below(10) {
      case 0:
        files[index].bytes = plain.invent(
          likely: Array("\n\n  --::{}[],,\"'#&*!|>%@`\\\t\r?aé".utf8), &random)
      case 1: files[index].bytes = other
      case 2, 3, 4, 5, 6: changeLines(&files[index].bytes, other, &random)
      default: plain.mutate(&files[index].bytes, with: other, &random)
      }
    }
    if random.once(in: 20), files.count > 1 { files.remove(at: random.below(files.count)) }
    if random.once(in: 30) {
      files.append(("\(random.pick(["a", "teams", "é"])).\(random.pick(["yml", "csv", "txt"]))", []))
    }
    return files
  }

  /// Lines out, in, indented and exchanged: what keeps YAML readable and changes its meaning.
  private func changeLines(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout FuzzRandom) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    let strange = other.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    for _ in 0..<(random.once(in: 3) ? 1 + random.below(4) : 1) {
      let (at, from) = (random.below(lines.count), random.below(lines.count))
      switch random.below(9) {
      case 0 where lines.count > 1: lines.remove(at: at)
      case 1: lines.insert(lines[from], at: at)
      case 2: lines.swapAt(at, from)
      case 3: lines[at] = [0x20, 0x20] + lines[at]
      case 4: lines[at] = Array(lines[at].drop { $0 == 0x20 })
      case 5: lines.insert(random.pick(strange), at: at)
      case 6, 7: exchangeWords(&lines[at], lines[from], &random)
      default:
        guard let colon = lines[at].firstIndex(of: UInt8(ascii: ":")) else { continue }
        let value = random.once(in: 2) ? random.pick(Edges.numbers) : random.pick(Self.tokens)
        lines[at].replaceSubrange((colon + 1)..., with: Array(" \(value)".utf8))
      }
    }
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  /// A word of another line where one stood: names that there are, in places where they do not belong.
  private func exchangeWords(_ line: inout [UInt8], _ other: [UInt8], _ random: inout FuzzRandom) {
    func words(_ line: [UInt8]) -> [ArraySlice<UInt8>] {
      line.split { $0 <= 0x2C || $0 == 0x3A || $0 >= 0x5B && $0 < 0x61 }
    }
    let (own, foreign) = (words(line), words(other))
    guard !own.isEmpty, !foreign.isEmpty else { return }
    let place = random.pick(own)
    line.replaceSubrange(place.startIndex..<place.endIndex, with: random.pick(foreign))
  }

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    if let bytes = input.first("record") {
      do throws(PolicyRecordError) {
        let record = try PolicyRecord.decode(bytes)
        try? decide(record.document, input.all("event"))
        return "record"
      } catch {
        if error.description.isEmpty { throw Violation("a record refused without a reason") }
        return "record refused"
      }
    }
    let check = try load(input)
    try examine(check)
    guard let document = check.document else { return "refused" }
    try decide(document, input.all("event"))
    return check.warnings.isEmpty ? "policy" : "policy with warnings"
  }

  /// In memory where everything is text; bytes that are not must go through a folder.
  private func load(_ input: FuzzInput) throws(Violation) -> PolicyCheck {
    let names = input.all("file").map { String(decoding: $0, as: UTF8.self) }
    let files = Array(zip(names, input.all("content")))
    let texts = files.compactMap { name, bytes in
      String(validating: bytes, as: UTF8.self).map { SourceFile(name: name, text: $0) }
    }
    if texts.count == files.count { return PolicyLoader.check(files: texts) }
    do {
      try? FileManager.default.removeItem(at: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, bytes) in files { try Data(bytes).write(to: folder.appendingPathComponent(name)) }
    } catch {
      throw Violation("the files cannot be written: \(error)")
    }
    return PolicyLoader.load(folder: folder.path)
  }

  private func examine(_ check: PolicyCheck) throws(Violation) {
    if (check.document == nil) != !check.errors.isEmpty {
      throw Violation("neither a policy nor a mistake, or both")
    }
    if check.findings != check.findings.sorted() {
      throw Violation("findings are not in the order of reading")
    }
    for finding in check.findings {
      let text = finding.description
      if finding.message.isEmpty { throw Violation("a finding without a message") }
      if finding.file.isEmpty { throw Violation("a finding without a file: \(text)") }
      if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F || $0.value == 0x2028 }) {
        throw Violation("a control character in: \(text.debugDescription)")
      }
      if (finding.line == 0) != (finding.column == 0) { throw Violation("half a place: \(text)") }
    }
  }

  /// Whoever gets an event has somebody accountable, and `explain` names the same.
  private func decide(_ document: PolicyDocument, _ events: [[UInt8]]) throws(Violation) {
    let evaluator = PolicyEvaluator(CompiledPolicy(document))
    let ours = Set(document.teams.filter { $0.accountable != nil }.map(\.id))
    for bytes in events {
      try EventTrial.withBytes(bytes) { value throws(Violation) in
        guard let event = try? decoder.decode(.feedback, value: value),
          case .feedback(let feedback) = event.body
        else { return }
        var verdict = Verdict()
        evaluator.decide(event, text: feedback.text, into: &verdict)
        let owner = verdict.owner.string
        if !ours.contains(owner) { throw Violation("the owner \(owner) has nobody accountable") }
        if !(0...100).contains(verdict.score) { throw Violation("a score of \(verdict.score)") }
        let explained = evaluator.explain(event, text: feedback.text)?.chain.last?.owner
        if explained != owner {
          throw Violation("decided for \(owner), explained as \(explained ?? "nobody")")
        }
      }
    }
  }

  private static let tokens =
    [
      "- ", ": ", "{", "}", "[", "]", "\"", "'", "#", "&a ", "*a", "!t ", "!!binary ", "|", ">", "|+2\n",
      "---\n", "...\n", "%YAML 1.1\n", "\t", "  ", "\n", "\n\n", ",", ";", "..", "? ", "<<: ", "~", "null",
      "true",
      "no", "0x1F", "0o7", "1e9", ".inf", ".nan", "12:30:45", "2026-01-01", "-1", "\u{FEFF}", "\\x00",
      "\\u0000",
      "\"\\uD800\"", "owner", "when", "rules", "lookup: owners.csv", "kind", "lift-service", "billing",
      "{a: {a: ",
      "words: [", "*", "a*", "\"\"", "''", "accountable", "unrouted", "witness", "by-site", "journeys",
      "teams", "sites", "ladders", "cases", "rungs: [", "unless", "after: 1 day", "of owner", "4h", "1h30m",
      "2 days",
      "99999 days", "none", "by-priority", "actions", "grants", "beyond", "budgets", "limits", "rates",
      "split", "keys", "up-to",
      "ceiling", "closes-case", "150 EUR", "1500 JPY", "1.250 KWD", "0 EUR", "-1 EUR", "1 XXX",
      "10000000000000 EUR", "root: site lyon-1", "per: person", "window: month", "{site}", "{team}",
    ] + Edges.numbers + Edges.characters
}
