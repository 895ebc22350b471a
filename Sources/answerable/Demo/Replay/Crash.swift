// Owns the crash of the demo's week: when a worker is killed, who takes over, when it comes back.
import Kafka
import Streams

/// ```
///  waiting ──killed──▶ orphaned ──every partition assigned──▶ missing ──started again──▶ rejoining ──▶ over
/// ```
/// - `waiting`: for the first record after its hour that a worker has to decide.
/// - `orphaned`: its partitions wait for the session to time out.
/// - `missing`: the others have them; the worker is not back yet.
/// - `rejoining`: it was started again and waits for its share.
struct Crash {
  private enum State {
    case waiting
    case orphaned(worker: Int, left: Set<TopicPartition>, all: Int, by: Set<Int>)
    case missing(worker: Int)
    case rejoining(worker: Int)
    case over
  }

  private var state = State.waiting
  /// When the worker is started again, the week's time; meaningful once it was killed.
  private(set) var returnsAt = Int64.max

  /// Wednesday 18:30: guests arrive.
  static let time = WeekTime.at(day: 2, minute: 18 * 60 + 30)
  /// The worker that is killed.
  static let victim = 1
  private static let absence = 6 * WeekTime.minute

  /// Whether this is the moment: the worker that has to decide the record at hand is the one.
  func strikes(at time: Int64, _ holder: @autoclosure () -> Int?) -> Bool {
    guard case .waiting = state, time >= Self.time else { return false }
    return holder() == Self.victim
  }

  mutating func struck(_ worker: Int, holding partitions: [TopicPartition], uncommitted: Int, at time: Int64)
    -> WorkerNews
  {
    state = .orphaned(worker: worker, left: Set(partitions), all: partitions.count, by: [])
    returnsAt = time + Self.absence
    return WorkerNews(
      time: time, what: .killed(worker: worker, partitions: partitions.count, uncommitted: uncommitted))
  }

  /// The worker to start again before that moment.
  mutating func returning(before time: Int64) -> Int? {
    guard case .missing(let worker) = state, time > returnsAt else { return nil }
    state = .rejoining(worker: worker)
    return worker
  }

  /// Follows what the workers report.
  mutating func watch(_ reports: [RuntimeReport], at time: Int64) -> [WorkerNews] {
    reports.compactMap { report in
      switch report.event {
      case .assigned(let partitions):
        assigned(partitions, to: report.worker).map { WorkerNews(time: time, what: $0) }
      case .state(.failed(let reason)):
        WorkerNews(time: time, what: .failed(worker: report.worker, reason: reason))
      default: nil
      }
    }
  }

  private mutating func assigned(_ partitions: [TopicPartition], to worker: Int) -> WorkerNews.What? {
    switch state {
    case .orphaned(let victim, var left, let all, var by):
      if left.isDisjoint(with: partitions) { return nil }
      left.subtract(partitions)
      by.insert(worker)
      guard left.isEmpty else {
        state = .orphaned(worker: victim, left: left, all: all, by: by)
        return nil
      }
      state = .missing(worker: victim)
      return .takenOver(by: by.sorted(), partitions: all)
    case .rejoining(let victim) where victim == worker:
      state = .over
      return .returned(worker: worker, partitions: partitions.count)
    case .waiting, .missing, .rejoining, .over: return nil
    }
  }
}
