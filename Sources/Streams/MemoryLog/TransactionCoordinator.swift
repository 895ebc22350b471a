// Owns the transactions as their coordinator sees them: epochs, fencing, time-outs, and the markers still to be
// written.

/// The coordinator of all transactional ids.
///
/// ```
///            first partition or group            end, or the time-out
///  empty ──────────────────────────▶ ongoing ─────────────────────────▶ deciding ──┐
///    ▲                                                                 (committed or aborted,
///    │                          every marker is written                 markers under way)
///    └─────────────────────────────────────────────────────────────────────────────┘
/// ```
///
/// Note the following:
/// - A decision is final when `deciding` begins: the commit returns then. Readers see it partition by partition as the
///   markers arrive.
/// - The time-out and a new `initialise` raise the epoch first, so whatever the older producer still sends is refused.
struct TransactionCoordinator {
  enum Phase: Sendable, Hashable {
    case empty
    case ongoing(since: Int64)
    case deciding(committed: Bool, due: Int64)
  }

  struct Entry {
    let transactionalID: String
    var epoch: Int32 = 0
    var phase = Phase.empty
    /// Indexes of partitions in the transaction, in the order they were added, without those already marked.
    var partitions: [Int] = []
    /// Groups with offsets in it, without those already marked.
    var groups: [String] = []
  }

  /// A request to commit that is still on its way after its sender has given up.
  struct Late {
    let producer: Int32
    let epoch: Int32
    let due: Int64
  }

  /// A marker to be written now.
  enum Marker {
    case partition(Int, producer: Int32, committed: Bool)
    case group(String, producer: Int32, committed: Bool)
  }

  private(set) var entries: [Entry] = []
  private var byName: [String: Int32] = [:]
  private var late: [Late] = []

  /// The producer of a transactional id with a new epoch. What the one before it left open is aborted, and what
  /// it decided is finished first: the markers are returned to be written before anything else.
  mutating func initialise(_ transactionalID: String, now: Int64) -> (Int32, epoch: Int32, [Marker]) {
    let producer: Int32
    if let known = byName[transactionalID] {
      producer = known
    } else {
      producer = Int32(clamping: entries.count)
      byName[transactionalID] = producer
      entries.append(Entry(transactionalID: transactionalID))
    }
    let index = Int(producer)
    entries[index].epoch &+= 1
    if case .ongoing = entries[index].phase { decide(producer, committed: false, due: now) }
    return (producer, entries[index].epoch, finish(producer))
  }

  func isCurrent(_ producer: Int32, epoch: Int32) -> Bool {
    entries[Int(producer)].epoch == epoch
  }

  /// Registers a partition with the open transaction, opening it if need be. A client waits while the one before
  /// is still being finished (CONCURRENT_TRANSACTIONS), so its markers are written now.
  mutating func add(_ producer: Int32, partition: Int, now: Int64) -> [Marker] {
    let index = Int(producer)
    let markers = open(producer, now: now)
    if !entries[index].partitions.contains(partition) { entries[index].partitions.append(partition) }
    return markers
  }

  mutating func add(_ producer: Int32, group: String, now: Int64) -> [Marker] {
    let markers = open(producer, now: now)
    let index = Int(producer)
    if !entries[index].groups.contains(group) { entries[index].groups.append(group) }
    return markers
  }

  private mutating func open(_ producer: Int32, now: Int64) -> [Marker] {
    var markers: [Marker] = []
    if case .deciding = entries[Int(producer)].phase { markers = finish(producer) }
    if entries[Int(producer)].phase == .empty { entries[Int(producer)].phase = .ongoing(since: now) }
    return markers
  }

  /// Ends the open transaction, if there is one. Its markers are written at `due` at the latest.
  mutating func end(_ producer: Int32, committed: Bool, due: Int64) {
    if case .ongoing = entries[Int(producer)].phase { decide(producer, committed: committed, due: due) }
  }

  /// The request to commit arrives later, if the producer has not been fenced by then.
  mutating func commitLater(_ producer: Int32, epoch: Int32, due: Int64) {
    late.append(Late(producer: producer, epoch: epoch, due: due))
  }

  private mutating func decide(_ producer: Int32, committed: Bool, due: Int64) {
    entries[Int(producer)].phase = .deciding(committed: committed, due: due)
  }

  /// All markers that are missing of a decided transaction.
  mutating func finish(_ producer: Int32) -> [Marker] {
    let index = Int(producer)
    guard case .deciding(let committed, _) = entries[index].phase else { return [] }
    let markers =
      entries[index].partitions.map { Marker.partition($0, producer: producer, committed: committed) }
      + entries[index].groups.map { Marker.group($0, producer: producer, committed: committed) }
    entries[index].partitions = []
    entries[index].groups = []
    entries[index].phase = .empty
    return markers
  }

  /// The marker of a decided transaction in one group's log alone: the group's log and the partitions are marked
  /// independently of each other, so waiting for the one says nothing of the others. Nil while it is undecided.
  mutating func finishGroup(_ group: String, of producer: Int32) -> Marker? {
    let index = Int(producer)
    guard case .deciding(let committed, _) = entries[index].phase else { return nil }
    entries[index].groups.removeAll { $0 == group }
    if entries[index].groups.isEmpty && entries[index].partitions.isEmpty { entries[index].phase = .empty }
    return .group(group, producer: producer, committed: committed)
  }

  /// What time alone brings about: late commits arrive, old transactions are aborted, markers are written. With
  /// `all`, markers and late commits that are not due yet as well. Answers when to come back.
  mutating func tick(now: Int64, timeout: Int64, all: Bool = false) -> (markers: [Marker], next: Int64) {
    var markers: [Marker] = []
    var next = Int64.max
    let arrived = late.filter { all || $0.due <= now }
    late.removeAll { all || $0.due <= now }
    for request in arrived where isCurrent(request.producer, epoch: request.epoch) {
      end(request.producer, committed: true, due: now)
    }
    for request in late { next = min(next, request.due) }
    for index in entries.indices {
      let producer = Int32(clamping: index)
      if case .ongoing(let since) = entries[index].phase {
        if since &+ timeout <= now {
          entries[index].epoch &+= 1
          decide(producer, committed: false, due: now)
        } else {
          next = min(next, since &+ timeout)
        }
      }
      if case .deciding(_, let due) = entries[index].phase {
        if all || due <= now { markers += finish(producer) } else { next = min(next, due) }
      }
    }
    return (markers, next)
  }

  /// Fences a producer from outside, as a time-out or another instance would: aborts what is open.
  mutating func fence(_ producer: Int32, now: Int64) -> [Marker] {
    entries[Int(producer)].epoch &+= 1
    if case .ongoing = entries[Int(producer)].phase { decide(producer, committed: false, due: now) }
    return finish(producer)
  }
}
