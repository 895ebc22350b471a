// Owns what is promised of the state: it reads back as it was written, by today's and later releases, and damage stops
// the task.
import Events
import StateBytes
import Testing

@testable import Delegation

@Suite("State")
struct StateTests {
  private func lived(_ seed: UInt64 = 3, format: StateFormat = .current) throws -> Till {
    var chance = Seed(seed)
    let till = try Till(RandomLife.sample(&chance), format: format)
    var life = RandomLife(seed: seed)
    for _ in 0..<120 { _ = try life.step(till) }
    return till
  }

  @Test func everythingReadsBackAsItWasWritten() throws {
    let (till, texts, writer) = (try lived(), Texts(), StateWriter())
    var kinds: Set<UInt8> = []
    for (key, value) in till.state {
      try value.withUnsafeBytes { bytes in
        switch key[0] {
        case StateKey.Letter.claim: writer.write(try ClaimAccount(bytes, id: "case-1-r1", texts))
        case StateKey.Letter.pot: writer.write(try BudgetAccount(bytes, texts))
        case StateKey.Letter.sum: writer.write(try SplitAccount(bytes, texts))
        default: try TaskRecord(bytes).write(to: writer)
        }
      }
      kinds.insert(key[0])
      #expect(Array(writer.bytes) == value)
    }
    #expect(kinds.count == 4)
  }

  @Test func whatALaterReleaseAppendsIsSkipped() throws {
    let (today, later) = (try lived(), try lived(format: .next))
    #expect(today.said == later.said)
    #expect(today.state.keys.sorted { "\($0)" < "\($1)" } == later.state.keys.sorted { "\($0)" < "\($1)" })
    #expect(today.state != later.state)
  }

  @Test func whatNeedsALaterReaderStopsTheTask() throws {
    let till = try Till(format: .incompatible)
    till.ask("refund", 20)
    #expect(throws: StateFailure.self) { try till.answer(to: .settle, "case-1-r1") }
  }

  @Test func damagedBytesStopTheTaskAndTrapNowhere() throws {
    let till = try lived()
    var (chance, stopped) = (Seed(7), 0)
    for (key, value) in till.state.sorted(by: { "\($0.key)" < "\($1.key)" })
    where key[0] == StateKey.Letter.claim {
      let id = String(decoding: key.dropFirst(), as: UTF8.self)
      for _ in 0..<30 {
        var damaged = value
        switch chance.below(3) {
        case 0: damaged.removeLast(1 + chance.below(damaged.count))
        case 1: damaged[chance.below(damaged.count)] = UInt8(truncatingIfNeeded: chance.next())
        default: damaged = (0..<chance.below(60)).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        }
        till.trial {
          till.damage(key, damaged)
          do { try till.answer(to: .settle, id) } catch { stopped += 1 }
        }
      }
    }
    #expect(stopped > 100)
  }

  @Test func damagedPotsAndSumsStopTheTaskAndTrapNowhere() throws {
    let till = try lived()
    var (chance, stopped) = (Seed(11), 0)
    for (key, value) in till.state.sorted(by: { "\($0.key)" < "\($1.key)" })
    where key[0] == StateKey.Letter.pot || key[0] == StateKey.Letter.sum {
      for _ in 0..<30 {
        var damaged = value
        if chance.once(in: 2) {
          damaged.removeLast(1 + chance.below(damaged.count))
        } else {
          damaged[chance.below(damaged.count)] = UInt8(truncatingIfNeeded: chance.next())
        }
        for action in ["refund", "voucher", "repair"] {
          till.trial {
            till.damage(key, damaged)
            do { try till.answer(asking: action) } catch { stopped += 1 }
          }
        }
      }
    }
    #expect(stopped > 30)
  }

  @Test func aTimerWithAKeyThatIsNoneStopsTheTask() throws {
    let till = try Till()
    for key: [UInt8] in [[], [0x6B], [0x70, 1, 2], [0x62, 1], [0x6B, 0x78]] {
      #expect(throws: StateFailure.self) { try till.answer(toTimer: key) }
    }
  }

  @Test func anAccountKeepsNoMoreDaysThanItsLongestWindowNeeds() {
    var account = BudgetAccount()
    for day in 0..<1_000 as Range<Int32> {
      var movement = Delegation.Movement()
      movement.from = .room
      movement.to = .spent
      movement.amount = 1
      movement.day = day
      account.book(movement)
    }
    #expect(account.days.count == BudgetAccount.mostDays)
    #expect(account.days.first?.number == 600)
    #expect(account.spent(from: 634) == 366)
  }

  @Test func aClaimWithTooManyBudgetsOrKindsOfEvidenceIsDeclinedBeforeAnythingChanges() throws {
    let till = try Till()
    #expect(till.ask("refund", 20, budgets: Array(repeating: "desk-lyon-1", count: 5)).code == "cap-budgets")
    #expect(till.ask("refund", 20, evidence: (0..<17).map { "photo-\($0)" }).code == "cap-evidence")
    #expect(till.account("desk-lyon-1").isEmpty)
  }
}
