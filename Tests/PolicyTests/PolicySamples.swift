// Owns the small policies and events that the tests of this layer are written against.
import Events

@testable import Policy

/// A small policy in memory; each test replaces the files that it is about.
struct Sample {
  var files: [String: String]

  static let teams = """
    teams:
      front-desk: { accountable: front-desk-lead }
      technique: { accountable: chief-engineer }
      billing: { accountable: billing-lead }
      billing-lyon: { accountable: billing-lyon-lead }
      care: { accountable: care-lead }
      lift-service: { subcontractor-of: technique }
    """
  static let sites = """
    sites:
      lyon-1: { kind: hotel, country: FR, zone: Europe/Paris, witness: front-desk }
      geneva-1: { kind: office, country: CH, zone: Europe/Zurich }
    """
  static let journeys = """
    journeys:
      stay:
        weight: 2
        touchpoints:
          room: { weight: 3 }
          invoice: {}
    """
  static let ownership = """
    ownership:
      unrouted: { owner: care }
    """
  static let scoring = "scoring: { base: 20 }"

  init(ownership: String = Sample.ownership, scoring: String = Sample.scoring, _ more: [String: String] = [:])
  {
    files = [
      "teams.yaml": Self.teams, "sites.yaml": Self.sites, "journeys.yaml": Self.journeys,
      "ownership.yaml": ownership, "scoring.yaml": scoring,
    ]
    files.merge(more) { $1 }
  }

  var check: PolicyCheck {
    PolicyLoader.check(files: files.map { SourceFile(name: $0.key, text: $0.value) })
  }

  /// Throws the first error, so that a test says what is wrong with its own policy.
  func compiled() throws -> CompiledPolicy {
    let check = check
    guard let document = check.document else { throw check.errors[0] }
    return CompiledPolicy(document)
  }

  func evaluator() throws -> PolicyEvaluator { PolicyEvaluator(try compiled()) }
}

/// What a verdict says, in values that outlive the next decision.
struct Outcome: Equatable {
  var owner: String
  var worker: String
  var witness: String
  var priority: Priority
  var score: Int32
  var contributions: [String]
  var rule: String
  var alsoMatched: [String]
}

extension PolicyEvaluator {
  func outcome(_ event: Event, text: ByteSlice = ByteSlice()) -> Outcome {
    var verdict = Verdict()
    decide(event, text: text, into: &verdict)
    return Outcome(
      owner: verdict.owner.string, worker: verdict.worker.string, witness: verdict.witness.string,
      priority: verdict.priority, score: verdict.score,
      contributions: verdict.contributions.map { "\($0.name.string) \($0.points) (\($0.because.string))" },
      rule: verdict.rule.string, alsoMatched: verdict.alsoMatched.map(\.string))
  }
}

extension Event {
  static func feedback(_ change: (inout Feedback) -> Void = { _ in }) -> Event {
    var feedback = Feedback()
    change(&feedback)
    var event = Event(body: .feedback(feedback))
    event.source = "survey"
    return event
  }

  static func incident(_ change: (inout Incident) -> Void = { _ in }) -> Event {
    var incident = Incident()
    change(&incident)
    var event = Event(body: .incident(incident))
    event.source = "monitor"
    return event
  }
}
