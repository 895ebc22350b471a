// Owns random streams of signals and time, as a site and its guests would send them: the same for the same seed.
import Events
import Streams

/// Plays a random life on a desk, one step at a time.
struct RandomLife {
  private var random: SeededRandom
  /// Ids that were sent, to be sent again.
  private var sent: [(name: String, draft: SignalDraft)] = []
  private static let names = ["alice", "bob", "carol"]
  private static let sites = ["lyon-1", "geneva-1"]
  private static let owners = ["technique", "billing", "care", "front-desk"]
  private static let touchpoints = ["booking", "room", "lift", "invoice"]

  /// Whoever answers what is asked for.
  private var budgets = AnsweringBudgets()
  /// The answer that the latest step gave; nil where it gave none.
  private(set) var lastAnswer: BudgetAnswer?
  /// Everything that was asked of budgets.
  private var claims: [String] = []
  private struct Asked {
    var name: String
    var caseID: String
    var action: String
    var minor: Int64
    var currency: String
    var by: DeskActor
  }
  private var latestRemedy: Asked?
  /// What every claim asked for, and of them what was declined last.
  private var asked: [String: Asked] = [:]
  private var declined: Asked?
  private static let amounts: [Int64] = [1_000, 4_000, 9_000, 16_000]

  /// Whether the policy changes now and then.
  private let changesPolicy: Bool

  init(seed: UInt64, changesPolicy: Bool = true) {
    random = SeededRandom(seed: seed)
    self.changesPolicy = changesPolicy
  }

  /// One signal or a stretch of time; says what was decided.
  mutating func step(_ desk: Desk) -> [Told] {
    let told = play(desk)
    budgets.hear(told)
    return told
  }

  private mutating func play(_ desk: Desk) -> [Told] {
    lastAnswer = nil
    return switch random.below(28) {
    case 0..<7: [feedback(desk)]
    case 7: again(desk)
    case 8, 9: [incident(desk)]
    case 10..<14: act(desk)
    case 14: desk.deliverAll()
    case 15: random.below(8) == 0 ? [desk.erase(pick(Self.names))] : []
    case 16: [desk.hold(random.below(2) == 0 ? "" : pick(Self.owners), until: desk.now + time(2.days))]
    case 17: changesPolicy ? adopt(desk) : []
    case 18, 19: [remedy(desk)]
    case 20: actOnRemedy(desk)
    case 21..<24: answer(desk)
    default: desk.advance(by: time(3.days))
    }
  }

  private mutating func feedback(_ desk: Desk) -> Told {
    var draft = SignalDraft()
    draft.score = Int32(random.below(101))
    draft.owner = pick(Self.owners)
    draft.worker = random.below(4) == 0 ? "lift-service" : ""
    draft.witness = random.below(2) == 0 ? "" : "front-desk"
    draft.site = random.below(5) == 0 ? "" : pick(Self.sites)
    draft.touchpoint = pick(Self.touchpoints)
    draft.journey = pick(["stay", "meeting", ""])
    if random.below(2) == 0 { draft.rate(nps: Int64(random.below(11))) }
    draft.at = desk.now - time(1.hours)
    let name = pick(Self.names)
    let told = desk.feedback(name) { $0 = draft }
    sent.append((name, desk.latest))
    return told
  }

  /// What was sent last, once more.
  func sendAgain(_ desk: Desk) -> [Told] {
    sent.last.map { last in [desk.feedback(last.name) { $0 = last.draft }] } ?? []
  }

  private mutating func again(_ desk: Desk) -> [Told] {
    guard !sent.isEmpty else { return [] }
    let (name, draft) = pick(sent)
    sent.append((name, draft))
    return [desk.feedback(name) { $0 = draft }]
  }

  /// Now and then the policy changes.
  private mutating func adopt(_ desk: Desk) -> [Told] {
    if random.below(4) == 0, let plain = try? LivelyPolicy.compiled.get() {
      desk.adopt(pick(LivelyPolicy.successors + [plain]))
    }
    return []
  }

  private mutating func incident(_ desk: Desk) -> Told {
    let status = pick([IncidentStatus.open, .open, .update, .resolved])
    let service = pick(["lift", "heating"])
    let score = Int32(random.below(101))
    return desk.incident(pick(Self.sites)) {
      $0.status = status
      $0.service = service
      $0.score = score
    }
  }

  private mutating func act(_ desk: Desk) -> [Told] {
    let known = desk.casesEver
    guard !known.isEmpty else { return [] }
    let until = desk.now + time(10.days) - 1.hours
    let act: Act =
      switch random.below(11) {
      case 0, 1: .acknowledge
      case 2: .progress
      case 3, 4: .respond
      case 5: .promise(due: until, what: "call back")
      case 6: .transfer(to: desk.keep(pick(Self.owners + ["lift-service", "nobody"])), reason: "theirs")
      case 7: .wait(for: "customer", until: until)
      case 8: .resolve(evidence: "replaced")
      case 9: .snooze(until: until, reason: "later")
      default: .silence(until: until, reason: "later")
      }
    let caseID = pick(known)
    var actor = DeskActor()
    if random.below(5) > 0, let owner = desk.assignment(caseID)?.view.owner {
      actor.team = owner
      actor.id = LivelyPolicy.people[owner] ?? "nobody"
    }
    // Word of some acts comes late.
    let age = max(1, desk.now - (desk.assignment(caseID)?.view.openedAt ?? desk.now))
    let happened = random.below(3) == 0 ? desk.now - Int64(random.below(Int(age))) : desk.now
    return [desk.act(act, on: caseID, by: actor) { $0.at = happened }]
  }

  private mutating func remedy(_ desk: Desk) -> Told {
    let known = desk.casesEver
    var asked = Asked(name: pick(Self.names), caseID: "", action: "", minor: 0, currency: "", by: DeskActor())
    if !known.isEmpty, random.below(5) > 0 {
      asked.caseID = pick(random.below(2) == 0 ? known : known.suffix(3))
    }
    asked.action = pick(["refund", "refund", "gift", "replace", "nothing"])
    asked.minor = pick(Self.amounts)
    asked.currency = pick(["EUR", "EUR", "CHF"])
    asked.by.id = random.below(4) == 0 ? pick(["nobody", "fred"]) : pick(["anna", "dora", "ben"])
    // Somebody who hears nothing asks again.
    if let latest = latestRemedy, random.below(4) == 0 { asked = latest }
    // And so does who was told NO.
    if let declined { asked = declined }
    declined = nil
    latestRemedy = asked
    let told = desk.remedy(
      asked.action, asked.minor, asked.currency, on: asked.caseID, name: asked.name, by: asked.by)
    claims += told.claims.map(\.claim)
    for claim in told.claims { self.asked[claim.claim] = asked }
    return told
  }

  private mutating func actOnRemedy(_ desk: Desk) -> [Told] {
    guard !claims.isEmpty else { return [] }
    let kind = pick([Claim.Kind.approve, .approve, .decline, .cancel, .settle, .settle, .settle, .giveBack])
    let minor = random.below(3) == 0 ? pick(Self.amounts) : 0
    return [desk.act(kind, claim: pick(claims), minor)]
  }

  private mutating func answer(_ desk: Desk) -> [Told] {
    lastAnswer = budgets.next(at: desk.now, &random)
    if let answer = lastAnswer, answer.answer == .declined { declined = asked[answer.claim] }
    return lastAnswer.map { [desk.answer($0)] } ?? []
  }

  /// Up to `longest`; often much shorter.
  private mutating func time(_ longest: Int64) -> Int64 {
    let most = random.below(2) == 0 ? longest : longest / 50
    return Int64(random.below(Int(most)))
  }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[random.below(choices.count)]
  }
}
