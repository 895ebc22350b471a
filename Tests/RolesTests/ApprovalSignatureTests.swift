// Owns what is promised of the signature that an approval carries.
import Events
import Foundation
import Roles
import Signatures
import Streams
import Testing

@testable import Policy

@Suite struct ApprovalSignatureTests {
  private let key: SigningKey

  init() throws { key = try SigningKey.generate() }

  private func named(_ key: SigningKey, from: Int64 = 0, until: Int64 = 0, person: String? = nil)
    -> PolicyDocument.Delegation.Key
  {
    PolicyDocument.Delegation.Key(
      at: .init(file: "delegation.yaml", line: 1), id: "till-2026", person: person,
      publicKey: "\(key.publicKey)", from: from, until: until)
  }

  /// A stage whose workers sign, under a policy with these keys, and the answers to one repair of 120 EUR.
  private func answers(_ keys: [PolicyDocument.Delegation.Key], minor: Int = 12_000) throws -> [MemoryRecord]
  {
    let stage = try CaseworkStage(signingKey: key) { $0.delegation?.keys = keys }
    try stage.feedback("fb-1")
    try stage.remedy(
      "rem-1", "engage-repair", minor, for: ["case": "\(try stage.key("customer", "guest-1"))-1"],
      by: "technician-4", role: "technician", minutes: 5)
    return stage.theatre.log.records(Topic.delegations.rawValue)
  }

  private func decoded<T>(_ record: MemoryRecord, _ body: (Delegation) throws -> T) throws -> T {
    try (record.value ?? []).withUnsafeBytes { try body(try DelegationDecoder().decode($0)) }
  }

  @Test func anApprovalCanBeCheckedWithThePublicHalf() throws {
    let record = try #require(try answers([named(key)]).first)
    try decoded(record) {
      #expect($0.answer == .approved && $0.key == "till-2026")
      #expect(key.publicKey.signed($0))
      let other = try SigningKey.generate()
      #expect(!other.publicKey.signed($0))
    }
  }

  @Test func whatIsChangedAfterwardsIsNotWhatWasSigned() throws {
    let record = try #require(try answers([named(key)]).first)
    try decoded(record) {
      var raised = $0
      raised.amount += 1
      #expect(!key.publicKey.signed(raised))
      var longer = $0
      longer.expiresAt += 1
      #expect(!key.publicKey.signed(longer))
      var earlier = $0
      earlier.at -= 1
      #expect(!key.publicKey.signed(earlier))
      var another = $0
      another.claim = "c-1-r1"
      #expect(!key.publicKey.signed(another))
    }
  }

  @Test func onlyAnApprovalIsSigned() throws {
    let record = try #require(try answers([named(key)], minor: 40_000).first)
    try decoded(record) { #expect($0.answer == .referred && $0.signature.isEmpty && $0.key.isEmpty) }
  }

  @Test func aKeyThatThePolicyDoesNotNameForNowSignsNothing() throws {
    let other = try SigningKey.generate()
    for keys in [
      [], [named(other)], [named(key, person: "technician-4")],
      [named(key, from: CaseworkStage.start + 600_000)],
      [named(key, until: CaseworkStage.start)],
    ] {
      let record = try #require(try answers(keys).first)
      try decoded(record) { #expect($0.answer == .approved && $0.signature.isEmpty && $0.key.isEmpty) }
    }
  }

  @Test func theSameDecisionIsTheSameRecord() throws {
    let keys = [named(key)]
    #expect(try answers(keys).map(\.value) == answers(keys).map(\.value))
  }
}
