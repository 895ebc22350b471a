// Owns what staff do about the cases that are given to them: most are looked after, some are promised, put off or forgotten.
import Events
import Policy

/// Reads what casework publishes, as a team's own tools would, and acts on it. What it does is drawn from the seed; the
/// same assignments in the same order lead to the same acts.
struct Staff: Sendable {
  /// Something somebody will do, unless the case is closed or somebody else's by then.
  struct Plan: Sendable {
    var at: Int64
    /// Of two at one moment, who decided first.
    fileprivate var order: Int
    fileprivate var owner: String
    var caseID: String
    fileprivate var actor: ActorDraft
    fileprivate var act: ActDraft
    fileprivate var text: String?
  }

  private struct Charge: Sendable {
    var owner: String
    var card: CaseCard
    /// Nobody has done or planned anything.
    var isUntouched: Bool
  }

  private var chance: Chance
  private let people: [PolicyDocument.Person]
  /// Teams that are there at any time.
  private let sleepless: Set<String>
  /// Sorted by when they are due, the next one last.
  private var plans: [Plan] = []
  private var charges: [String: Charge] = [:]
  private var count = 0

  init(seed: UInt64, policy: PolicyDocument) {
    chance = Chance(seed: seed, part: "staff")
    people = policy.people
    sleepless = Set(policy.teams.filter { $0.calendar == "always" }.map(\.id))
  }

  /// When somebody does something next.
  var next: Int64? { plans.last?.at }

  /// Takes what is to be done by a moment.
  mutating func due(by time: Int64) -> Draft? {
    while let plan = plans.last, plan.at <= time {
      plans.removeLast()
      guard charges[plan.caseID]?.owner == plan.owner else { continue }
      return Draft(
        occurredAt: plan.at, delay: WeekTime.second, source: .serviceDesk,
        body: .caseUpdate(
          CaseUpdateDraft(
            subject: SubjectDraft(kind: "case", id: plan.caseID), actor: plan.actor, act: plan.act,
            text: plan.text)))
    }
    return nil
  }

  /// A case was given to somebody, or is over.
  mutating func hear(_ assignment: AssignmentEntry) {
    let card = assignment.card
    switch card.status {
    case .closed: charges[card.id] = nil
    case .withdrawn: break
    case .assigned, .reopened:
      let before = charges[card.id]
      let isNew = before?.owner != card.owner || before?.card.status == .resolved
      charges[card.id] = Charge(
        owner: card.owner, card: card, isUntouched: isNew || before?.isUntouched == true)
      if isNew { take(card, at: assignment.at, isReopened: card.status == .reopened) }
    case .acknowledged, .waiting, .resolved: charges[card.id]?.card = card
    }
  }

  /// Somebody was told that nobody moves: most then do.
  mutating func hear(_ escalation: EscalationEntry) {
    let id = escalation.card.id
    guard escalation.kind == .rung, let charge = charges[id], charge.isUntouched, chance.perMille(650) else {
      return
    }
    charges[id]?.isUntouched = false
    let start = awake(escalation.at + minutes(4, 35), charge.card)
    attend(charge.card, from: start)
  }

  // MARK: What is done

  private mutating func take(_ card: CaseCard, at time: Int64, isReopened: Bool) {
    let start = awake(time + minutes(3, card.priority == .p1 ? 11 : 40), card)
    let kind = chance.weighted([85, 6, 3, 2, 2, 2])
    if card.kind == .incident, !isReopened {
      // The monitor closes it; people say that they are there.
      if chance.perMille(930) {
        plan(card, start, .acknowledge)
        if chance.perMille(500) { plan(card, start + minutes(10, 60), .progress, "On site.") }
        charges[card.id]?.isUntouched = false
      }
      return
    }
    guard kind != 5 else { return }
    charges[card.id]?.isUntouched = false
    // What is quickly answered needs no word before it.
    if kind == 0, card.priority >= .p3, chance.perMille(800) { return answer(card, start) }
    plan(card, start, .acknowledge)
    let then = start + minutes(10, card.priority == .p1 ? 40 : 120)
    switch kind {
    case 1: promise(card, then)
    case 2:
      plan(card, then, .wait(for: "the supplier's spare part", until: then + WeekTime.day))
      answer(card, awake(then + WeekTime.day + minutes(20, 120), card))
    case 3:
      plan(card, then, .transfer(to: chance.pick(Self.neighbours), reason: "The cause is on their side"))
    case 4: break
    default: answer(card, then)
    }
  }

  private mutating func attend(_ card: CaseCard, from time: Int64) {
    plan(card, time, .acknowledge)
    answer(card, time + minutes(10, 60))
  }

  private mutating func answer(_ card: CaseCard, _ time: Int64) {
    plan(card, time, .respond, "Called back and apologised.")
    let end = time + minutes(5, 60)
    plan(card, end, .resolve(evidence: "Checked on site, guest informed"))
  }

  private mutating func promise(_ card: CaseCard, _ time: Int64) {
    plan(card, time, .promise(due: time + 6 * WeekTime.hour, what: "A call back within six hours"))
    if chance.perMille(700) {
      answer(card, time + minutes(60, 340))
    } else {
      // Kept too late, if at all.
      if chance.perMille(600) { answer(card, awake(time + 8 * WeekTime.hour + minutes(0, 600), card)) }
    }
  }

  private static let neighbours = ["front-desk", "housekeeping", "customer-care"]

  // MARK: Plans

  private mutating func plan(_ card: CaseCard, _ time: Int64, _ act: ActDraft, _ text: String? = nil) {
    count += 1
    let plan = Plan(
      at: time, order: count, owner: card.owner, caseID: card.id, actor: actor(card), act: act, text: text)
    let index = plans.firstIndex { ($0.at, $0.order) <= (plan.at, plan.order) } ?? plans.endIndex
    plans.insert(plan, at: index)
  }

  /// Somebody of the owner's team, at the case's site where there is one; made up where the directory has nobody.
  private mutating func actor(_ card: CaseCard) -> ActorDraft {
    let team = people.filter { $0.team == card.owner }
    let here = team.filter { $0.site == card.site }
    let site = Site.all.first { $0.id == card.site }
    let candidates = here.isEmpty ? team : here
    guard !candidates.isEmpty else {
      return ActorDraft(
        id: "\(card.owner)-\(chance.between(1, 6))", role: "agent", team: card.owner, site: site)
    }
    let person = chance.pick(candidates)
    return ActorDraft(
      id: person.id, role: person.role, team: person.team,
      site: Site.all.first { $0.id == person.site } ?? site)
  }

  private mutating func minutes(_ low: Int, _ high: Int) -> Int64 {
    Int64(chance.between(low, high)) * WeekTime.minute
  }

  /// People sleep, unless it is urgent.
  private mutating func awake(_ time: Int64, _ card: CaseCard) -> Int64 {
    let minute = WeekTime.minuteOfDay(time)
    guard card.priority != .p1, !sleepless.contains(card.owner), minute < 7 * 60 || minute >= 21 * 60 else {
      return time
    }
    let midnight = time - Int64(minute) * WeekTime.minute
    let morning = midnight + (minute < 7 * 60 ? 7 : 31) * WeekTime.hour
    return morning + minutes(5, 90)
  }
}
