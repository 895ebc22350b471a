// Owns how much a command sends in one transaction.

/// Well within a transaction's time-out and the client's queue.
enum Transactions {
  static let records = 5_000
  static let bytes = 8 << 20
}
