// Owns the words of a policy as numbers: events' words are looked up once, rules compare numbers.
import Events

/// A word of the policy. 0 is every word that the policy does not mention, and absence.
typealias Symbol = Int32

/// Open addressing over the policy's own words. Events only look words up, so what they send cannot make it
/// slow: the longest probe is the policy's.
struct SymbolTable: Sendable {
  private let slots: Table<Symbol>
  private let texts: Table<ArenaText>
  private let mask: Int

  static let unknown: Symbol = 0

  func text(_ symbol: Symbol) -> ByteSlice { texts[symbol].slice }
  var count: Int { texts.count }

  /// The number of `word`, 0 when the policy does not mention it.
  @inline(__always)
  func find(_ word: ByteSlice) -> Symbol {
    guard let start = word.bytes.baseAddress, word.count > 0 else { return Self.unknown }
    var slot = Self.hash(start, word.count) & mask
    while true {
      let symbol = slots[Int32(truncatingIfNeeded: slot)]
      if symbol == Self.unknown { return symbol }
      let text = texts[symbol]
      if Int(text.count) == word.count, let other = text.start, equal(start, other, word.count) {
        return symbol
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(__always)
  private func equal(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    var at = 0
    while at &+ 8 <= count {
      if a.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        != b.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      {
        return false
      }
      at &+= 8
    }
    while at < count {
      if a.load(fromByteOffset: at, as: UInt8.self) != b.load(fromByteOffset: at, as: UInt8.self) {
        return false
      }
      at &+= 1
    }
    return true
  }

  /// Eight bytes at a time, multiplied and folded; no key is needed, since events insert nothing.
  @inline(__always)
  private static func hash(_ start: UnsafeRawPointer, _ count: Int) -> Int {
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    while at &+ 8 <= count {
      hash = mix(hash ^ start.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at &+= 8
    }
    var tail: UInt64 = 0
    while at < count {
      tail = tail << 8 | UInt64(start.load(fromByteOffset: at, as: UInt8.self))
      at &+= 1
    }
    return Int(truncatingIfNeeded: mix(hash ^ tail) >> 1)
  }

  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}

extension SymbolTable {
  /// Gives numbers while a policy is compiled.
  struct Builder {
    private var symbols: [String: Symbol] = [:]
    private var words: [String] = [""]

    mutating func symbol(_ word: String) -> Symbol {
      if word.isEmpty { return SymbolTable.unknown }
      if let known = symbols[word] { return known }
      let symbol = Symbol(clamping: words.count)
      symbols[word] = symbol
      words.append(word)
      return symbol
    }

    var count: Int { words.count }

    func build(_ arena: Arena) -> SymbolTable {
      var size = 16
      while size < words.count * 2 { size *= 2 }
      var slots = [Symbol](repeating: SymbolTable.unknown, count: size)
      let texts = words.map(arena.text)
      for symbol in 1..<max(1, texts.count) {
        guard let start = texts[symbol].start else { continue }
        var slot = SymbolTable.hash(start, Int(texts[symbol].count)) & (size - 1)
        while slots[slot] != SymbolTable.unknown { slot = (slot + 1) & (size - 1) }
        slots[slot] = Symbol(clamping: symbol)
      }
      return SymbolTable(slots: arena.table(slots), texts: arena.table(texts), mask: size - 1)
    }
  }
}
