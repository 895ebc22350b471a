// Tests RFC 3339 both ways, against an independent calendar.
import Events
import Foundation
import Testing

@Suite struct TimeTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.0019Z", 1),
      ("2026-03-03T09:12:00Z", 1_772_529_120_000),
      ("2026-03-03t09:12:00.25z", 1_772_529_120_250), ("2026-03-03T10:12:00+01:00", 1_772_529_120_000),
      ("2026-03-02T23:42:00-09:30", 1_772_529_120_000), ("2026-03-03T09:12:00-00:00", 1_772_529_120_000),
      ("2024-02-29T00:00:00Z", 1_709_164_800_000), ("9999-12-31T23:59:59.999999999Z", RFC3339.latest),
      ("2016-12-31T23:59:60Z", 1_483_228_799_999), ("2017-01-01T01:59:60.5+02:00", 1_483_228_799_999),
      ("0000-01-01T00:00:00Z", nil), ("1969-12-31T23:59:60Z", nil), ("2016-12-31T23:58:60Z", nil),
      ("2016-12-30T23:59:60Z", nil), ("", nil), ("2026-03-03T09:12:00+01", nil), ("2026-3-03T09:12:00Z", nil),
      ("2026-03-03T09:12:00ZZ", nil), ("２026-03-03T09:12:00Z", nil), ("-026-03-03T09:12:00Z", nil),
    ] as [(String, Int64?)])
  func aTimeIsReadExactlyOrNotAtAll(_ text: String, _ expected: Int64?) {
    #expect(RFC3339.milliseconds(text) == expected)
  }

  @Test func everyDayIsReadAndWrittenAsFoundationDoes() {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for day in stride(from: Int64(0), through: RFC3339.latest / 86_400_000, by: 13) {
      let time = day * 86_400_000 + day % 86_400 * 1000
      let written = RFC3339.string(time)
      #expect(RFC3339.milliseconds(written) == time)
      #expect(written == Date(timeIntervalSince1970: Double(time) / 1000).formatted(style))
    }
  }

  @Test func whatIsWrittenIsReadBack() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<20_000 {
      let time = Int64.random(in: 0...RFC3339.latest, using: &random)
      #expect(RFC3339.milliseconds(RFC3339.string(time)) == time)
    }
  }

  @Test func timesOutsideTheYearsAreWrittenAsTheNearest() {
    #expect(RFC3339.string(-5) == "1970-01-01T00:00:00.000Z")
    #expect(RFC3339.string(.max) == "9999-12-31T23:59:59.999Z")
  }
}
