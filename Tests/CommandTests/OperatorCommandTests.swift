// Owns what an operator's commands say before they reach a broker.
import Console
import Roles
import Streams
import Testing

@testable import answerable

@Suite struct OperatorCommandTests {
  @Test(arguments: [
    (["audit", "--from", "2026-03-02", "--last", "1h"], "say --from or --last, not both"),
    (["case"], "say which: a case's id, or --subject KIND:ID"),
    (["case", "c-1-1", "--subject", "customer:x"], "say which: a case's id, or --subject KIND:ID"),
    (["hold", "--all", "--reason", "x"], "say --until when it ends"),
    (["hold", "--all", "--until", "2020-01-01", "--reason", "x"], "--until is in the past"),
    (["hold", "--all", "--until", "2h"], "say --reason why"),
    (["hold", "--until", "2h", "--reason", "x"], "say whose: --owner TEAM, or --all"),
    (["hold", "--all", "--owner", "billing", "--until", "2h", "--reason", "x"], "say whose"),
    (["release"], "say whose: --owner TEAM, or --all"),
    (["erase", "--reason", "x"], "say --subject KIND:ID"),
    (["erase", "--subject", "guest-1", "--reason", "x"], "KIND:ID, as events name it"),
    (["erase", "--subject", "customer:guest-1"], "say --reason why"),
    (["resize", "--partitions", "3"], "say --to PREFIX"),
    (["resize", "--to", "wide."], "say --partitions N"),
  ])
  func whatIsMissingIsSaidBeforeAnythingIsAsked(words: [String], says: String) {
    let run = CommandRun(words)
    #expect(run.code == .usage && run.err.contains(says), "\(run.code) \(run.err)")
  }

  @Test func aTrialErasureSaysWhatRemainsAndNotWhoseItIs() {
    let run = CommandRun(
      "erase", "--subject", "customer:guest-77120", "--reason", "asked for it", "--by", "marie", "--dry-run")
    #expect(run.code == .success, "\(run.err)")
    #expect(run.out.contains("would be sent") && run.out.contains("kept until retention takes it"))
    #expect(!run.out.contains("guest-77120") && !run.err.contains("guest-77120"))
  }

  @Test func aFilterShowsWhatIsOfAnOwnerAndOfACase() throws {
    var filter = RecordFilter()
    func record(_ key: String, owner: String?) throws -> ScannedRecord {
      let log = MemoryLog()
      log.createTopic("t")
      _ = try? log.pipe("t", key: key, "v", headers: owner.map { ["owner": $0] } ?? [:])
      var found: ScannedRecord?
      try RecordScan(log).read(["t"]) {
        found = $0
        return true
      }
      return try #require(found)
    }
    filter.caseID = "c-0123456789abcdef0123456789abcdef-1"
    #expect(filter.shows(try record("c-0123456789abcdef0123456789abcdef-1", owner: nil)))
    #expect(filter.shows(try record("c-0123456789abcdef0123456789abcdef", owner: nil)))
    #expect(!filter.shows(try record("c-0123456789abcdef0123456789abcdef-12", owner: nil)))
    #expect(!filter.shows(try record("", owner: nil)))
    filter = RecordFilter(owner: "billing", caseID: nil)
    #expect(filter.shows(try record("x", owner: "billing")))
    #expect(!filter.shows(try record("x", owner: "front-desk")))
  }
}
