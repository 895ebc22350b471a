// Owns a sum over the state of a deployment that does not depend on how it is spread over tasks.
import Events
import StateBytes

/// What a deployment's state amounts to, in any order and over any number of tasks: two states with the same sum hold the
/// same subjects, cases, timers, debts and holds.
public struct StateSum: Sendable, Hashable {
  public var subjects: Int64 = 0
  public var cases: Int64 = 0
  public var timers: Int64 = 0
  /// Of owners: what waits for a digest, what is and was put off, and cases that a hold lists.
  public var digestCount: Int64 = 0
  public var deferredTotal: Int64 = 0
  public var heldCases: Int64 = 0
  /// Until when an owner is held, over all owners and in any task.
  public var holds: [[UInt8]: Int64] = [:]
  /// Sums of two independent hashes over every subject and case with its timer.
  public var low: UInt64 = 0
  public var high: UInt64 = 0

  public init() {}

  /// Thirty-two hexadecimal digits.
  public var text: String {
    func digits(_ value: UInt64) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return digits(high) + digits(low)
  }

  mutating func add(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, due: Int64?) {
    var hash = ByteHash.hash(key)
    hash = ByteHash.hash(value, seed: hash)
    let end = due ?? .min
    withUnsafeBytes(of: end.bigEndian) { end in
      low = low &+ ByteHash.hash(end, seed: hash)
      high = high &+ ByteHash.hash(end, seed: hash ^ 0xa5a5_5a5a_1234_8765)
    }
    if due != nil { timers += 1 }
  }

  mutating func add(owner: ByteSlice, _ account: OwnerAccount) {
    digestCount += account.digestCount
    deferredTotal += account.deferredTotal
    heldCases += Int64(account.heldCases.count)
    if account.heldUntil > 0 {
      let key = Array(owner.bytes)
      holds[key] = max(holds[key] ?? 0, account.heldUntil)
    }
  }
}
