// Tests what is signed, against signatures that another implementation made.
import Events
import Secrets
import Testing

@testable import Signatures

@Suite struct CanonicalTextTests {
  private let key = try? SigningKey(Secret(SigningKeyTests.text))

  @Test func anApprovalIsSignedAsAnotherImplementationSignsIt() throws {
    let key = try #require(key)
    #expect(
      CanonicalText.approval(approval)
        == Array(
          "answerable-approval-v2\nc-1-1-r1\nc-1-1\nrepair\n12000\nEUR\ne-9\n1772543520000\n1772529300420\n17\n"
            .utf8))
    // Made with Python's cryptography 48.
    let expected = "J548pGNdrbaLsyKH6W0ZhGNVP98bF9SSUPPafj7IgehFG2ouVbAVjUYvNsrx3xrUxdIZ3WgwTSv-H5l6xis8DA"
    #expect(try String(decoding: key.sign(approval), as: UTF8.self) == expected)
    var signed = approval
    signed.signature =
      "J548pGNdrbaLsyKH6W0ZhGNVP98bF9SSUPPafj7IgehFG2ouVbAVjUYvNsrx3xrUxdIZ3WgwTSv-H5l6xis8DA"
    #expect(key.publicKey.signed(signed) && !key.publicKey.signedUntimed(signed))
  }

  @Test func anApprovalOfTheFirstFormIsKnownAsWhatItIsAndSaysNothingAboutWhen() throws {
    let key = try #require(key)
    var signed = approval
    // Made with Python's cryptography 48 over the lines of the first form.
    signed.signature =
      "pC-Yi7DqFchhLcYlW4ZgZ_QYUBsMS3orqRxASGDtdr14vZp1rKCCCknBPHr82qx9CHTbEWX_2aCOauldn2R8CA"
    #expect(key.publicKey.signedUntimed(signed) && !key.publicKey.signed(signed))
    signed.at += 1
    #expect(key.publicKey.signedUntimed(signed))
    signed.expiresAt += 1
    #expect(!key.publicKey.signedUntimed(signed))
  }

  @Test func anApprovalOfWhichAnythingIsChangedIsNotTheOneThatWasSigned() throws {
    let key = try #require(key)
    let changes: [(inout Delegation) -> Void] = [
      { $0.claim = "c-1-1-r2" }, { $0.caseID = "c-1-2" }, { $0.action = "voucher" }, { $0.amount += 1 },
      { $0.currency = "CHF" }, { $0.requester.id = "e-8" }, { $0.expiresAt += 1 }, { $0.at -= 1 },
      { $0.epoch += 1 },
      { $0.signature = "" }, { $0.signature = "not base64url" },
    ]
    let signature = try key.sign(approval)
    signature.withUnsafeBytes { bytes in
      var signed = approval
      signed.signature = ByteSlice(bytes)
      #expect(key.publicKey.signed(signed))
      for change in changes {
        var changed = signed
        change(&changed)
        #expect(!key.publicKey.signed(changed))
      }
    }
  }

  @Test func aRemedyIsSignedByItsCaseElseByItsSubject() throws {
    let key = try #require(key).publicKey
    var remedy = Remedy()
    remedy.caseID = "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1"
    remedy.actor.id = "e-9"
    remedy.action = "engage-repair"
    remedy.amount = 12_000
    remedy.currency = "EUR"
    remedy.evidence = ["photo"]
    var signature = Remedy.Signature()
    signature.value = "Mg7aJ_lxBEL4rs83JDRWoZMsullU33RpN3z69VrmZzEptzC3qvnHoqWJ8fmYx9ZzwLPTRpDO6gYzinm2MiggBQ"
    remedy.signature = signature
    var event = Event(body: .remedy(remedy))
    event.id = "rm-1"
    event.source = "desk"
    event.occurredAt = 1_772_529_300_000
    #expect(key.signed(remedy, of: event))
    remedy.evidence.append("invoice")
    #expect(!key.signed(remedy, of: event))

    remedy.caseID = ""
    remedy.evidence = []
    var subject = Subject()
    subject.kind = "customer"
    subject.id = "guest-77120"
    remedy.subject = subject
    signature.value = "nyELtFyX9O6Z6TxjV4p7on8N4BhxlH69inYucCVSHdR23sTwY-c8aPVH7z1_bKcBoPrvhSMBqt802P7fpIWUBA"
    remedy.signature = signature
    #expect(key.signed(remedy, of: event))
    remedy.signature = nil
    #expect(!key.signed(remedy, of: event))
  }

  private var approval: Delegation {
    var approval = Delegation()
    approval.claim = "c-1-1-r1"
    approval.caseID = "c-1-1"
    approval.action = "repair"
    approval.amount = 12_000
    approval.currency = "EUR"
    approval.requester.id = "e-9"
    approval.expiresAt = 1_772_543_520_000
    approval.at = 1_772_529_300_420
    approval.epoch = 17
    return approval
  }
}
