// Owns the laws of lengths of time as text: one way to write each, and a way out of every mistake.
import Foundation
import Testing

@testable import Policy

@Suite struct DurationProperties {
  private static func parse(_ text: String) -> WorkingDuration? { try? DurationText.parse(text).get() }

  @Test(arguments: [
    ("15m", WorkingDuration.time(900_000)), ("4h", .time(14_400_000)), ("1h30m", .time(5_400_000)),
    ("90m", .time(5_400_000)), ("30s", .time(30_000)), ("1h0m5s", .time(3_605_000)), ("0s", .time(0)),
    ("1 day", .days(1)), ("2 days", .days(2)), ("365 days", .days(365)),
  ])
  func whatAnAuthorWritesIsRead(_ text: String, _ meant: WorkingDuration) {
    #expect(Self.parse(text) == meant)
  }

  @Test(arguments: UInt64(1)...200)
  func whatIsWrittenIsReadBack(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let seconds = Int64.random(in: 0...(seed % 2 == 0 ? 86_400 : 100_000_000), using: &random)
    let days = Int32.random(in: 0...10_000, using: &random)
    for duration in [WorkingDuration.time(seconds * 1_000), .days(days)] {
      #expect(Self.parse("\(duration)") == duration)
    }
  }

  @Test(arguments: UInt64(1)...200)
  func unitsAddUp(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func part(_ unit: String, _ most: Int64) -> (String, Int64) {
      let number = Int64.random(in: 0...most, using: &random)
      return random.once(in: 3) ? ("", 0) : ("\(number)\(unit)", number)
    }
    let (hours, minutes, seconds) = (part("h", 9_999), part("m", 9_999), part("s", 99_999))
    let text = hours.0 + minutes.0 + seconds.0
    let sum = ((hours.1 * 60 + minutes.1) * 60 + seconds.1) * 1_000
    #expect(Self.parse(text) == (text.isEmpty ? nil : .time(sum)), "\(text)")
  }

  /// Of any text: a length, or words about it; and what the words tell to write is right.
  @Test(arguments: UInt64(1)...2_000)
  func aMistakeHasAWayOut(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "1", "2", "30", "0", "007", "99999999999999999999", "1.5", "0,25", ".5", "1.", "h", "m", "s", "d", "H",
      "min", " day", " days", "day", "week", "hours", " ", "-", "+", "e", "é", "🙂", "²", "\u{0663}", ":",
    ]
    let text = (0..<Int.random(in: 1...5, using: &random)).map { _ in random.pick(pieces) }.joined()
    guard case .failure(let mistake) = DurationText.parse(text) else { return }
    #expect(mistake.message.hasPrefix("\"\(text)\" "))
    guard let told = mistake.message.components(separatedBy: ": write ").dropFirst().last else { return }
    #expect(Self.parse(told) != nil, "\(mistake.message)")
  }

  /// Without both kinds the law above would say little.
  @Test func mistakesAreCorrectedOrNamed() {
    let messages = ["2h 30m", "30d", "1.5h", "1h30", "90 min", "1 week", "soon", "4", "1 day 4h"].map {
      text in
      if case .failure(let mistake) = DurationText.parse(text) { mistake.message } else { "" }
    }
    #expect(
      messages == [
        "\"2h 30m\" is not how a length of time is written: write 2h30m",
        "\"30d\" is not how a length of time is written: write 30 days",
        "\"1.5h\" is not how a length of time is written: write 1h30m",
        "\"1h30\" is not how a length of time is written: write 1h30m",
        "\"90 min\" is not how a length of time is written: write 1h30m",
        "\"1 week\" is not how a length of time is written: write 7 days",
        "\"soon\" is not a length of time; allowed: such as 30s, 15m, 4h, 1h30m, 1 day or 2 days",
        "\"4\" has no unit; allowed: 4m, 4h or 4 days",
        "\"1 day 4h\" is neither whole days nor hours; allowed: working days (2 days) or working time (30h)",
      ])
  }
}
