// Owns explaining a remedy: CASEWORK and DELEGATION decide about it as they do for a deployment, on a case that is said.
import Casework
import Delegation
import Events
import Policy

/// Explains remedies by one policy. What it says of the answer is what the two roles answer: it asks their deciders, on
/// values that are kept nowhere. One thread.
public struct RemedyExplainer {
  private let policy: CompiledPolicy
  private var casework: CaseworkDecider
  private var claims: ClaimExplainer
  private var outcome = Casework.Outcome()

  public init(_ policy: CompiledPolicy) {
    self.policy = policy
    casework = CaseworkDecider(policy)
    claims = ClaimExplainer(policy)
  }

  /// The reasoning behind the answer that a remedy gets at `now`, milliseconds, for a case that stands like `sketch`.
  /// Nil for an event that is no remedy. Throws what would stand in the dead letter where it names no case's id; one
  /// that names its subject only is explained for a case that is made up.
  ///
  /// - Parameter signedBy: the key whose signature it carries and that was found right; empty for none.
  public mutating func explain(
    _ event: Event, signedBy: ByteSlice, _ sketch: CaseSketch, at now: Int64
  ) throws(EventRefusal) -> RemedyExplanation? {
    guard case .remedy(let remedy) = event.body else { return nil }
    var bytes = BorrowedBytes()
    defer { bytes.release() }
    let named = remedy.caseID.isEmpty ? ByteSlice(bytes.hold(Array(sketch.id.utf8))) : remedy.caseID
    let id = named.isEmpty ? CaseID(subjectKey: "subject", number: 1) : try CaseIdentifier.read(named)
    let caseID = "\(id.subjectKey.string)-\(id.number)"
    let current = Case(sketch, id: id, caseID: caseID, at: now, &bytes)
    var explained = Explained(
      remedy: remedy, current: current, caseID: named.isEmpty ? nil : caseID, status: sketch.status,
      signedBy: signedBy, exists: sketch.exists, answer: ExplainedAnswer(Events.Delegation()))
    decide(event, &explained, sketch, at: now, &bytes)
    return RemedyExplanation(explained, policy, at: now)
  }

  private mutating func decide(
    _ event: Event, _ explained: inout Explained, _ sketch: CaseSketch, at now: Int64,
    _ bytes: inout BorrowedBytes
  ) {
    var signal = Signal(event: event)
    signal.id = "remedy-0-0"
    signal.kind = .remedy
    signal.causeID = event.id
    signal.subjectKey = explained.current.id.subjectKey
    signal.signedBy = explained.signedBy
    // It is asked for now, whenever the event says that it was.
    signal.occurredAt = now
    var state = CaseworkState()
    state.reset(subjectKey: signal.subjectKey)
    var subject = SubjectAccount(sketch, explained.current, &bytes)
    let triage = casework.triage(signal, &subject, now: now)
    state.subject = subject
    state.current = explained.current
    state.hasCurrent = triage.load != nil
    casework.decide(signal, triage, &state, now: now, epoch: 0, into: &outcome)
    for output in outcome.outputs {
      switch output {
      case .claim(let claim):
        let decided = claims.explain(claim, at: now, sketch.history)
        explained.claim = decided
        explained.answer = decided.answer
      case .delegation(let answer): explained.answer = ExplainedAnswer(answer)
      default: break
      }
    }
  }
}

/// What was found about a remedy, borrowed.
struct Explained {
  var remedy: Remedy
  var current: Case
  /// Nil where a remedy names a subject, and no more is known.
  var caseID: String?
  var status: CaseStatus
  var signedBy: ByteSlice
  var exists: Bool
  var claim: ExplainedClaim?
  var answer: ExplainedAnswer
}

extension RemedyExplanation.Asker {
  init(_ id: ByteSlice, _ person: Person?, _ people: CaseworkRules, at now: Int64) {
    self.id = id.string
    isKnown = person != nil
    role = person?.role.string ?? ""
    team = person?.team.string ?? ""
    site = person?.site.string ?? ""
    otherwiseFor =
      person.map { people.absenteesAtOtherTimes(than: now, of: $0) }.map { absent in
        absent.map {
          .init(
            id: $0.id.string, from: ExplainedTime($0.absentFrom), until: ExplainedTime($0.absentUntil))
        }
      } ?? []
    guard let person, person.isAbsent(at: now) else { return }
    absentFrom = ExplainedTime(person.absentFrom)
    absentUntil = ExplainedTime(person.absentUntil)
    standIn = people.acting(person, at: now)?.id.string
  }
}

extension RemedyExplanation.Action {
  init(_ action: ActionRules) {
    id = action.id.string
    name = action.name.string
    at = action.at.string
    isSigned = action.isSigned
    closesCase = action.closesCase
    ceiling = action.ceiling.map(ExplainedMoney.init)
  }
}

extension RemedyExplanation.Of {
  init(_ explained: Explained) {
    let (current, remedy) = (explained.current, explained.remedy)
    id = explained.caseID
    exists = explained.exists
    owner = current.owner.string
    site = current.site.string
    journey = current.journey.string
    segment = remedy.subject?.segment.string ?? ""
    priority = current.priority.wire.string
    status = explained.status.wire.string
  }
}
