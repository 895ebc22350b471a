import Events
import Foundation
import RawClient
// Owns the events that benchmarks use: those of Config/events, mixed as a group of hotels sends them, each with an
// id of its own and many subjects.
import Streams

/// An event as text with two holes: byte 1 for the id, byte 2 for a number in the subject's id.
struct EventTemplate {
  var kind: EventKind
  var text: [UInt8]

  /// Whether it comes in a CloudEvents envelope.
  var isCloudEvent: Bool { String(decoding: text, as: UTF8.self).contains("\"specversion\"") }

  /// The event with its holes filled, as the load in C fills them.
  func filled(_ number: Int) -> [UInt8] {
    var filled: [UInt8] = []
    for byte in text {
      switch byte {
      case 1: filled += Array("at-1764057600000000-\(number)".utf8)
      case 2: filled += Array("\(number * 7919 % 10007)".utf8)
      default: filled.append(byte)
      }
    }
    return filled
  }
}

enum EventTemplates {
  /// The checkout that this program was built from.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// 4,096 events in the order they are sent: of a thousand, 700 are feedback, 120 incidents, 130 case updates and
  /// 50 remedies; one in 256 is a mistake.
  static func deck(mistakes: Bool = true) throws -> [EventTemplate] {
    var random = SeededRandom(seed: 4)
    let kinds: [(EventKind, String, Int)] = [
      (.feedback, "feedback", 700), (.incident, "incidents", 120), (.caseUpdate, "case-updates", 130),
      (.remedy, "remedies", 50),
    ]
    let pools = try kinds.map { try read($0.1, $0.0) }
    let wrong = try read("mistakes", .feedback)
    return (0..<4096).map { place in
      if mistakes, place % 256 == 255 { return wrong[place / 256 % wrong.count] }
      var draw = Int(random.next() % 1000)
      var kind = 0
      while draw >= kinds[kind].2 {
        draw -= kinds[kind].2
        kind += 1
      }
      return pools[kind][Int(random.next() % UInt64(pools[kind].count))]
    }
  }

  private static func read(_ name: String, _ kind: EventKind) throws -> [EventTemplate] {
    let file = root.appendingPathComponent("Config/events/\(name).ndjson")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      EventTemplate(kind: kind, text: Array(withHoles(String($0)).utf8))
    }
  }

  /// The event's own id comes first on each line; a subject's id gives way from its first digit on.
  private static func withHoles(_ line: String) -> String {
    var line = line
    if line.hasPrefix("{\"id\":\""), let end = line.dropFirst(7).firstIndex(of: "\"") {
      line.replaceSubrange(line.index(line.startIndex, offsetBy: 7)..<end, with: "\u{1}")
    }
    if let subject = line.range(of: "\"subject\":{"),
      let id = line.range(of: "\"id\":\"", range: subject.upperBound..<line.endIndex),
      let end = line[id.upperBound...].firstIndex(of: "\""),
      let digit = line[id.upperBound..<end].firstIndex(where: \.isNumber)
    {
      line.replaceSubrange(digit..<end, with: "\u{2}")
    }
    return line
  }
}
