// Owns how an amount reads: with the point where its currency has it.
import Events

public enum MoneyText {
  /// `480.00 EUR`, `1500 JPY`, `-1.250 KWD`; of a code that is no currency the minor units as they are.
  public static func string(_ minor: Int64, _ currency: ByteSlice) -> String {
    var bytes: [UInt8] = []
    append(minor, currency, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  public static func append(_ minor: Int64, _ currency: ByteSlice, to bytes: inout [UInt8]) {
    let digits = Currency.digits(of: currency) ?? 0
    // Digits from the last one on, the point among them; at least one before it.
    let start = bytes.count
    var rest = minor.magnitude
    var written = 0
    repeat {
      if written == digits, digits > 0 { bytes.append(UInt8(ascii: ".")) }
      bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
      written += 1
    } while rest > 0 || written <= digits
    if minor < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes[start...].reverse()
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: currency.bytes)
  }
}
