// Owns the guarantees of the comparison that proofs under faults rest on: what differs by nature is no difference, and
// whatever else differs is one.
import DecisionKit
import FaultKit
import Foundation
import Roles
import Testing

struct DecisionComparisonTests {
  private static let key = "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1"

  /// A journal record of a deployment, at a place and a time.
  private func journal(
    _ number: Int64, _ prefix: String = "calm.", offset: Int64 = 7, at: String = "2026-11-25T10:00:00.000Z",
    decision: String = "acted", more: String = ""
  ) -> Sample {
    Sample(
      topic: .caseJournal, headers: [("ce_id", "1-\(number)"), ("decision", decision)],
      value:
        #"{"id":"1-\#(number)","task":1,"number":\#(number),"at":"\#(at)","case":"\#(Self.key)","decision":"\#(decision)","#
        + #""cause":{"kind":"signal","id":"case-update-0-\#(offset)","topic":"\#(prefix)signals","partition":1,"#
        + #""offset":\#(offset),"causeId":"act-1","occurredAt":"2026-03-02T07:20:00Z"},"#
        + #""clocks":[{"kind":"respond","state":"running","due":"\#(at)"}]\#(more)}"#)
  }

  private func decisions(_ records: [Sample], _ prefix: String = "calm.") -> Decisions {
    var decisions = Decisions()
    for record in records {
      decisions.add(
        record.topic, key: Array(Self.key.utf8), value: record.value.map { Array($0.utf8) },
        headers: record.headers.map { .init(name: $0.0, value: Array($0.1.utf8)) }, prefix: prefix)
    }
    return decisions
  }

  private func compare(_ calm: [Sample], _ storm: [Sample]) -> DecisionComparison {
    DecisionComparison(undisturbed: decisions(calm), disturbed: decisions(storm, "storm."))
  }

  @Test func timesOffsetsAndWhatIsNumberedByThemAreNoDifference() {
    let comparison = compare(
      [journal(1)], [journal(4, "storm.", offset: 9, at: "2026-11-25T10:00:08.250Z")])
    #expect(comparison.differences.isEmpty && comparison.same == 1, "\(comparison.differences)")
    func letter(_ offset: Int, _ prefix: String) -> Sample {
      let id = "intake:\(prefix)feedback:3:\(offset)"
      return Sample(topic: .deadLetters, headers: [("ce_id", id), ("cause-offset", "\(offset)")], value: "{")
    }
    #expect(compare([letter(1, "calm.")], [letter(2, "storm.")]).differences.isEmpty)
    func linked(_ cause: String) -> Sample {
      Sample(topic: .signals, headers: [], value: #"{"id":"link-1-1-0","causeId":"\#(cause)"}"#)
    }
    let link = linked("notice-3-405-0")
    #expect(compare([link], [linked("notice-3-387-0")]).differences.isEmpty)
    #expect(compare([link], [linked("notice-2-405-0")]).different == 1)
  }

  @Test(arguments: [
    (#""decision":"acted""#, #""decision":"refused""#), (#""causeId":"act-1""#, #""causeId":"act-2""#),
    (#""occurredAt":"2026-03-02T07:20:00Z""#, #""occurredAt":"2026-03-02T07:20:01Z""#),
    (#""state":"running""#, #""state":"missed""#), (#""task":1"#, #""task":2"#),
    (#","due":"2026-11-25T10:00:00.000Z""#, ""), (#""partition":1"#, #""partition":0"#),
  ])
  func aFieldThatDiffersIsToldWithBothRecords(field: (String, String)) throws {
    var other = journal(1, "storm.")
    let text = try #require(other.value)
    other.value = text.replacingOccurrences(of: field.0, with: field.1)
    #expect(text.contains(field.0))
    let comparison = compare([journal(1)], [other])
    #expect(comparison.different == 1 && comparison.lost == 0 && comparison.doubled == 0)
    let difference = try #require(comparison.differences.first)
    #expect(difference.expected != nil && difference.found != nil && difference.sequence.key == Self.key)
  }

  @Test func aHeaderThatDiffersIsTold() {
    func assignment(_ headers: [(String, String)]) -> Sample {
      Sample(topic: .assignments, headers: headers, value: #"{"revision":1}"#)
    }
    let id = ("ce_id", "\(Self.key)-a1")
    let same = [assignment([id, ("owner", "billing")])]
    #expect(compare(same, same).differences.isEmpty)
    #expect(compare(same, [assignment([id, ("owner", "security")])]).different == 1)
    #expect(compare(same, [assignment([("owner", "billing")])]).different == 1)
    // An assignment's id counts its revisions: it is no offset.
    #expect(compare(same, [assignment([("ce_id", "\(Self.key)-a2"), ("owner", "billing")])]).different == 1)
  }

  @Test func whatIsLostDoubledAndReorderedIsToldApart() {
    let (first, second) = (journal(1), journal(2, more: #","act":"respond""#))
    let (other, last) = (journal(1, "storm."), journal(2, "storm.", more: #","act":"respond""#))
    #expect(compare([first, second], [other]).lost == 1)
    let doubled = compare([first, second], [other, other, last])
    #expect(doubled.doubled == 1 && doubled.lost == 0 && doubled.same == 2)
    let turned = compare([first, second], [last, other])
    #expect(turned.differences.map(\.kind) == [.reordered])
    #expect(compare([first], []).lost == 1 && compare([], [other]).doubled == 1)
  }

  @Test func aClaimIsNamedByItsDecisionAndAnAnswerByItsClaim() {
    func claim(_ number: Int, _ minor: Int = 9_000) -> Sample {
      Sample(
        topic: .claims, headers: [("ce_id", "claim-1-\(number)-0")],
        value: #"{"id":"claim-1-\#(number)-0","claim":"\#(Self.key)-r1","amount":{"minor":\#(minor)}}"#)
    }
    #expect(compare([claim(4)], [claim(6)]).differences.isEmpty)
    #expect(compare([claim(4)], [claim(4, 9_001)]).different == 1)
    func answer(_ number: Int, left: Int = 10, expires: String = "2026-12-02T10:00:00.000Z") -> Sample {
      let id = "\(Self.key)-r1-d\(number)"
      return Sample(
        topic: .delegations, headers: [("ce_id", id)],
        value:
          #"{"id":"\#(id)","expiresAt":"\#(expires)","budgets":[{"id":"goodwill-lyon-1","left":\#(left)}]}"#)
    }
    #expect(compare([answer(1)], [answer(1, expires: "2026-12-02T10:00:09.000Z")]).differences.isEmpty)
    #expect(compare([answer(1)], [answer(2)]).different == 1)
    #expect(compare([answer(1)], [answer(1, left: 9)]).different == 1)
  }

  @Test func aTombstoneIsNoRecordWithAValue() {
    let gone = Sample(topic: .assignments, headers: [], value: nil)
    #expect(compare([gone], [gone]).differences.isEmpty)
    #expect(compare([gone], [Sample(topic: .assignments, headers: [], value: "{}")]).different == 1)
  }

  @Test func theJournalOfATaskHasNoGapAndNoDouble() {
    #expect(decisions([journal(1), journal(3), journal(2)]).gaps.isEmpty)
    #expect(decisions([journal(1), journal(3)]).gaps == ["task 1: number 3 in place 2 of 2"])
    #expect(decisions([journal(1), journal(1), journal(2)]).gaps == ["task 1: number 1 in place 2 of 3"])
    // A timer that only waited is numbered, and is no decision.
    let waited = decisions([journal(1), journal(2, decision: "rearmed")])
    #expect(waited.gaps.isEmpty && waited.waits == 1 && waited.count(.caseJournal) == 1)
  }

  @Test func whatTouchesTheSameCustomerOrPlaceIsNeverPlayedAtOnce() throws {
    let week = try SampleWeek(FlowDeployment.events, until: Date(timeIntervalSince1970: 1_800_000_000))
    let ids = week.waves.map { $0.map(\.id) }
    #expect(ids.joined().count == 102 && Set(ids.joined()).count == 102)
    func wave(_ id: String) throws -> Int { try #require(ids.firstIndex { $0.contains(id) }, "\(id)") }
    // A customer's complaint before what was done about it, and an incident alone with what it gathers.
    #expect(try wave("fb-0005") < wave("act-0006") && wave("act-0006") < wave("act-0007"))
    #expect(try wave("act-0007") < wave("act-0008") && wave("inc-0009") < wave("fb-0013"))
    #expect(ids.contains(["inc-0009"]))
    // What is paid from the same budgets one after the other.
    let paid = week.waves.map { $0.count { $0.topic == .remedies } }
    #expect(paid.max() == 1 && paid.reduce(0, +) == 15)
    #expect(ids.count < 90 && ids.contains { $0.count > 2 })
    #expect(week.evening.joined().count == 33)
  }
}

struct SteadyDutyTests {
  @Test func aPlayBeginsWhenNobodysDutyAndNoDayEndsInIt() throws {
    let policy = SteadyDuty(policy: FlowDeployment.policy)
    // Offices of Paris close for lunch at 12:30, which is 11:30 UTC in winter.
    let lunch: Int64 = 1_764_070_200_000
    let early = lunch - 3_600_000 + 7_000
    #expect(policy.begin(from: early, for: 120) == early)
    #expect(policy.begin(from: lunch - 61_000, for: 120) == lunch)
    #expect(policy.begin(from: lunch, for: 120) == lunch)
    let always = SteadyDuty([.always])
    #expect(always.begin(from: lunch - 1, for: 120) == lunch - 1)
    // A day may begin with an hour.
    let noon = lunch + 1_800_000
    #expect(always.begin(from: noon - 60_000, for: 120) == noon)
  }
}

/// A committed record of a deployment.
private struct Sample {
  var topic: Topic
  var headers: [(String, String)]
  var value: String?
}
