// Owns what befell the workers in the demo's week, as it is told beside the decisions.
import Kafka

/// Something that happened to the workers, or that they were told.
struct WorkerNews: Sendable {
  /// Milliseconds since 1970, the week's time.
  let time: Int64
  let what: What

  enum What: Sendable {
    case policy(epoch: Int64, note: String, rules: Int, teams: Int)
    /// Gone without a word, with so many decisions written that nobody had committed.
    case killed(worker: Int, partitions: Int, uncommitted: Int)
    /// All its partitions are with these workers now.
    case takenOver(by: [Int], partitions: Int)
    case returned(worker: Int, partitions: Int)
    /// It gave up. Never happens unless the runtime is wrong; told because it would be the news of the week.
    case failed(worker: Int, reason: String)
  }
}
