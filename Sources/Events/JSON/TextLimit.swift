// Owns how long each kind of text may be and what may stand in it; the schemas say the same.

/// The bounds of a text. Lengths count Unicode code points, as JSON Schema's `maxLength` does.
struct TextLimit: Sendable {
  let characters: Int
  /// Names and ids hold no control characters (U+0000…U+001F, U+007F); free text may.
  let controlsAllowed: Bool

  /// Ids: 256.
  static var id: TextLimit { TextLimit(characters: 256, controlsAllowed: false) }
  /// Names of the policy's world (sites, touchpoints, teams …) and sources: 128.
  static var name: TextLimit { TextLimit(characters: 128, controlsAllowed: false) }
  /// Labels: 64, at most 64 of them.
  static var label: TextLimit { TextLimit(characters: 64, controlsAllowed: false) }
  /// Language tags: 35, what BCP 47 recommends to hold.
  static var language: TextLimit { TextLimit(characters: 35, controlsAllowed: false) }
  /// Reasons, evidence, promises: 4096.
  static var note: TextLimit { TextLimit(characters: 4096, controlsAllowed: true) }
  /// Titles: 1024.
  static var title: TextLimit { TextLimit(characters: 1024, controlsAllowed: true) }
  /// What people wrote: 1 Mi.
  static var text: TextLimit { TextLimit(characters: 1 << 20, controlsAllowed: true) }

  enum Fault { case tooLong, control }

  /// What is wrong with valid UTF-8 of a parsed document (16 bytes readable past its start), nil when nothing.
  @inline(__always) func fault(in text: UnsafeRawBufferPointer) -> Fault? {
    if text.count > characters, Self.characters(of: text) > characters { return .tooLong }
    if !controlsAllowed, Self.hasControls(text) { return .control }
    return nil
  }

  /// Code points of valid UTF-8: its bytes that continue nothing.
  static func characters(of text: UnsafeRawBufferPointer) -> Int {
    var count = 0
    for byte in text where byte & 0xC0 != 0x80 { count &+= 1 }
    return count
  }

  /// Eight bytes at a time; a borrow can only mark a byte above one that is marked rightly.
  @inline(__always) static func hasControls(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let start = text.baseAddress else { return false }
    let high: UInt64 = 0x8080_8080_8080_8080
    let low: UInt64 = 0x0101_0101_0101_0101
    var offset = 0
    while offset < text.count {
      let left = text.count &- offset
      var word: UInt64
      if left >= 8 {
        word = start.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      } else {
        word = 0x2020_2020_2020_2020
        for index in 0..<left {
          let shift = UInt64(truncatingIfNeeded: index &* 8)
          word ^= UInt64(start.load(fromByteOffset: offset &+ index, as: UInt8.self) ^ 0x20) &<< shift
        }
      }
      let below = (word &- low &* 0x20) & ~word
      let delete = word ^ (low &* 0x7F)
      if (below | ((delete &- low) & ~delete)) & high != 0 { return true }
      offset &+= 8
    }
    return false
  }
}
