// Owns the measurements of this layer: run with ANSWERABLE_MEASURE=1 and -c release; prints nanoseconds.
import Testing

@testable import Privacy
@testable import Secrets

#if canImport(Glibc)
  import Glibc
#endif

private let isMeasuring = getenv("ANSWERABLE_MEASURE") != nil

@Suite(.enabled(if: isMeasuring, "set ANSWERABLE_MEASURE=1 to measure")) struct PrivacyMeasurements {
  private func measure(_ name: String, _ count: Int, _ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let elapsed = try clock.measure { for _ in 0..<count { try body() } }
    let each =
      Double(elapsed.components.attoseconds) / 1e9 / Double(count)
      + Double(elapsed.components.seconds) * 1e9 / Double(count)
    print("\(name): \(Int(each)) ns")
    return each
  }

  @Test func aSubjectKeyCostsLessThanAMicrosecond() throws {
    let maker = try SubjectKeyMaker(secret: Secret("a secret of more than sixteen bytes"))
    var output: [UInt8] = []
    output.reserveCapacity(64)
    let kind = Array("customer".utf8)
    let id = Array("C-1001-2002-3003".utf8)
    let each = try measure("subject key", 200_000) {
      output.removeAll(keepingCapacity: true)
      try kind.withUnsafeBytes { kind in
        try id.withUnsafeBytes { try maker.key(kind: kind, id: $0, into: &output) }
      }
    }
    #expect(each < 1_000)
  }

  @Test func aHarmlessTextCostsLittleMoreThanItsCopy() {
    let text = Array(String(repeating: "the room was cold and nobody came. ", count: 12).utf8)
    let suspect = Array((String(repeating: "the room was cold. ", count: 20) + "06 12 34 56 78 a@b.io").utf8)
    var redactor = Redactor()
    var output: [UInt8] = []
    output.reserveCapacity(4096)
    let quick = measure("harmless, \(text.count) bytes", 200_000) {
      output.removeAll(keepingCapacity: true)
      text.withUnsafeBytes { _ = redactor.redact($0, into: &output) }
    }
    let slow = measure("with two passages, \(suspect.count) bytes", 20_000) {
      output.removeAll(keepingCapacity: true)
      suspect.withUnsafeBytes { _ = redactor.redact($0, into: &output) }
    }
    #expect(quick < 500)
    #expect(slow < 20_000)
  }
}
