// Owns the good inputs that all others are made from: the repository's own events, policies and mistakes.
import Events
import Foundation
import Policy

enum Corpus {
  /// The repository's folder.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Lines of the sample events, and for feedback those with a mistake too.
  static func events(_ kind: EventKind) -> [[UInt8]] {
    let names: [String] =
      switch kind {
      case .feedback: ["feedback", "mistakes"]
      case .incident: ["incidents"]
      case .caseUpdate: ["case-updates"]
      case .remedy: ["remedies"]
      }
    let lines = names.flatMap { bytes("Config/events/\($0).ndjson").split(separator: 0x0A).map(Array.init) }
    return lines.isEmpty ? [Array("{}".utf8)] : lines
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
