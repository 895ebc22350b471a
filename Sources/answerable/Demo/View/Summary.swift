// Owns what the demo ends with: the referee's count, and what it costs to know it; in words elsewhere, as JSON here.
import Events

struct Summary: Sendable {
  var seed: UInt64
  /// Up to where the week was played, milliseconds since 1970.
  var end: Int64
  var referee: Referee
  var cases: CaseReferee
  /// Outputs of transactions that were aborted.
  var aborted: Int
  /// What the replay took, without the pauses of the view.
  var milliseconds: Int64

  /// Whether every promise was kept.
  var isClean: Bool { referee.isClean && cases.isClean }
  var isWhole: Bool { end >= WeekTime.end }
}

extension Summary: Encodable {
  private struct Team: Encodable {
    var team: String
    var p1: Int
    var p2: Int
    var p3: Int
    var p4: Int
    var workers: [String: Int]
  }
  private struct Edge: Encodable {
    var felt: String
    var caused: String
    var urgent: Int
    var all: Int
  }
  private struct Journalled: Encodable {
    var signals: Int
    var timers: Int
    var lost: Int
    var doubled: Int
    var unfounded: Int
    var gaps: Int64
  }
  private struct Cases: Encodable {
    var opened: Int
    var reopened: Int
    var closed: Int
    var open: Int
  }
  private enum Key: String, CodingKey {
    case seed, until, `in`, signals, deadLetters, lost, doubled, unfounded, withoutOwner, assessed, byEpoch,
      refusals
    case journalled, cases, escalations, refusedByCasework
    case redactions, longestWaitMilliseconds, abortedOutputs, milliseconds, teams, edges
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(seed, forKey: .seed)
    try object.encode(Clock.full(end), forKey: .until)
    try object.encode(
      Dictionary(uniqueKeysWithValues: referee.inputs.map { ($0.topic.rawValue, $0.count) }), forKey: .in)
    try object.encode(referee.signals, forKey: .signals)
    try object.encode(referee.deadLetters, forKey: .deadLetters)
    try object.encode(referee.lost, forKey: .lost)
    try object.encode(referee.doubled, forKey: .doubled)
    try object.encode(referee.unfounded, forKey: .unfounded)
    try object.encode(referee.withoutOwner, forKey: .withoutOwner)
    try object.encode(referee.assessed, forKey: .assessed)
    try object.encode(
      Dictionary(uniqueKeysWithValues: referee.byEpoch.map { ("\($0.key)", $0.value) }), forKey: .byEpoch)
    try object.encode(referee.refusals, forKey: .refusals)
    try object.encode(
      Journalled(
        signals: cases.signals, timers: cases.timers, lost: cases.lost, doubled: cases.doubled,
        unfounded: cases.unfounded, gaps: cases.gaps), forKey: .journalled)
    try object.encode(
      Cases(opened: cases.opened, reopened: cases.reopened, closed: cases.closed, open: cases.open),
      forKey: .cases)
    try object.encode(cases.escalations, forKey: .escalations)
    try object.encode(cases.refusals, forKey: .refusedByCasework)
    try object.encode(referee.redactions, forKey: .redactions)
    try object.encode(referee.longestWait, forKey: .longestWaitMilliseconds)
    try object.encode(aborted, forKey: .abortedOutputs)
    try object.encode(milliseconds, forKey: .milliseconds)
    try object.encode(
      referee.load.teams.map { entry in
        Team(
          team: entry.team, p1: entry.count[.p1], p2: entry.count[.p2], p3: entry.count[.p3],
          p4: entry.count[.p4],
          workers: Dictionary(
            uniqueKeysWithValues: referee.load.work(for: entry.team).map { ($0.worker, $0.count) }))
      }, forKey: .teams)
    try object.encode(
      referee.load.edges.map {
        Edge(felt: $0.edge.felt, caused: $0.edge.caused, urgent: $0.count.urgent, all: $0.count.all)
      }, forKey: .edges)
  }
}
