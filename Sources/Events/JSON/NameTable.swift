// Owns the look-up of a short name among known ones: one probe in a table without collisions.

/// A perfect hash over at most 192 names of at most 16 bytes. Found by trial when it is made, once a process.
struct NameTable: @unchecked Sendable {
  private struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var count: Int32 = -1
    var index: Int32 = -1
  }
  // Never written after `init` and never freed: tables live in static constants, so sharing it is safe.
  private let entries: UnsafePointer<Entry>
  private let seed: UInt64
  private let shift: UInt64

  init(_ names: [String]) {
    precondition(names.allSatisfy { (1...16).contains($0.utf8.count) }, "names have 1 to 16 bytes")
    var bits: UInt64 = 6
    while (1 << bits) < names.count * names.count / 8 { bits += 1 }
    let size = 1 << Int(bits)
    let table = UnsafeMutablePointer<Entry>.allocate(capacity: size)
    var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
    search: while true {
      table.initialize(repeating: Entry(), count: size)
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for (index, name) in names.enumerated() {
        var padded = Array(name.utf8) + [UInt8](repeating: 0, count: 16)
        let (low, high) = padded.withUnsafeMutableBytes { Self.words($0.baseAddress!, name.utf8.count) }
        let slot = Self.slot(low, high, name.utf8.count, seed | 1, 64 - bits)
        if table[slot].index >= 0 { continue search }
        table[slot] = Entry(
          low: low, high: high, count: Int32(name.utf8.count), index: Int32(truncatingIfNeeded: index))
      }
      break
    }
    self.seed = seed | 1
    shift = 64 - bits
    entries = UnsafePointer(table)
  }

  @inline(__always)
  private static func words(_ start: UnsafeRawPointer, _ count: Int) -> (UInt64, UInt64) {
    let low = start.loadUnaligned(as: UInt64.self)
    if count <= 8 { return (low & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)), 0) }
    let high = start.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    return (low, high & (UInt64.max &>> UInt64(truncatingIfNeeded: 128 &- 8 &* count)))
  }

  @inline(__always)
  private static func slot(
    _ low: UInt64, _ high: UInt64, _ count: Int, _ seed: UInt64, _ shift: UInt64
  ) -> Int {
    let mixed = (low ^ (high &* 0xC2B2_AE3D_27D4_EB4F) ^ UInt64(truncatingIfNeeded: count)) &* seed
    return Int(truncatingIfNeeded: mixed &>> shift)
  }

  /// The index of a name, −1 when it is none of them. Of `text`, 16 bytes must be readable whatever its
  /// length; a parsed document's strings are.
  @inline(__always)
  func index(of text: UnsafeRawBufferPointer) -> Int {
    guard let start = text.baseAddress, text.count &- 1 < 16, text.count > 0 else { return -1 }
    let (low, high) = Self.words(start, text.count)
    let entry = entries + Self.slot(low, high, text.count, seed, shift)
    guard entry.pointee.low == low, entry.pointee.high == high,
      entry.pointee.count == Int32(truncatingIfNeeded: text.count)
    else { return -1 }
    return Int(entry.pointee.index)
  }
}

/// The words of a closed set on the wire, and what each means.
struct WordTable<Word: RawRepresentable & CaseIterable & Sendable>: Sendable where Word.RawValue == String {
  private let table: NameTable
  // Never written after `init` and never freed, like the table's own entries; reading it counts no references.
  private nonisolated(unsafe) let words: UnsafePointer<Word>
  /// In the order of declaration, for refusals.
  var names: [String] { Word.allCases.map(\.rawValue) }

  init(_ type: Word.Type = Word.self) {
    let all = Array(Word.allCases)
    let words = UnsafeMutablePointer<Word>.allocate(capacity: all.count)
    words.initialize(from: all, count: all.count)
    self.words = UnsafePointer(words)
    table = NameTable(all.map(\.rawValue))
  }

  @inline(__always)
  func word(_ text: UnsafeRawBufferPointer) -> Word? {
    let index = table.index(of: text)
    return index < 0 ? nil : words[index]
  }
}
