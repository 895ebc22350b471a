// Tests base64url by the law that what is encoded is decoded, and that no text has two readings.
import Foundation
import Testing

@testable import Signatures

@Suite struct Base64URLTests {
  @Test func whatIsEncodedIsDecodedAndIsWhatFoundationEncodes() {
    for count in 0...66 {
      let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max) }
      let text = Base64URL.encode(bytes)
      let expected = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        .replacing("=", with: "")
      #expect(String(decoding: text, as: UTF8.self) == expected)
      #expect(Base64URL.decode(text) == bytes)
    }
  }

  @Test(arguments: ["A", "AB", "AAB", "AA==", "A A", "AA+/", "é", "AAAAA"])
  func whatNoBytesGiveIsRefused(_ text: String) {
    #expect(Base64URL.decode(text.utf8) == nil)
  }
}
