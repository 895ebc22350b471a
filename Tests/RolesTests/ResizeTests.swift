import Casework
import Events
import Foundation
import Kafka
import Policy
import Roles
import Secrets
import Streams
import Testing

/// A deployment in memory that is drained, moved and gone on with.
@Suite struct ResizeTests {
  private static let secret = CaseworkStage.secret
  private static let target = TopicCatalogue(prefix: "wide.", partitions: 5)

  /// What is played before and after the move.
  private static func first(_ stage: CaseworkStage) throws {
    for guest in 1...12 { try stage.feedback("fb-\(guest)", guest: "guest-\(guest)", minutes: Int64(guest)) }
    try stage.incident("in-1", service: "heating", minutes: 20)
    try stage.act(
      "act-1", "acknowledge", case: "\(try stage.key("customer", "guest-3"))-1", by: CaseworkStage.technician,
      minutes: 30)
    try stage.act(
      "act-2", "snooze", case: "\(try stage.key("customer", "guest-4"))-1", by: CaseworkStage.technician,
      minutes: 31, ["until": "2026-03-02T15:00:00Z", "reason": "parts are on their way"])
    try stage.advance(minutes: 60)
  }

  private func resize(_ log: MemoryLog, to catalogue: TopicCatalogue = target) throws -> ResizeSummary {
    try Resize(log, from: "", to: catalogue, secret: Self.secret, cluster: ResizeCluster(log)).run()
  }

  /// The stage's log once its workers have gone.
  private func drained() throws -> MemoryLog {
    let stage = try CaseworkStage()
    try Self.first(stage)
    let log = stage.theatre.log
    stage.theatre.close()
    log.settle()
    return log
  }

  @Test func everythingThatIsKnownIsThereAfterwardsAndTheOldIsUntouched() throws {
    let log = try drained()
    let before = Set(log.topics).map { log.records($0).count }.reduce(0, +)
    let policies = log.records("policies").map(\.offset)
    let summary = try resize(log)
    #expect(summary.state.cases == 13 && summary.state.subjects >= 13 && summary.state.timers > 0)
    #expect(summary.assignments == 13 && summary.policies == Int64(policies.count))
    #expect(log.records("wide.policies").map(\.offset) == policies)
    let old = log.topics.filter { !$0.hasPrefix("wide.") }.map { log.records($0).count }.reduce(0, +)
    #expect(old == before)
    #expect(try Layout.recorded(on: log, prefix: "wide.")?.fingerprint == summary.layout)
  }

  @Test func budgetsAddUpAfterAMoveToo() throws {
    let before = try CaseworkStage()
    let caseID = "\(try before.key("customer", "guest-1"))-1"
    func ask(_ id: String, _ minor: Int, _ stage: CaseworkStage, minutes: Int64) throws {
      try stage.remedy(
        id, "engage-repair", minor, for: ["case": caseID], by: "technician-4", role: "technician",
        minutes: minutes)
    }
    try before.feedback("fb-1")
    try ask("rem-1", 12_000, before, minutes: 5)
    before.theatre.close()
    before.theatre.log.settle()
    #expect(try resize(before.theatre.log).answers == 1)
    let after = try CaseworkStage(moving: before.theatre, to: Self.target)
    try ask("rem-2", 9_000, after, minutes: 40)
    try after.act(
      "act-1", "settle", case: caseID, by: CaseworkStage.technician, minutes: 50, ["claim": "\(caseID)-r1"])
    after.theatre.log.settle()
    let book = try BudgetBook.read(after.theatre.log, prefix: Self.target.prefix, root: "site/lyon-1")
    #expect(book.ledger.faults.isEmpty, "\(book.ledger.faults)")
    #expect(book.ledger.accounts["repairs-lyon-1"]?.held == 9_000)
    #expect(book.movements.map(\.answer) == [.approved, .approved, .settled])
  }

  @Test func everyHeaderOfWhatWasMovedIsDeclared() throws {
    let before = try CaseworkStage()
    try Self.first(before)
    try before.remedy(
      "rem-1", "engage-repair", 12_000, for: ["case": "\(try before.key("customer", "guest-1"))-1"],
      by: "technician-4", role: "technician", minutes: 65)
    before.theatre.close()
    let log = before.theatre.log
    log.settle()
    _ = try resize(log)
    #expect(log.records("wide.delegations").map { $0.header("copied-from") } == ["delegations"])
    let document = try JSONSerialization.jsonObject(with: Data(#require(Schemas.file("asyncapi"))))
    let asyncAPI = try #require(document as? [String: Any])
    let channels = try #require(asyncAPI["channels"] as? [String: [String: Any]])
    let messages = try #require(
      (asyncAPI["components"] as? [String: Any])?["messages"] as? [String: [String: Any]])
    var written: Set<String> = []
    // The headers of dead letters are those of the refused record too: any at all.
    for (name, channel) in channels where name != "deadLetter" {
      let topic = try #require(channel["address"] as? String).replacing("{prefix}", with: Self.target.prefix)
      let headers = try #require(messages[name]?["headers"] as? [String: Any])
      let declared = Set(try #require(headers["properties"] as? [String: Any]).keys)
      let found = Set(log.records(topic).flatMap(\.headers).map(\.name))
      #expect(found.isSubset(of: declared), "\(topic): \(found.subtracting(declared))")
      written.formUnion(found)
    }
    #expect(written.isSuperset(of: ["copied-from", "owner", "priority", "answer"]))
  }

  @Test func aSecondRunFindsItDone() throws {
    let log = try drained()
    let first = try resize(log)
    let again = try resize(log)
    #expect(!first.wasDone && again.wasDone && again.layout == first.layout)
  }

  @Test func aRunThatWasCutOffIsGoneOnWith() throws {
    struct Cut: Error {}
    let whole = try resize(try drained())
    // After each thing that a run does, one is cut off, and the next does the rest.
    for steps in [0, 1, 7, 11, 12, 13, 14] {
      let log = try drained()
      var left = steps
      var cluster = ResizeCluster(log)
      let (create, commit) = (cluster.create, cluster.commit)
      func step() throws {
        if left == 0 { throw Cut() }
        left -= 1
      }
      cluster.create = { name, topic in
        try step()
        try create(name, topic)
      }
      cluster.commit = { group, offsets in
        try step()
        try commit(group, offsets)
      }
      try? { _ = try Resize(log, from: "", to: Self.target, secret: Self.secret, cluster: cluster).run() }()
      let summary = try resize(log)
      #expect(summary.wasDone || summary == whole, "\(steps)")
      #expect(summary.layout == whole.layout)
    }
  }

  @Test func whileWorkersRunNothingIsMoved() throws {
    let stage = try CaseworkStage()
    try Self.first(stage)
    #expect { try resize(stage.theatre.log) } throws: { error in
      (error as? ResizeError)?.description.contains("of intake run") == true
    }
    #expect(!stage.theatre.log.topics.contains { $0.hasPrefix("wide.") })
  }

  @Test func whileRecordsWaitNothingIsMoved() throws {
    let log = try drained()
    try log.append("feedback", key: Array("customer-guest-1".utf8), value: Array("{}".utf8))
    #expect { try resize(log) } throws: { error in
      (error as? ResizeError)?.description.contains("1 record waits on feedback-0") == true
    }
    #expect(!log.topics.contains { $0.hasPrefix("wide.") })
  }

  @Test func anotherSecretMovesNothing() throws {
    let log = try drained()
    #expect(throws: LayoutError.self) {
      try Resize(
        log, from: "", to: Self.target, secret: Secret("another secret, as long as the first"),
        cluster: ResizeCluster(log)
      ).run()
    }
  }

  @Test func policiesKeepTheirEpochsWhateverLiesBetweenThem() throws {
    let log = try drained()
    // An aborted transaction, and a record outside of any.
    let record = try #require(log.records("policies").last)
    let appender = try RecordAppender(log, topics: ["policies"], transactionalID: "a")
    try appender.append(0, key: nil, value: [1])
    appender.close()
    try log.append("policies", key: record.key, value: record.value)
    try log.append("policies", key: record.key, value: record.value)
    _ = try resize(log)
    let offsets = Set(log.records("wide.policies").map(\.offset))
    #expect(offsets.isSuperset(of: log.records("policies").map(\.offset)))
  }

  /// What is decided after a move is what would have been decided without one, for the same subjects.
  @Test func decisionsAfterAResizeAreThoseOfAnUndisturbedRun() throws {
    func story(_ stage: CaseworkStage) throws -> [String] {
      try stage.feedback("fb-20", guest: "guest-2", minutes: 70, rating: 2)
      try stage.act(
        "act-3", "respond", case: "\(try stage.key("customer", "guest-5"))-1", by: CaseworkStage.technician,
        minutes: 80)
      try stage.erase("er-1", guest: "guest-6", minutes: 90)
      try stage.incident("in-2", service: "heating", status: "resolved", minutes: 100)
      try stage.feedback("fb-21", guest: "guest-77", minutes: 110)
      try stage.advance(minutes: 6 * 24 * 60)
      return try stage.journal().map { entry in
        func text(_ name: String) -> String { entry[name].map { "\($0)" } ?? "-" }
        let cause = (entry["cause"] as? [String: Any]) ?? [:]
        // A message's cause is a signal, whose id is made from places; those differ.
        let isMessage = ["notice", "link"].contains(text("kind"))
        let due = cause["due"].map { "\($0)" } ?? (isMessage ? "message" : "\(cause["causeId"] ?? "-")")
        return [
          text("at"), text("case"), text("subjectKey"), text("decision"),
          "\((entry["reason"] as? [String: Any])?["code"] ?? "-")", text("owner"), text("score"),
          text("status"), due,
          "\((entry["clocks"] as? [[String: Any]])?.map { "\($0["kind"] ?? "") \($0["due"] ?? "") \($0["state"] ?? "")" } ?? [])",
          "\(entry["outputs"] ?? "-")",
        ].joined(separator: " ")
      }
    }
    let undisturbed = try CaseworkStage()
    try Self.first(undisturbed)
    let known = try undisturbed.journal().count
    let expected = try story(undisturbed).dropFirst(known)

    let before = try CaseworkStage()
    try Self.first(before)
    before.theatre.close()
    before.theatre.log.settle()
    _ = try resize(before.theatre.log)
    let after = try CaseworkStage(moving: before.theatre, to: Self.target)
    let found = try story(after)
    #expect(found.sorted() == expected.sorted())
    #expect(expected.count > 20)
  }
}
