// Owns what a transactional producer's client knows of its own transaction, as a value.
import Kafka

/// The client's side of a transactional producer.
///
/// ```
///                initTransactions            begin                commit, abort
///  uninitialised ───────────────▶ ready ◀──────────────▶ open ───────────────────▶ ready
///                                                         │ a call failed
///                                                         ▼
///                                                      failed ──abort──▶ ready
///  any ──fenced──▶ dead ──initTransactions──▶ ready
///  open ──commit unanswered──▶ undecided ──initTransactions──▶ ready
/// ```
///
/// Note the following:
/// - `failed` and `dead` may be entered silently: a record that the broker refuses fails the next call, as with
///   a real client, where records travel in the background.
/// - Out of `dead` and `undecided` only a new producer leads: `initTransactions`, or the end of the member.
struct MemoryProducer {
  enum Phase {
    case uninitialised
    case ready
    case open
    case failed(KafkaError)
    case undecided
    case dead(KafkaError)
  }

  private(set) var phase = Phase.uninitialised
  private(set) var id: Int32 = -1
  private(set) var epoch: Int32 = -1
  /// Whether the coordinator knows of the open transaction. One that it does not know ends without it.
  private(set) var registered = false

  mutating func initialised(id: Int32, epoch: Int32) {
    self.id = id
    self.epoch = epoch
    phase = .ready
    registered = false
  }

  mutating func begin() throws(KafkaError) {
    switch phase {
    case .ready: phase = .open
    case .dead(let error): throw error
    default: throw Self.wrongState("begin transaction")
    }
    registered = false
  }

  mutating func register() { registered = true }

  /// Throws unless records and offsets may be added.
  func requireOpen(_ operation: String) throws(KafkaError) {
    switch phase {
    case .open: return
    case .failed(let error), .dead(let error): throw error
    default: throw Self.wrongState(operation)
    }
  }

  /// A call failed. The first error stays.
  mutating func fail(_ error: KafkaError) {
    switch (phase, error.errorClass) {
    case (.dead, _): return
    case (_, .fenced), (_, .fatal): phase = .dead(error)
    case (.open, .abortable): phase = .failed(error)
    default: return
    }
  }

  mutating func ended() {
    phase = .ready
    registered = false
  }

  mutating func unanswered() { phase = .undecided }

  mutating func destroy() { phase = .dead(Self.wrongState("use a closed member")) }

  static func wrongState(_ operation: String) -> KafkaError { MemoryError.make(.state, .fatal, operation) }
  static func fenced(_ operation: String) -> KafkaError { MemoryError.make(.fenced, .fenced, operation) }
}
