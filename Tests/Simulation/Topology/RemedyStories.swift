// Owns the remedies that a topology is fed with, and what people do about each of them later: in its order, out of it, or
// about one that they only take for one.
import Streams

/// Draws what is asked for in one scenario, and what comes of it.
struct RemedyStories {
  /// What somebody asked for, and what is still to happen about it.
  private struct Course {
    let guest: String
    let caseID: String
    /// Which remedy of its case it is, as far as those know who asked: not all of the others may have been counted.
    let number: Int
    let request: RemedyRequest
    var rest: [RemedyStep]
  }

  private let cases: CaseStories
  private var courses: [Course] = []
  /// Of each case.
  private var asked: [String: Int] = [:]
  /// How often each guest has complained, and how often they had when they were forgotten last.
  private var complaints: [String: Int] = [:]
  private var forgotten: [String: Int] = [:]

  init(_ cases: CaseStories) { self.cases = cases }

  /// Hears of what else is sent: whoever complains may get a case, until they are forgotten.
  mutating func hear(_ record: InputDrawer.Record) {
    switch record.topic {
    case "feedback": complaints[record.key, default: 0] += 1
    // Keyed by case, but where a guest is to be forgotten.
    case "case-updates" where record.key.hasPrefix("guest-"):
      forgotten[record.key] = complaints[record.key]
    default: break
    }
  }

  /// A remedy, or an act about one. `number` makes ids; `time` is about when it will be sent.
  mutating func draw(_ number: Int, keys count: Int, at time: Int64, _ random: inout SeededRandom)
    -> InputDrawer.Record
  {
    let open = courses.indices.filter { !courses[$0].rest.isEmpty }
    if open.isEmpty || random.below(3) == 0 { return ask(number, count, time, &random) }
    // Rather about what was asked for lately: an approver has some seconds to answer.
    let index = max(random.pick(open), random.pick(open))
    let step = courses[index].rest.removeFirst()
    return act(step, courses[index], number, time, &random)
  }

  private mutating func ask(_ number: Int, _ count: Int, _ time: Int64, _ random: inout SeededRandom)
    -> InputDrawer.Record
  {
    var guest = guest(count, &random)
    var caseID = "\(cases.keys["customer \(guest)"] ?? "")-\(caseNumber(of: guest, &random))"
    var request = random.pick(RemedyRequest.all)
    // Some cut in pieces what they want to give.
    if random.below(5) == 0, let last = courses.last {
      (guest, caseID, request) = (last.guest, last.caseID, last.request)
    }
    // The same again, sometimes: mostly it differs by a little.
    if random.below(8) > 0 { request.minor += 1 + random.below(90) }
    asked[caseID, default: 0] += 1
    courses.append(
      Course(
        guest: guest, caseID: caseID, number: asked[caseID] ?? 1, request: request,
        rest: random.pick(random.below(8) == 0 ? RemedyStep.within : request.courses)))
    let namesCase = random.below(12) > 0
    var more = [Self.person(request.person), Self.amount(request.minor, request.currency)]
    if !namesCase { more.append(#""subject":{"kind":"customer","id":"\#(guest)"}"#) }
    if random.below(3) > 0, let evidence = request.evidence { more.append(#""evidence":["\#(evidence)"]"#) }
    return (
      "remedies", namesCase ? caseID : guest,
      CaseStories.json(
        [
          ("id", "rem-\(number)"), ("occurredAt", CaseStories.time(time)), ("source", "desk"),
          ("case", namesCase ? caseID : ""), ("action", request.action), ("reason", "sorry"),
        ], more.joined(separator: ","))
    )
  }

  /// Mostly somebody who complained and was not forgotten since.
  private func guest(_ count: Int, _ random: inout SeededRandom) -> String {
    let known = complaints.filter { $0.value > forgotten[$0.key] ?? 0 }.keys.sorted()
    return known.isEmpty || random.below(12) == 0 ? "guest-\(random.below(count))" : random.pick(known)
  }

  /// Which of the guest's cases is meant, one that began after they were forgotten.
  private func caseNumber(of guest: String, _ random: inout SeededRandom) -> Int {
    let first = Self.cases(of: forgotten[guest] ?? 0)
    return first + 1 + random.below(max(1, Self.cases(of: complaints[guest] ?? 0) - first))
  }

  /// About how many cases come of so many complaints: the more there are, the more of them are about the same.
  private static func cases(of complaints: Int) -> Int {
    complaints < 9 ? (complaints + 2) / 3 : 3 + (complaints - 8) / 5
  }

  private func act(
    _ step: RemedyStep, _ course: Course, _ number: Int, _ time: Int64, _ random: inout SeededRandom
  ) -> InputDrawer.Record {
    var person: String
    switch step.who {
    case .requester: person = course.request.person
    case .approver: person = random.pick(course.request.approvers)
    case .other: person = random.pick(["technician-9", "duty-manager-2", "regional-director-1"])
    }
    if random.below(12) == 0 { person = "nobody-1" }
    // Those who act mean the claim, and sometimes the one beside it.
    let claim = max(1, course.number + random.pick([0, 0, 0, 0, 0, -1, 1]))
    let word = step.word.rawValue
    var more = [Self.person(person)]
    switch step.amount {
    case .untold: break
    case .part: more.append(Self.amount(course.request.minor / 3, course.request.currency))
    case .tooMuch: more.append(Self.amount(course.request.minor * 2, course.request.currency))
    case .foreign: more.append(Self.amount(course.request.minor / 2, "SEK"))
    }
    return (
      "case-updates", course.caseID,
      CaseStories.json(
        [
          ("id", "claim-act-\(number)"), ("occurredAt", CaseStories.time(time)), ("source", "desk"),
          ("claim", "\(course.caseID)-r\(claim)"), ("act", word),
          ("reason", [.decline, .cancel].contains(step.word) ? "as it is" : ""),
        ], more.joined(separator: ","))
    )
  }

  private static func person(_ id: String) -> String {
    #""actor":{"id":"\#(id)","role":"someone","team":"someones"}"#
  }

  private static func amount(_ minor: Int, _ currency: String) -> String {
    #""amount":{"minor":\#(minor),"currency":"\#(currency)"}"#
  }
}
