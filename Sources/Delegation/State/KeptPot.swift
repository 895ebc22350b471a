// Owns what the state of a task says of one pot, for whoever holds it against the records.
import Events
import StateBytes

/// A pot as it is kept: its name in records, and what is held, was spent and was overdrawn, by days since 1970.
package struct KeptPot: Sendable, Hashable {
  package let id: String
  package let held: Int64
  package let spent: [Int32: Int64]
  package let drawn: [Int32: Int64]
  /// The latest day on which something was booked.
  package let lastDay: Int32?

  /// Nil for an entry that is something else. Throws for bytes that are no pot.
  package init?(key: [UInt8], value: [UInt8]) throws(StateFailure) {
    guard key.first == StateKey.Letter.pot else { return nil }
    let name = key.dropFirst().split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let texts = name.map { String(decoding: $0, as: UTF8.self) }
    id = texts.count > 1 && !texts[1].isEmpty ? "\(texts[0])/\(texts[1])" : texts.first ?? ""
    let account = try value.withUnsafeBytes { bytes in
      Result { () throws(StateFailure) in try BudgetAccount(bytes, Texts()) }
    }.get()
    held = account.held
    lastDay = account.days.last?.number
    spent = Self.byDay(account, \.spent)
    drawn = Self.byDay(account, \.drawn)
  }

  private static func byDay(
    _ account: BudgetAccount, _ amount: KeyPath<BudgetAccount.Day, Int64>
  ) -> [Int32: Int64] {
    Dictionary(
      account.days.filter { $0[keyPath: amount] != 0 }.map { ($0.number, $0[keyPath: amount]) },
      uniquingKeysWith: { $1 })
  }
}
