// Owns the law of whose money it is, under chance that can be played again.
import Events
import Testing

@testable import Delegation

@Suite("Laws of stand-ins")
struct StandInLaws {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func anApprovalHoldsInThePotsOfTheGrantThatItNamesAndOfWhoseItIs(seed: UInt64) throws {
    var life = try StandInLife(seed: seed)
    life.live(steps: 120)
    #expect(life.faults.prefix(3).isEmpty, "\(life.faults.prefix(3))")
    #expect(life.approvals > 0)
  }

  @Test func theLawIsPutToTheTestByPeopleWhoStandIn() throws {
    let count = try (0..<10 as Range<UInt64>).reduce(0) { sum, seed in
      var life = try StandInLife(seed: seed)
      life.live(steps: 120)
      return sum + life.inTheNameOfOthers
    }
    #expect(count > 20)
  }

  @Test func anAuditorFindsAGrantThatPaysFromElsewhere() throws {
    let finds = try (0..<10 as Range<UInt64>).contains { seed in
      var life = try StandInLife(seed: seed, bugs: .grantOfOtherPots)
      life.live(steps: 120)
      return !life.faults.isEmpty
    }
    #expect(finds)
  }
}
