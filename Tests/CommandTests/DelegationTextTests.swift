// Owns the guarantees of how answers to remedies read, for those who asked and those who may say yes.
import Console
import Events
import Foundation
import Testing

@testable import answerable

struct DelegationTextTests {
  /// 2026-03-02, a Monday.
  private static let json = """
    {"id":"c-7ee3-1-r1-d1","claim":"c-7ee3-1-r1","answer":"declined","case":"c-7ee3-1","subjectKey":"c-7ee3",\
    "owner":"housekeeping","root":"site/lyon-1","action":"engage-repair","amount":{"minor":12000,"currency":"EUR"},\
    "requester":{"id":"p-maid","role":"housekeeper"},\
    "failed":[{"code":"budget","ruleAt":"delegation.yaml:4","text":"repairs-lyon-1 has 60 EUR left of 600"}],\
    "passes":[{"minor":6000},{"minor":12000,"at":"2026-03-08T18:00:00.000Z"}],\
    "canSayYes":[{"role":"duty-manager","site":"lyon-1","upTo":{"minor":50000,"currency":"EUR"},\
    "people":[{"id":"p-anna","role":"duty-manager","standsInFor":"p-bruno"}]},\
    {"role":"hotel-director","dutyAt":"2026-03-03T08:00:00.000Z"}],\
    "budgets":[{"id":"repairs-lyon-1","currency":"EUR","limit":60000,"held":0,"spent":54000,"left":6000,\
    "overdrawn":0,"windowFrom":"2026-02-24T00:00:00.000Z"}],\
    "at":"2026-03-02T09:15:00.000Z","reason":{"code":"budget","text":"no room"},"epoch":17}
    """

  private static func entry() throws -> DelegationEntry {
    try Array(json.utf8).withUnsafeBytes { bytes in
      DelegationEntry(try DelegationDecoder().decode(bytes))
    }
  }

  private static func text(_ audience: Audience = .owner, width: Int = 100) throws -> String {
    let stream = TextStream.memory(width: width)
    DelegationText(stream, audience: audience).print(try entry())
    return stream.text
  }

  @Test func aRefusalSaysWhatFailedWhatPassesAndWhoCanSayYes() throws {
    #expect(
      try Self.text() == """
        2026-03-02 09:15  declined   120 EUR for engage-repair  c-7ee3-1-r1  asked by p-maid
          failed           repairs-lyon-1 has 60 EUR left of 600  delegation.yaml:4
          passes           60 EUR now, or 120 EUR from 8 Mar 18:00
          can say yes now  duty-manager at lyon-1, up to 500 EUR: p-anna for p-bruno
          can say yes      hotel-director, any amount, on duty Tue 08:00
          budget           repairs-lyon-1: 60 EUR left of 600 EUR

        """)
  }

  @Test func anExecutiveSeesNoPersons() throws {
    let text = try Self.text(.executive)
    #expect(text.contains("duty-manager at lyon-1"))
    for person in ["p-maid", "p-anna", "p-bruno"] { #expect(!text.contains(person)) }
  }

  @Test func onlyTheOwnerSeesWhereTheRuleStands() throws {
    #expect(try Self.text(.owner).contains("delegation.yaml:4"))
    #expect(!(try Self.text(.frontline).contains("delegation.yaml")))
  }
}
