import Foundation
import Testing

@testable import Policy

@Suite struct ShippedPolicyTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Config/policy").path

  @Test func thePolicyThatShipsIsWithoutFindings() {
    let check = PolicyLoader.load(folder: Self.folder)
    #expect(check.findings.map(\.description) == [])
    #expect(check.document != nil)
  }
}
