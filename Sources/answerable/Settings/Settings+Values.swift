// Owns how durations, times, kinds of events and places in a log are written on a command line.
import Console
import Events
import Foundation
import Roles

enum Settings {
  /// An option that takes a duration with its unit.
  static func duration(
    _ name: String, _ summary: String, default fallback: Duration, text: String,
    atLeast least: (value: Duration, text: String)? = nil
  ) -> Option<Duration> {
    .value(name, nil, "TIME", summary, default: fallback, defaultText: text) { word throws(BadValue) in
      guard let duration = duration(word) else {
        throw BadValue("\"\(word)\" is no duration: a number and ms, s, m, h or d, like 500ms or 6s")
      }
      if let least, duration < least.value {
        throw BadValue("\"\(word)\" is too short: \(least.text) or more")
      }
      return duration
    }
  }

  /// `500ms`, `6s`, `2m`, `3h`, `7d`; nil for anything else.
  static func duration(_ word: String) -> Duration? {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int64(digits) else { return nil }
    let milliseconds: Int64? =
      switch word.dropFirst(digits.count) {
      case "ms": 1
      case "s": 1_000
      case "m": 60_000
      case "h": 3_600_000
      case "d": 86_400_000
      default: nil
      }
    guard let milliseconds else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: milliseconds)
    // A century: far above what any option means, far below where arithmetic would break.
    return overflow || product > 3_155_760_000_000 ? nil : .milliseconds(product)
  }

  /// Milliseconds since 1970 of `2026-03-02T09:30:00Z`, of `2026-03-02` (its beginning, UTC), or of a duration
  /// ago (`2h`); nil for anything else.
  static func time(_ word: String, now: Int64 = now) -> Int64? {
    if let time = RFC3339.milliseconds(word) { return time }
    if word.utf8.count == 10, let day = RFC3339.milliseconds(word + "T00:00:00Z") { return day }
    let ago = word.hasPrefix("-") ? String(word.dropFirst()) : word
    guard let duration = duration(ago) else { return nil }
    return now &- duration.milliseconds
  }

  /// An option that takes a time.
  static func time(_ name: String, _ summary: String) -> Option<Int64?> {
    .value(name, nil, "TIME", "\(summary): \(timeForms).", default: nil) { word throws(BadValue) in
      guard let time = time(word) else { throw BadValue("\"\(word)\" is not \(timeForms)") }
      return time
    }
  }

  static let timeForms = "a time like 2026-03-02T09:30:00Z, a day like 2026-03-02, or a duration ago like 2h"

  /// An option that takes the kind of an event.
  static func eventKind(_ summary: String, short: Character? = nil) -> Option<EventKind?> {
    let allowed = EventKind.allCases.map(\.rawValue)
    return .value("kind", short, "KIND", summary, default: nil, allowed: allowed) { word throws(BadValue) in
      guard let kind = EventKind(rawValue: word) else {
        throw BadValue(Suggestion.refusal(of: word, among: allowed))
      }
      return kind
    }
  }

  /// Milliseconds since 1970, by this machine's clock.
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  /// Where to begin to read.
  enum Beginning: Sendable, Hashable {
    case earliest, latest
    case time(Int64)
  }

  /// `--from earliest|latest|TIME`
  static func from(_ summary: String, default fallback: Beginning, text: String) -> Option<Beginning> {
    .value("from", nil, "WHERE", summary, default: fallback, defaultText: text) { word throws(BadValue) in
      switch word {
      case "earliest": return .earliest
      case "latest": return .latest
      default:
        guard let time = time(word) else {
          throw BadValue("\"\(word)\" is none of earliest, latest, \(timeForms)")
        }
        return .time(time)
      }
    }
  }
}

extension Duration {
  var milliseconds: Int64 {
    components.seconds &* 1000 &+ components.attoseconds / 1_000_000_000_000_000
  }
}
