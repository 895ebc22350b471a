// Owns the first look at a text, at the speed of memory: could anything in it be personal data?

enum Suspicion {
  /// No telephone, card or account number has fewer digits.
  static let fewestDigits = 7

  /// True when the text has an `@` or at least seven digits.
  static func isWarranted(_ text: UnsafeRawBufferPointer) -> Bool {
    var digits = 0
    var position = 0
    let width = 16
    let zero = SIMD16<UInt8>(repeating: 0)
    let one = SIMD16<UInt8>(repeating: 1)
    var at = zero
    while position &+ width <= text.count {
      // A lane counts at most 255 digits before it is added up.
      let blocks = min(255, (text.count &- position) / width)
      var count = zero
      for _ in 0..<blocks {
        let block = text.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
        count = count &+ zero.replacing(with: one, where: (block &- 0x30) .< 10)
        at = at | zero.replacing(with: one, where: block .== 0x40)
        position &+= width
      }
      for lane in 0..<width { digits &+= Int(count[lane]) }
      if digits >= fewestDigits || at != zero { return true }
    }
    while position < text.count {
      let byte = text[position]
      if byte == 0x40 { return true }
      if TextBytes.isDigit(byte) { digits &+= 1 }
      position &+= 1
    }
    return digits >= fewestDigits
  }
}
