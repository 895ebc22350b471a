// Owns the shipped policy with seeded damage: what a hurried author, a bad merge or a broken disk makes of it.
import Foundation

@testable import Policy

struct PolicyMutator {
  private var random: SeededGenerator
  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static let shipped: [SourceFile] = {
    let folder = URL(fileURLWithPath: ShippedPolicyTests.folder)
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    return names.compactMap { name in
      (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)).map {
        SourceFile(name: name, text: $0)
      }
    }
  }()

  /// One to four changes to one or two files, which stand in random order.
  mutating func files() -> [SourceFile] {
    var files = Self.shipped
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let index = Int.random(in: 0..<files.count, using: &random)
      files[index].text = damage(files[index].text)
    }
    if random.once(in: 20) { files.remove(at: Int.random(in: 0..<files.count, using: &random)) }
    return files.shuffled(using: &random)
  }

  private static let words = [
    "- ", ": ", "{", "}", "[", "]", "\"", "'", "#", "&a ", "*a", "!t ", "|", ">", "---\n", "\t", "  ", "\n",
    ",",
    "..", "0", "-1", "1e9", "99999999999999999999", "true", "no", "~", "null", "<<: ", "owner", "when",
    "rules",
    "lookup: owners.csv", "unless", "after", "of owner", "2 days", "4h", "none", "kind", "lift-service",
    "billing", "\u{FEFF}", "\u{0}", "\u{7}", "é", "🙂", "\r\n",
    "\u{85}",
  ]

  private mutating func damage(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let at = Int.random(in: 0..<lines.count, using: &random)
    let other = Int.random(in: 0..<lines.count, using: &random)
    switch Int.random(in: 0..<9, using: &random) {
    case 0: lines.remove(at: at)
    case 1: lines.insert(lines[other], at: at)
    case 2: lines.swapAt(at, other)
    case 3: lines[at] = "  " + lines[at]
    case 4: lines[at] = String(lines[at].drop { $0 == " " })
    case 5: lines[at] = insert(random.pick(Self.words), into: lines[at])
    case 6: lines[at] = remove(from: lines[at])
    case 7: lines[at] = exchangeWords(lines[at], lines[other])
    default: return String(text.prefix(Int.random(in: 0...text.count, using: &random)))
    }
    return lines.joined(separator: "\n")
  }

  private mutating func insert(_ word: String, into line: String) -> String {
    let cut = Int.random(in: 0...line.count, using: &random)
    return line.prefix(cut) + word + line.dropFirst(cut)
  }

  private mutating func remove(from line: String) -> String {
    guard !line.isEmpty else { return line }
    let cut = Int.random(in: 0..<line.count, using: &random)
    return String(line.prefix(cut) + line.dropFirst(cut + Int.random(in: 1...3, using: &random)))
  }

  /// A name where another one stood.
  private mutating func exchangeWords(_ line: String, _ other: String) -> String {
    func words(_ text: String) -> [Substring] { text.split { !$0.isLetter && $0 != "-" && $0 != "." } }
    guard !words(line).isEmpty, !words(other).isEmpty else { return line }
    return line.replacing(random.pick(words(line)), with: random.pick(words(other)), maxReplacements: 1)
  }
}
