// Owns the laws of the ledger, under chance that can be played again.
import Events
import StateBytes
import Testing

@testable import Delegation

@Suite("Laws of the ledger")
struct LedgerLaws {
  private func till(_ seed: UInt64, _ bugs: PlantedDelegationBugs = []) throws -> Till {
    var chance = Seed(seed ^ 0xfeed)
    var sample = try RandomLife.sample(&chance)
    RandomLife.absences(&sample, &chance)
    return try Till(sample, bugs: bugs)
  }

  /// Lives a life and gives back what an auditor who sees nothing but records finds wrong.
  private func live(_ seed: UInt64, _ till: Till, steps: Int = 150) throws -> Book {
    var (life, book) = (RandomLife(seed: seed), Book())
    for _ in 0..<steps {
      for said in try life.step(till) { book.hear(said) }
    }
    for said in till.advance(by: 40 * Sample.day) { book.hear(said) }
    return book
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func everyRecordBalancesAndEveryClaimHasOneTerminalAnswer(seed: UInt64) throws {
    let till = try till(seed)
    let book = try live(seed, till)
    #expect(book.faults.prefix(3).isEmpty, "\(book.faults.prefix(3))")
    let asked = Set(till.said.map(\.claim))
    #expect(asked.allSatisfy { book.terminal[$0] == 1 })
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func theSumOfMovementsIsWhatIsKept(seed: UInt64) throws {
    let till = try till(seed)
    var (life, book) = (RandomLife(seed: seed), Book())
    for _ in 0..<150 {
      for said in try life.step(till) { book.hear(said) }
      for (id, account) in book.accounts {
        let parts = id.split(separator: "/", maxSplits: 1).map(String.init)
        let kept = till.account(parts[0], holder: parts.count > 1 ? parts[1] : "")
        #expect(kept.held == account.held)
        #expect(
          kept.days.filter { $0.spent != 0 }.map(\.spent)
            == account.spent.sorted { $0.key < $1.key }.map(\.value).filter { $0 != 0 })
        #expect(
          kept.days.filter { $0.drawn != 0 }.map(\.drawn)
            == account.drawn.sorted { $0.key < $1.key }.map(\.value).filter { $0 != 0 })
      }
    }
    #expect(!book.accounts.isEmpty)
  }

  /// Retention takes the oldest records of the partitions of cases.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func whateverOfTheBeginningHasLeftTheRestBalancesAndComesToTheSame(seed: UInt64) throws {
    let till = try till(seed)
    _ = try live(seed, till)
    let (decoder, values) = (DelegationDecoder(), till.published)
    var chance = Seed(seed)
    let begins = (0..<3).map { _ in 1 + chance.below(values.count / 2) }
    var (rest, begun, cut): ([Int], Set<Int>, Set<String>) = ([], [], [])
    var completeFrom = Int64.min
    for (index, value) in values.enumerated() {
      try value.withUnsafeBytes {
        let record = try decoder.decode($0)
        let partition = Int(ByteHash.hash(record.caseID.bytes) % 3)
        guard index >= begins[partition] else { return }
        if begun.insert(partition).inserted { completeFrom = max(completeFrom, record.at) }
        if record.answer != .refused, !record.id.string.hasSuffix("-d1"),
          !rest.contains(where: { till.said[$0].id == "\(record.claim.string)-d1" })
        {
          cut.insert(record.claim.string)
        }
        rest.append(index)
      }
    }
    var ledger = Ledger(completeFrom: completeFrom)
    for index in rest { try values[index].withUnsafeBytes { ledger.add(try decoder.decode($0)) } }
    #expect(ledger.faults.prefix(3).isEmpty, "\(ledger.faults.prefix(3))")
    #expect(ledger.withoutBeginning == cut.sorted())
    #expect(ledger.waiting.isEmpty)
    #expect(ledger.accounts.allSatisfy { $1.held == 0 && $1.broughtForward == 0 })
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func aRestartBeforeEveryDecisionChangesNone(seed: UInt64) throws {
    let (undisturbed, restarted) = (try till(seed), try till(seed))
    restarted.restarts = true
    _ = try live(seed, undisturbed)
    _ = try live(seed, restarted)
    #expect(undisturbed.said == restarted.said)
    #expect(undisturbed.state == restarted.state)
    #expect(undisturbed.timers == restarted.timers)
  }

  @Test(arguments: [
    PlantedDelegationBugs.referralHoldsMoney, .doubleSettle, .roomWithoutHolds, .approvalByTheRequester,
    .lapseWithoutRelease,
  ])
  func anAuditorFindsEveryPlantedBug(bug: PlantedDelegationBugs) throws {
    let finds = try (0..<40 as Range<UInt64>).contains { seed in
      !(try live(seed, till(seed, bug)).faults.isEmpty)
    }
    #expect(finds)
  }

  @Test(arguments: 0..<120)
  func inAnyOrderOneOfThoseWhoWantTheLastEuroGetsIt(order: Int) throws {
    var sample = try Sample()
    sample.delegation.budgets[0].limit = Sample.euros(1)
    sample.delegation.approvers = []
    let till = try Till(sample)
    var left = Array(0..<5)
    var rest = order
    for choices in [5, 4, 3, 2, 1] {
      till.ask("refund", 1, on: "case-\(rest)", by: left.remove(at: rest % choices))
      rest /= choices
    }
    #expect(till.said.filter { $0.answer == .approved }.count == 1)
    #expect(till.said.filter { $0.answer == .declined }.count == 4)
    #expect(till.account("desk-lyon-1").held == 100)
  }

  @Test func whatIsSaidToPassDoesAndNothingMore() throws {
    var checked = 0
    for seed in 0..<15 as Range<UInt64> {
      var chance = Seed(seed)
      let till = try Till(RandomLife.sample(&chance))
      var life = RandomLife(seed: seed, changesPolicy: false)
      for _ in 0..<120 {
        for said in try life.step(till) where said.answer == .declined || said.answer == .referred {
          guard let asked = till.latest, asked.claim == said.claim else { continue }
          for passing in said.passes {
            checked += 1
            #expect(
              again(asked, said, passing.amount, at: passing.from, till).answer == .approved, "seed \(seed)")
            guard passing.from == 0 else { continue }
            #expect(again(asked, said, passing.amount + 1, at: 0, till).answer != .approved, "seed \(seed)")
          }
        }
      }
    }
    #expect(checked > 100)
  }

  /// The answer if the same person took it back and asked for another amount.
  private func again(_ asked: Till.Asked, _ said: Said, _ amount: Int64, at time: Int64, _ till: Till) -> Said
  {
    till.trial {
      if said.answer == .referred { till.act(.cancel, said.claim, by: asked.by) }
      if time > 0 { till.advance(to: time) }
      return till.ask(
        asked.action, minor: amount, asked.currency, by: asked.by, on: asked.caseID, evidence: ["photo"])
    }
  }
}
