// Owns the good inputs that all others are made from: the repository's own events, policies and mistakes.
import Events
import Foundation
import Policy

enum Corpus {
  /// The repository's folder.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Lines of the sample events, for feedback those with a mistake too, and the examples of the contract.
  static func events(_ kind: EventKind) -> [[UInt8]] {
    let names: [String] =
      switch kind {
      case .feedback: ["feedback", "mistakes"]
      case .incident: ["incidents"]
      case .caseUpdate: ["case-updates"]
      case .remedy: ["remedies"]
      }
    let lines = names.flatMap { bytes("Config/events/\($0).ndjson").split(separator: 0x0A).map(Array.init) }
    let all = lines + examples(kind.rawValue)
    return all.isEmpty ? [Array("{}".utf8)] : all
  }

  /// The examples that a published schema has of the whole record.
  static func examples(_ schema: String) -> [[UInt8]] {
    guard let file = Schemas.file(schema),
      let root = try? JSONSerialization.jsonObject(with: Data(file)) as? [String: Any],
      let examples = root["examples"] as? [Any]
    else { return [] }
    return examples.compactMap { example in
      (try? JSONSerialization.data(withJSONObject: example, options: .sortedKeys)).map { Array($0) }
    }
  }

  /// The files of the policy that ships.
  static var policy: [SourceFile] { sources(in: root.appendingPathComponent("Config/policy")) }

  /// The files of every mistake that the policy's own tests keep.
  static var policyMistakes: [SourceFile] {
    let folder = root.appendingPathComponent("Tests/PolicyTests/Mistakes")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().flatMap { sources(in: folder.appendingPathComponent($0)) }
  }

  static func bytes(_ path: String) -> [UInt8] {
    (try? Data(contentsOf: root.appendingPathComponent(path))).map { Array($0) } ?? []
  }

  private static func sources(in folder: URL) -> [SourceFile] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { name in [".yaml", ".csv", ".ics"].contains(where: name.hasSuffix) }
      .compactMap { name in
        (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)).map {
          SourceFile(name: name, text: $0)
        }
      }
  }
}
