// Owns what the runtime tells the outside: one typed event for everything that happens to a worker.
import Kafka

/// Something that happened to a worker. Never carries a key, a value or a secret.
public enum RuntimeEvent: Sendable, Hashable {
  /// The worker passed to another state of its lifecycle.
  case state(WorkerState)
  /// The worker asked to join the group.
  case joined(group: String)
  case assigned([TopicPartition])
  case revoked([TopicPartition])
  /// Partitions were taken away without a word: uncommitted work on them is dropped.
  case lost([TopicPartition])
  /// A task's state is complete.
  case restored(TopicPartition, records: Int, milliseconds: Int64)
  /// A task runs from this offset.
  case running(TopicPartition, offset: Int64)
  /// A transaction committed.
  case committed(tasks: Int, records: Int, milliseconds: Int64)
  case aborted(AbortCause)
  /// An unknown commit outcome was looked up.
  case resolved(TopicPartition, CommitResolution)
  /// Another instance owns the transactional id or the partitions.
  case fenced(KafkaError)
  /// The producer was replaced; so many replacements within the window.
  case producerRecreated(count: Int)
  /// A task stopped, and only it: its partition is paused until the next assignment.
  case taskFailed(TopicPartition, reason: String)
  /// A task cannot start; the reason says how to go on.
  case taskRefused(TopicPartition, reason: String)
  /// A record's output can never be committed; the record goes to dead letters.
  case poisoned(TopicPartition, offset: Int64, code: String)
  /// A new broadcast value decides from now on.
  case broadcast(epoch: Int64)
  /// An error outside of any call.
  case error(KafkaError)
  /// The loop has not turned for so long.
  case stuck(milliseconds: Int64)
  /// The worker turned again after it was reported as stuck.
  case unstuck
  /// Everything is committed and the group is left.
  case drained
}

/// Why a transaction was aborted.
public enum AbortCause: Sendable, Hashable {
  /// The client or the broker said so.
  case log(KafkaError)
  /// A processor could not go on.
  case task(TopicPartition, String)
  /// An output is too large to be committed.
  case poison(TopicPartition)
  /// The partitions are gone.
  case assignmentLost
  /// The worker was told to stop at once.
  case stopped

  /// Every word that `word` can be of an abort that is counted; what is fenced or fatal replaces the producer instead.
  public static let words = [
    "assignment-lost", "log-abortable", "log-retriable", "poison", "stopped", "task",
  ]

  /// A stable word for metrics.
  public var word: String {
    switch self {
    case .log(let error): "log-\(error.errorClass)"
    case .task: "task"
    case .poison: "poison"
    case .assignmentLost: "assignment-lost"
    case .stopped: "stopped"
    }
  }
}

/// An event and where it happened.
public struct RuntimeReport: Sendable, Hashable {
  public let role: String
  /// Index of the worker in its pool.
  public let worker: Int
  public let event: RuntimeEvent

  public init(role: String, worker: Int, event: RuntimeEvent) {
    self.role = role
    self.worker = worker
    self.event = event
  }
}

/// Receives reports, on the thread they happen on: it must be quick and must not block.
public typealias RuntimeListener = @Sendable (RuntimeReport) -> Void
