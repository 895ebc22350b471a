// Owns how long each kind of text may be and what may stand in it; the schemas say the same.
import CSimdJSON

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

  /// What is wrong with valid UTF-8, nil when nothing. `readable`: whether 16 bytes can be read from each of
  /// its bytes on, as in a parsed document.
  @inline(__always) func fault(in text: UnsafeRawBufferPointer, readable: Bool) -> Fault? {
    if text.count > characters, Self.characters(of: text) > characters { return .tooLong }
    if !controlsAllowed, Self.hasControls(text, readable) { return .control }
    return nil
  }

  /// Code points of valid UTF-8: its bytes that continue nothing.
  static func characters(of text: UnsafeRawBufferPointer) -> Int {
    var count = 0
    for byte in text where byte & 0xC0 != 0x80 { count &+= 1 }
    return count
  }

  @inline(__always)
  private static func hasControls(_ text: UnsafeRawBufferPointer, _ readable: Bool) -> Bool {
    guard let start = text.baseAddress else { return false }
    if readable { return csj_any_control(start.assumingMemoryBound(to: UInt8.self), text.count) }
    return text.contains { $0 < 0x20 || $0 == 0x7F }
  }
}
