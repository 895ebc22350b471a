// Owns lengths of time as an author writes them: `15m`, `4h`, `1h30m`, `30s`, `1 day`, `2 days`.

enum DurationText {
  /// What is wrong with a text, for a finding.
  struct Mistake: Error, Hashable {
    var message: String
  }

  /// Hours, minutes and seconds in this order, each at most once and without spaces; or days, by themselves.
  static func parse(_ text: String) -> Result<WorkingDuration, Mistake> {
    let parts: [Part]
    switch split(text) {
    case .success(let found): parts = found
    case .failure(let mistake): return .failure(mistake)
    }
    if parts.count == 1, parts[0].unit.isEmpty {
      let number = parts[0].number
      return mistake(
        "\"\(text)\" has no unit; allowed: \(number)m, \(number)h or \(number == "1" ? "1 day" : "\(number) days")"
      )
    }
    let units = Set(parts.compactMap(\.seconds))
    guard let meant = meaning(of: parts) else {
      return mistake("\"\(text)\" is too long; allowed: at most \(longestDays) days")
    }
    if case .time = meant, units.contains(where: { $0 >= 86_400 }) {
      return mistake(
        "\"\(text)\" is neither whole days nor hours; allowed: working days (2 days) or working time (30h)")
    }
    guard isWellWritten(text, meant) else {
      return mistake("\"\(text)\" is not how a length of time is written: write \(meant)")
    }
    return .success(meant)
  }

  /// Beyond this no clock has a meaning.
  static let longestDays: Int64 = 10_000

  private static func mistake<Value>(_ message: String) -> Result<Value, Mistake> {
    .failure(Mistake(message: message))
  }

  // MARK: Reading what is meant

  /// A number and the word after it.
  private struct Part {
    var number: String
    var unit: String
    /// The unit's, however it is written; nil for none.
    var seconds: Int64?
  }

  /// Every unit that an author might write.
  private static func seconds(of unit: String) -> Int64? {
    switch unit.lowercased() {
    case "s", "sec", "secs", "second", "seconds": 1
    case "m", "min", "mins", "minute", "minutes": 60
    case "h", "hr", "hrs", "hour", "hours": 3_600
    case "d", "day", "days": 86_400
    case "w", "week", "weeks": 604_800
    default: nil
    }
  }

  private static func split(_ text: String) -> Result<[Part], Mistake> {
    var parts: [Part] = []
    var rest = text.unicodeScalars.filter { $0 != " " }[...]
    while !rest.isEmpty {
      let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." || $0 == "," }
      rest = rest[number.endIndex...]
      let unit = rest.prefix { !("0"..."9").contains($0) }
      rest = rest[unit.endIndex...]
      let word = string(unit)
      // A last number without a unit has the next smaller one: `1h30`.
      var seconds = seconds(of: word)
      if word.isEmpty, rest.isEmpty, let last = parts.last?.seconds, last > 1, last <= 3_600 {
        seconds = last / 60
      }
      let digits = string(number)
      let isKnown = seconds != nil || (word.isEmpty && parts.isEmpty && rest.isEmpty)
      guard isKnown, let first = number.first, ("0"..."9").contains(first) else {
        return mistake(
          "\"\(text)\" is not a length of time; allowed: such as 30s, 15m, 4h, 1h30m, 1 day or 2 days")
      }
      parts.append(Part(number: digits, unit: word, seconds: seconds))
    }
    guard !parts.isEmpty else {
      return mistake(
        "\"\(text)\" is not a length of time; allowed: such as 30s, 15m, 4h, 1h30m, 1 day or 2 days")
    }
    return .success(parts)
  }

  private static func string(_ scalars: Substring.UnicodeScalarView) -> String { String(Substring(scalars)) }

  /// Nil when it is too long for a policy. Fractions of a second are rounded up.
  private static func meaning(of parts: [Part]) -> WorkingDuration? {
    var thousandths: Int64 = 0
    for part in parts {
      let number = part.number.replacing(",", with: ".")
      guard let seconds = part.seconds, number.utf8.count <= 12,
        case .success(let value) = Thousandths.parse(plain(number)),
        value <= longestDays * 86_400 * 1_000
      else { return nil }
      thousandths += value * seconds
      if thousandths > longestDays * 86_400 * 1_000 { return nil }
    }
    let seconds = (thousandths + 999) / 1_000
    let isDays = parts.allSatisfy { ($0.seconds ?? 0) >= 86_400 }
    if isDays, seconds % 86_400 == 0 { return .days(Int32(clamping: seconds / 86_400)) }
    return .time(seconds * 1_000)
  }

  /// Without zeros that begin or end it for nothing, with at most three decimals.
  private static func plain(_ number: String) -> String {
    let halves = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = halves[0].drop { $0 == "0" }
    let fraction = halves.count > 1 ? halves[1].prefix { $0.isNumber }.prefix(3) : ""
    return (whole.isEmpty ? "0" : String(whole)) + (fraction.isEmpty ? "" : "." + fraction)
  }

  // MARK: The one way to write it

  private static func isWellWritten(_ text: String, _ meant: WorkingDuration) -> Bool {
    let bytes = Array(text.utf8)
    var at = 0
    func number() -> Bool {
      let start = at
      while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
      return at > start
    }
    if case .days = meant {
      guard number() else { return false }
      return [" day", " days"].contains { bytes[at...].elementsEqual($0.utf8) }
    }
    var units = Array("hms".utf8)[...]
    while at < bytes.count {
      guard number(), at < bytes.count, let unit = units.firstIndex(of: bytes[at]) else { return false }
      units = units[(unit + 1)...]
      at += 1
    }
    return true
  }
}

extension Cursor {
  /// A length of time.
  func duration(_ findings: Findings) -> Located<WorkingDuration>? {
    guard let text = text(findings) else { return nil }
    switch DurationText.parse(text.value) {
    case .success(let duration): return Located(duration, at: place)
    case .failure(let mistake):
      findings.error(place, mistake.message)
      return nil
    }
  }

  /// One of a few words.
  func word(_ noun: String, among allowed: [String], _ findings: Findings) -> Located<String>? {
    guard let text = text(findings) else { return nil }
    guard !allowed.contains(text.value) else { return text }
    findings.error(
      place,
      "unknown \(noun) \"\(text.value)\"\(Suggestion.didYouMean(text.value, among: allowed)); allowed: \(Suggestion.list(allowed))"
    )
    return nil
  }
}

extension Checks {
  /// Compared as elapsed time; said as an author would write it.
  static func range(
    _ duration: Located<WorkingDuration>, from least: WorkingDuration, to most: WorkingDuration,
    _ findings: Findings
  ) {
    guard !(least.elapsed...most.elapsed).contains(duration.value.elapsed) else { return }
    findings.error(duration.place, "\(duration.value) is out of range; allowed: \(least) to \(most)")
  }
}
