// Owns finding the few rules that can match an event among very many, in the policy's order.
import Events

/// Rules grouped by the attributes they compare for equality (tuple-space search: Srinivasan, Suri and
/// Varghese, SIGCOMM 1999). An event probes each group once with its own values and gets the rules whose
/// values agree; what a rule asks besides is tested after. The cost follows the number of groups, which is the
/// number of shapes of rules, not the number of rules.
struct RuleIndex: Sendable {
  /// A list of rule numbers, ascending.
  struct Postings: BitwiseCopyable, Sendable {
    var start: Int32
    var count: Int32
    static let none = Postings(start: 0, count: 0)
  }

  struct Group: BitwiseCopyable, Sendable {
    /// Facts that are compared: `factCount` of them.
    var facts: (UInt8, UInt8, UInt8, UInt8)
    var factCount: Int32
    /// The group's own part of the slots; a power of two.
    var slotStart: Int32
    var slotMask: Int32
  }

  struct Slot: BitwiseCopyable, Sendable {
    var key: UInt64
    var postings: Postings
  }

  let groups: Table<Group>
  let slots: Table<Slot>
  let rules: Table<Int32>
  /// Rules reached by a label or a language: by symbol, then by which of both.
  let byLabel: Table<Postings>
  let byLanguage: Table<Postings>
  /// Rules reached by a word set.
  let byWords: Table<Postings>
  /// Rules without any equality: tested for every event.
  let others: Postings

  /// Never 0, which marks a free slot.
  @inline(__always)
  static func start(_ symbol: Symbol) -> UInt64 {
    SymbolTable.mix(UInt64(truncatingIfNeeded: symbol) &+ 0x1357_9BDF) | 1
  }

  @inline(__always)
  static func combine(_ key: UInt64, _ symbol: Symbol) -> UInt64 {
    SymbolTable.mix(key ^ UInt64(truncatingIfNeeded: symbol)) | 1
  }

  /// The rules of a group whose compared values are the event's. Two keys that collide share a list: what is
  /// in it is tested anyway.
  @inline(__always)
  func probe(_ group: Group, _ facts: Facts) -> Postings {
    var key: UInt64 = 0
    for index in 0..<group.factCount {
      let fact =
        index == 0 ? group.facts.0 : index == 1 ? group.facts.1 : index == 2 ? group.facts.2 : group.facts.3
      let symbol = facts.symbol(fact)
      if symbol == SymbolTable.unknown { return .none }
      key = index == 0 ? Self.start(symbol) : Self.combine(key, symbol)
    }
    var at = Int32(truncatingIfNeeded: key >> 33) & group.slotMask
    while true {
      let slot = slots[group.slotStart &+ at]
      if slot.key == key { return slot.postings }
      if slot.key == 0 { return .none }
      at = (at &+ 1) & group.slotMask
    }
  }
}
