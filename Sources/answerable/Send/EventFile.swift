// Owns the files that events are sent from: which kind a file holds, which files a folder has, and their lines.
import Console
import Events

/// A file of events, one JSON object a line.
struct EventFile {
  let path: String
  let kind: EventKind

  /// What a file holds, by its name: `feedback.ndjson`, `incidents-2026-03.ndjson`, `case-updates.jsonl`.
  static func kind(ofName name: String) -> EventKind? {
    let names: [(String, EventKind)] = [
      ("feedback", .feedback), ("incident", .incident), ("case-update", .caseUpdate), ("remed", .remedy),
    ]
    return names.first { name.lowercased().hasPrefix($0.0) }?.1
  }

  /// The files meant by a path: itself, or those in a folder whose names say what they hold. `skipped` names the
  /// others.
  static func files(at path: String, kind: EventKind?, skipped: inout [String]) throws(Failure) -> [EventFile]
  {
    guard exists(path) || path == "-" else { throw Failure("\(path): there is no such file", code: .noInput) }
    guard isFolder(path) else {
      let name = String(path.split(separator: "/").last ?? "")
      guard let kind = kind ?? Self.kind(ofName: name) else {
        throw Failure(
          "\(path): its name says none of feedback, incidents, case-updates, remedies",
          advice:
            "Say what it holds with --kind \(EventKind.allCases.map(\.rawValue).joined(separator: "|"))",
          code: .usage)
      }
      return [EventFile(path: path, kind: kind)]
    }
    var files: [EventFile] = []
    for name in names(in: path) where name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") {
      let path = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      guard let found = Self.kind(ofName: name), kind == nil || kind == found else {
        skipped.append(path)
        continue
      }
      files.append(EventFile(path: path, kind: found))
    }
    guard !files.isEmpty else {
      throw Failure("\(path): holds no feedback.ndjson, incidents.ndjson or the like", code: .noInput)
    }
    return files
  }

  /// The lines with their numbers, from 1; empty ones are left out.
  func lines() throws(Failure) -> [(number: Int, bytes: ArraySlice<UInt8>)] {
    guard let bytes = path == "-" ? StandardInput.bytes() : TextFile.bytes(path) else {
      throw Failure("\(path): cannot be read", code: .noInput)
    }
    var number = 0
    var lines: [(number: Int, bytes: ArraySlice<UInt8>)] = []
    for var line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if line.contains(where: { $0 > 0x20 }) { lines.append((number, line)) }
    }
    return lines
  }
}
