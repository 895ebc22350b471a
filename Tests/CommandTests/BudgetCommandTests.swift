// Owns the guarantees of the statement of a budget: what it adds up, how it reads, and that it tells what does not balance.
import Console
import Events
import Foundation
import Policy
import Roles
import Streams
import Testing

@testable import answerable

struct BudgetCommandTests {
  /// 2026-03-02, a Monday; day 20514.
  private static let monday = Settings.time("2026-03-02T12:00:00Z") ?? 0

  private static func record(
    _ claim: String, _ number: Int, _ answer: String, _ minor: Int64, from: String, to: String,
    day: Int = 20514,
    held: Int64, spent: Int64, at: String
  ) -> String {
    """
    {"id":"\(claim)-d\(number)","claim":"\(claim)","answer":"\(answer)","case":"\(claim.dropLast(3))",\
    "subjectKey":"c-7ee3","owner":"housekeeping","root":"site/lyon-1","action":"engage-repair",\
    "amount":{"minor":\(minor),"currency":"EUR"},"requester":{"id":"p-maid","role":"housekeeper"},\
    "budgets":[{"id":"repairs-lyon-1","currency":"EUR","limit":60000,"held":\(held),"spent":\(spent),\
    "left":\(60000 - held - spent),"overdrawn":0,"windowFrom":"2026-02-24T00:00:00.000Z"}],\
    "movements":[{"budget":"repairs-lyon-1","from":"\(from)","to":"\(to)","minor":\(minor),"day":\(day)}],\
    \(answer == "approved" ? "\"expiresAt\":\"2026-03-16T09:00:00.000Z\"," : "")"at":"\(at)",\
    "reason":{"code":"granted","text":"within"},"epoch":1}
    """
  }

  /// Two approvals of one millisecond, in the partitions of their cases; one was paid meanwhile.
  private static let approvals = [
    (
      "c-b-1",
      record(
        "c-b-1-r1", 1, "approved", 9_000, from: "room", to: "held", held: 21_000, spent: 0,
        at: "2026-03-02T09:00:00.000Z")
    ),
    (
      "c-a-1",
      record(
        "c-a-1-r1", 1, "approved", 12_000, from: "room", to: "held", held: 12_000, spent: 0,
        at: "2026-03-02T09:00:00.000Z")
    ),
    (
      "c-a-1",
      record(
        "c-a-1-r1", 2, "settled", 12_000, from: "held", to: "spent", held: 9_000, spent: 12_000,
        at: "2026-03-02T10:00:00.000Z")
    ),
  ]

  private static func book(
    _ records: [(String, String)], until time: Int64 = .max, root: String = "site/lyon-1"
  ) throws -> BudgetBook {
    let log = MemoryLog()
    log.createTopic("delegations", partitions: 2)
    for (key, record) in records { try log.pipe("delegations", key: key, record) }
    return try BudgetBook.read(log, prefix: "", root: root, until: time)
  }

  private static func statements(_ book: BudgetBook, only: String? = nil) throws -> [BudgetStatement] {
    let policy = try sample()
    return BudgetStatement.all(book, policy.compiled(), only: only, named: policy.document, at: monday)
  }

  private static func sample() throws -> PolicyRecord {
    let check = PolicyFolderCheck(folder: DemoReplayTests.policyFolder)
    return PolicyRecord(
      try #require(check.check.explainable), files: check.check.files, publishedAt: 0, by: "test", note: "")
  }

  @Test func theBookAddsUpWhatTheAnswersBookedWhereverTheyStand() throws {
    let book = try Self.book(Self.approvals)
    #expect(book.ledger.faults.isEmpty, "\(book.ledger.faults)")
    #expect(book.ledger.accounts["repairs-lyon-1"]?.held == 9_000)
    #expect(book.ledger.accounts["repairs-lyon-1"]?.spent == [20514: 12_000])
    #expect(book.movements.map(\.claim) == ["c-b-1-r1", "c-a-1-r1", "c-a-1-r1"])
  }

  @Test func aStatementOfThePastLeavesOutWhatCameLater() throws {
    let then = try #require(Settings.time("2026-03-02T09:30:00Z"))
    let book = try Self.book(Self.approvals, until: then)
    #expect(book.ledger.accounts["repairs-lyon-1"]?.held == 21_000)
    #expect(book.movements.count == 2)
  }

  @Test func aDoubledAnswerAndALostOneDoNotBalance() throws {
    let doubled = try Self.book(Self.approvals + [Self.approvals[2]])
    #expect(doubled.ledger.faults.contains { $0.contains("paid a second time") }, "\(doubled.ledger.faults)")
    let lost = try Self.book(Array(Self.approvals.dropFirst()))
    #expect(lost.ledger.faults.contains { $0.contains("repairs-lyon-1 shows") }, "\(lost.ledger.faults)")
  }

  /// The first of the second partition has left, as after 400 days.
  private static func cut(_ records: [(String, String)], before offset: Int64 = 1) throws -> BudgetBook {
    let log = MemoryLog()
    log.createTopic("delegations", partitions: 1)
    for (key, record) in records { try log.pipe("delegations", key: key, record) }
    log.delete(TopicPartition(topic: "delegations", partition: 0), before: offset)
    return try BudgetBook.read(log, prefix: "", root: "site/lyon-1")
  }

  @Test func aClaimWhoseBeginningHasLeftTheTopicIsNoDifference() throws {
    let book = try Self.cut([Self.approvals[1], Self.approvals[0], Self.approvals[2]])
    #expect(book.ledger.faults.isEmpty, "\(book.ledger.faults)")
    #expect(book.ledger.withoutBeginning == ["c-a-1-r1"])
    #expect(book.ledger.waiting.isEmpty && book.ledger.answered == 2)
    #expect(book.ledger.accounts["repairs-lyon-1"]?.held == 9_000)
    #expect(book.ledger.accounts["repairs-lyon-1"]?.spent == [20514: 12_000])
    #expect(
      BudgetText.beginning(of: book.ledger) == [
        "delegations is complete from 2026-03-02 09:00 UTC: the first answers of c-a-1-r1 have left it"
      ])
  }

  @Test func whatWasHeldWhenTheRecordsBeginIsBroughtForward() throws {
    let book = try Self.cut([Self.approvals[1], Self.approvals[0]])
    #expect(book.ledger.faults.isEmpty, "\(book.ledger.faults)")
    #expect(book.ledger.accounts["repairs-lyon-1"]?.held == 21_000)
    let statement = try #require(try Self.statements(book, only: "repairs-lyon-1").first)
    #expect(statement.broughtForward == 12_000 && statement.balance.isPartial)
    let stream = TextStream.memory(width: 100)
    BudgetText(stream).print(statement)
    #expect(stream.text.contains("of these  120 EUR from before the records begin"))
    #expect(stream.text.contains("spent     0 EUR, and what was before the records begin"))
  }

  @Test func whatIsLostAfterTheBeginningDoesNotBalance() throws {
    let other = Self.record(
      "c-c-1-r1", 1, "approved", 5_000, from: "room", to: "held", held: 14_000, spent: 12_000,
      at: "2026-03-02T11:00:00.000Z")
    let whole = [Self.approvals[1], Self.approvals[0], Self.approvals[2], ("c-c-1", other)]
    #expect(try Self.cut(whole).ledger.faults.isEmpty)
    let lost = try Self.cut([whole[0], whole[1], whole[3]])
    #expect(lost.ledger.faults == ["c-c-1-r1-d1: repairs-lyon-1 shows 14000 held, 26000 were booked"])
  }

  @Test func aForgedBalanceIsTold() throws {
    let forged = Self.approvals[2].1.replacing("\"left\":39000", with: "\"left\":49000")
    #expect(forged != Self.approvals[2].1)
    let book = try Self.book([Self.approvals[0], Self.approvals[1], ("c-a-1", forged)])
    #expect(book.ledger.faults == ["c-a-1-r1-d2: repairs-lyon-1 does not balance: 70000 of 60000"])
  }

  @Test func lessSpentThanWasBookedIsToldThoughTheBalanceAddsUp() throws {
    let forged = Self.approvals[2].1.replacing(
      "\"spent\":12000,\"left\":39000", with: "\"spent\":2000,\"left\":49000")
    #expect(forged != Self.approvals[2].1)
    let book = try Self.book([Self.approvals[0], Self.approvals[1], ("c-a-1", forged)])
    #expect(
      book.ledger.faults == ["c-a-1-r1-d2: repairs-lyon-1 shows 2000 spent, 12000 were booked"])
  }

  @Test func whatAStatementShowsIsWhatItsMovementsAddUpTo() throws {
    let statement = try #require(
      try Self.statements(try Self.book(Self.approvals), only: "repairs-lyon-1").first)
    var sums: [Events.Delegation.Movement.Account: Int64] = [.room: statement.balance.limit]
    for movement in statement.movements {
      sums[movement.from, default: 0] -= movement.amount
      sums[movement.to, default: 0] += movement.amount
    }
    let balance = statement.balance
    #expect(sums[.room] == balance.left && sums[.held] == balance.held && sums[.spent] == balance.spent)
    #expect(statement.holds.map(\.amount).reduce(0, +) == balance.held)
  }

  @Test func itSaysWhatIsLeftWhatWaitsAndWhatMoved() throws {
    let statement = try #require(
      try Self.statements(try Self.book(Self.approvals), only: "repairs-lyon-1").first)
    let stream = TextStream.memory(width: 100)
    BudgetText(stream).print(statement)
    #expect(
      stream.text == """
        repairs-lyon-1  390 EUR left of 600 EUR in 7 days  site/lyon-1
          since     2026-02-23 23:00 UTC
          spent     120 EUR
          held      90 EUR
          returns   120 EUR more 8 Mar 23:00
          waits for 90 EUR  c-b-1-r1  engage-repair for p-maid, until 16 Mar 09:00
          moved (UTC)        amount  from  to     answer    claim
          2026-03-02 09:00   90 EUR  room  held   approved  c-b-1-r1
          2026-03-02 09:00  120 EUR  room  held   approved  c-a-1-r1
          2026-03-02 10:00  120 EUR  held  spent  settled   c-a-1-r1


        """)
  }

  @Test func aRootShowsItsBudgetsThatNothingWasBookedOn() throws {
    let all = try Self.statements(try Self.book(Self.approvals))
    #expect(all.map(\.balance.id) == ["goodwill-lyon-1", "repairs-lyon-1", "reserve-lyon-1"])
    #expect(all.first?.balance.left == 200_000)
  }

  @Test func aHolderWhoNeverAskedHasAllOfIt() throws {
    let book = try Self.book(Self.approvals)
    let mine = try Self.statements(book, only: "vouchers-lyon-1/p-maid")
    #expect(mine.map(\.balance.left) == [25_000])
  }

  @Test func aScriptReadsMinorUnits() throws {
    let statement = try #require(
      try Self.statements(try Self.book(Self.approvals), only: "repairs-lyon-1").first)
    let line = try JSONLine.text(BudgetJSON(statement))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["left"] as? Int == 39_000)
    #expect(object["held"] as? Int == 9_000)
    #expect((object["holds"] as? [[String: Any]])?.first?["claim"] as? String == "c-b-1-r1")
    #expect((object["movements"] as? [[String: Any]])?.count == 3)
  }

  @Test(arguments: [["budget"], ["budget", "repairs-lyon-1", "--root", "site/lyon-1"]])
  func whichBudgetHasToBeSaidOnce(words: [String]) {
    let run = CommandRun(words)
    #expect(run.code == .usage && run.err.contains("say which: a budget's id, or --root ROOT"))
  }

  @Test(arguments: [
    ("reserve-lyon2", #" (did you mean "reserve-lyon-2"?)"#),
    ("voucher-lyon-1/receptionist-2", #" (did you mean "vouchers-lyon-1"?)"#), ("petty-cash", ""),
  ])
  func anUnknownBudgetIsAnsweredWithTheOneMeantAndSomeOfThoseThatThereAre(id: String, hint: String) throws {
    let document = try Self.sample().document
    let budgets = try #require(document.delegation?.budgets)
    let failure = BudgetCommand.unknown(id, document)
    #expect(failure.code == .usage)
    #expect(failure.message == "the policy in force has no budget \(id)")
    let listed = budgets.prefix(10).map(\.id).joined(separator: ", ")
    #expect(
      failure.advice
        == "\"\(id.prefix { $0 != "/" })\" is none of \(listed) and \(budgets.count - 10) more\(hint). "
        + "What is booked on one that left shows --root.")
  }

  @Test(arguments: [
    (
      "vouchers-lyon-1/receptionist2",
      "each person has a budget vouchers-lyon-1, and the policy in force has no such person",
      #"(did you mean "receptionist-2"?)"#
    ),
    (
      "repairs-lyon-1/receptionist-2", "budget repairs-lyon-1 is one for all", "Ask for repairs-lyon-1 alone."
    ),
  ])
  func aPotThatNobodyCanHaveIsNotSaidToBeFull(pot: String, message: String, advice: String) throws {
    let document = try Self.sample().document
    let slip = try #require(BudgetHolder.slip(in: pot, document))
    #expect(slip.code == .usage && slip.message.hasPrefix(message), "\(slip.message)")
    #expect(slip.advice.contains(advice), "\(slip.advice)")
    #expect(BudgetHolder.slip(in: "vouchers-lyon-1/receptionist-2", document) == nil)
    #expect(BudgetHolder.slip(in: "vouchers-lyon-1", document) == nil)
  }

  @Test func anUnknownRootIsAnsweredWithTheOneMeant() throws {
    let document = try Self.sample().document
    #expect(BudgetCommand.known("site/lyon1", document).hasSuffix(#" (did you mean "site/lyon-1"?)."#))
    var none = document
    none.delegation = nil
    #expect(BudgetCommand.known("site/lyon1", none) == "The policy in force has no budgets.")
    #expect(BudgetCommand.unknown("a", none).advice.hasPrefix("It has no delegation.yaml. "))
  }
}
