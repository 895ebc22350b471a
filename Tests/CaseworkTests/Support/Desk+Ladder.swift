// Owns the ladder that tests of clocks, acts and escalations climb, and short words for what they look for.
import Events

@testable import Casework

extension Desk {
  /// Four rungs: an hour, four hours, two days, a day more.
  static let ladder = """
    ladders:
      standard:
        clocks: { acknowledge: 1h, respond: 4h, resolve: 2 days, silence: 6 days }
        by-priority: { P1: { acknowledge: 15m, respond: 1h, resolve: 8h, silence: 2 days } }
        rungs:
          - { unless: acknowledged, to: shift-lead of owner }
          - { unless: responded, to: accountable of owner }
          - { unless: resolved, to: site-director, tell: executive }
          - { after: 1 day, to: customer-director, tell: executive }
        start: { P1: 2 }
    """
  /// The grace that evidence gets before anything is said of its absence.
  static let grace = 30.seconds

  static func onLadder(_ cases: String = "", repeats: String = "") throws -> Desk {
    var files = ["ladders.yaml": repeats.isEmpty ? ladder : ladder + "\n    repeat: \(repeats)"]
    if !cases.isEmpty { files["cases.yaml"] = "cases: \(cases)" }
    return try Desk(files)
  }

  func view(_ caseID: String) -> ToldView? { assignment(caseID)?.view }
  /// The case as it is kept.
  func kept(_ caseID: String) -> Case? { kept?.everyCase[caseID] }
  func account(_ owner: String) -> OwnerAccount { kept?.everyOwner[owner] ?? OwnerAccount() }
  /// Every escalation so far, in its order.
  var escalations: [ToldEscalation] { decisions.flatMap(\.escalations) }
}

extension [Told] {
  var escalations: [ToldEscalation] { flatMap(\.escalations) }
  /// The rungs that fired, from 1.
  var rungs: [Int32] { escalations.filter { $0.kind == .rung }.map(\.rung) }
  func escalations(_ kind: Escalation.Kind) -> [ToldEscalation] { escalations.filter { $0.kind == kind } }
}
