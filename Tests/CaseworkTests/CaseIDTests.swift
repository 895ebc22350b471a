// Tests that a case's id is read to the letter: what a case is called, and nothing else.
import Events
import Testing

@testable import Casework

@Suite struct CaseIDTests {
  private static let key = "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc"

  private func read(_ text: String) -> String? {
    Array(text.utf8).withUnsafeBytes { bytes in
      CaseID(ByteSlice(bytes)).map { "\($0.subjectKey.string) \($0.number)" }
    }
  }

  @Test(arguments: [1, 9, 10, 4_711, UInt32.max]) func whatACaseIsCalledIsRead(number: UInt32) {
    #expect(read("\(Self.key)-\(number)") == "\(Self.key) \(number)")
  }

  @Test(arguments: [
    "", "-", "1", "-1", "\(key)", "\(key)-", "\(key)-0", "\(key)-01", "\(key)-+1", "\(key)--", "\(key)-1 ",
    "\(key)-1x", "\(key)-4294967296", "\(key)-99999999999", "\(key)-١",
  ])
  func nothingElseIs(text: String) { #expect(read(text) == nil) }
}
