// Owns which policy explains: a folder's, the one in force, or the one that was.
import Console
import Policy
import Roles

struct ExplainingPolicy {
  let record: PolicyRecord
  let compiled: CompiledPolicy
  /// Nil for a folder's.
  let epoch: Int64?
  /// `epoch 17 (c41f83b2ab01)`, `folder Config/policy`.
  let name: String

  /// A time that is asked for wins over a folder that the environment or a file names, and not over one of the command
  /// line: what is told then is told from that time.
  static func chosen(
    _ invocation: Invocation, _ events: ExplainedEvents, _ terminal: Terminal, _ cluster: () throws -> Cluster
  ) throws -> Self {
    let time = invocation[ExplainCommand.at]
    var isSaid = false
    if case .commandLine? = invocation.source(of: PolicyFolders.option) { isSaid = true }
    if let folder = invocation[PolicyFolders.option], time == nil || isSaid {
      let check = PolicyFolderCheck(folder: folder)
      let record = PolicyRecord(
        try check.explainable(terminal), files: check.check.files, publishedAt: 0,
        by: "\(Program.name) explain",
        note: "")
      return Self(record: record, compiled: record.compiled(), epoch: nil, name: "folder \(folder)")
    }
    let moment = time ?? events.appendedAt
    do {
      guard let found = try cluster().policies.inForce(at: moment) else {
        throw Failure(
          moment.map { "no policy was in force at \(Clock.full($0))" } ?? "no policy was published yet",
          advice: "`answerable policy history` lists them; --policy DIR explains by a folder.",
          code: .negative)
      }
      let when = moment.map { " in force at \(Clock.minute($0)) UTC" } ?? ""
      return Self(
        record: found.record, compiled: found.record.compiled(), epoch: found.epoch,
        name: "epoch \(found.epoch) (\(found.record.revision.prefix(12)))\(when)")
    } catch {
      guard let failure = Failures.failure(error) as? Failure, failure.code == .unavailable else {
        throw error
      }
      throw Failure(
        failure.message, advice: "--policy DIR explains by a folder, without Kafka. " + failure.advice,
        code: .unavailable)
    }
  }
}
