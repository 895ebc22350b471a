// Owns the playing of a suite's case: what is given, as long as its expectations ask for, and what is not as expected.
import Events
import Policy
import Roles
import Secrets

/// What is not as a case expects it.
struct SuiteFailure {
  var place: Policy.Place
  /// `fb-1: owner`, `case of fb-1 at +1h: rung`.
  var title: String
  var expected: String
  var happened: String
  /// What explains it: a label and a line.
  var details: [(label: String, text: String)] = []
}

struct SuiteCaseResult {
  var name: String
  var place: Policy.Place
  var failures: [SuiteFailure]
}

/// Plays cases under one policy.
struct SuiteRun {
  let policy: PolicyRecord
  let compiled: CompiledPolicy

  init(policy: PolicyRecord, compiled: CompiledPolicy) {
    self.policy = policy
    self.compiled = compiled
  }

  /// Cases protect nobody: their subjects are made up.
  private static let secret = Secret("answerable-test-secret")
  /// How long a ladder may take beyond the last that is given.
  private static let patience: Int64 = 90 * 86_400_000

  func play(_ test: SuiteCase) throws -> SuiteCaseResult {
    let rehearsal = try Rehearsal(policy: policy, secret: Self.secret, start: test.origin)
    var result = SuiteCaseResult(name: test.name, place: test.place, failures: [])
    for event in test.given {
      do {
        try rehearsal.give(event.name, event.kind, event.value, at: event.at)
      } catch let error as UnknownCaseName {
        result.failures.append(
          SuiteFailure(
            place: event.place, title: event.name, expected: "the case of \"\(error.name)\"",
            happened: error.description))
        return result
      }
    }
    let last = test.given.last?.at ?? test.origin
    try runOn(rehearsal, test, last: last)
    var verdict = SuiteVerdict(test, rehearsal, compiled, last: last)
    result.failures = verdict.failures()
    return result
  }

  /// As far as the expectations look.
  private func runOn(_ rehearsal: Rehearsal, _ test: SuiteCase, last: Int64) throws {
    var end = last
    for expectation in test.expectations {
      switch expectation.subject {
      case .event: break
      case .standing(_, let at), .remedy(_, let at), .budget(_, let at): end = max(end, at ?? last)
      case .quiet(_, let before): end = max(end, before)
      case .escalation(_, _, let at?):
        // A clock that fires on absence waits for evidence that is on its way.
        end = max(end, at + compiled.casework.cases.evidenceGrace + 1000)
      case .escalation(_, _, nil): try rehearsal.runOn(until: last + Self.patience)
      }
    }
    try rehearsal.advance(to: end)
  }
}
