// Owns how amounts, limits and lists read in reasons: short and plain, for somebody at a counter.
import Events
import Policy

extension [UInt8] {
  mutating func add(_ money: Money) {
    append(contentsOf: Currency.text(money.minor, money.currency.string).utf8)
  }

  /// `photo, invoice`.
  mutating func add(_ words: [ByteSlice]) {
    for (index, word) in words.enumerated() {
      if index > 0 { add(", ") }
      add(word)
    }
  }

  /// `90 minutes`, `24 hours`, `7 days`.
  mutating func add(duration: Int64) {
    let minutes = Swift.max(0, duration) / 60_000
    switch minutes {
    case let count where count % 1_440 == 0 && count > 1_440:
      add(count / 1_440)
      add(" days")
    case let count where count % 60 == 0 && count > 60:
      add(count / 60)
      add(" hours")
    default:
      add(minutes)
      add(minutes == 1 ? " minute" : " minutes")
    }
  }
}

extension Delegation.Failure {
  init(_ code: ByteSlice, _ text: ByteSlice, at: ByteSlice = ByteSlice()) {
    self.init()
    self.code = code
    self.text = text
    self.at = at
  }
}

extension Escalation.Person {
  init(_ person: Person, standsInFor absent: Person? = nil) {
    self.init()
    id = person.id
    role = absent?.role ?? person.role
    team = absent?.team ?? person.team
    standsInFor = absent?.id ?? ByteSlice()
  }
}
