// Owns the difference between the tasks a worker has and the partitions a rebalance names.

/// What a rebalance means for the tasks of a worker.
struct AssignmentChange: Sendable, Hashable {
  /// Tasks to create, in order.
  let create: [TopicPartition]
  /// Tasks to close, in order.
  let close: [TopicPartition]

  /// Incremental: `added` joins what is owned. A partition that is owned already is created anew: whoever
  /// assigns it again may have given it to somebody else in between.
  static func assigned(_ added: [TopicPartition], owned: Set<TopicPartition>) -> AssignmentChange {
    let unique = Set(added)
    return AssignmentChange(create: unique.sorted(), close: unique.intersection(owned).sorted())
  }

  /// Partitions that are not owned are none of our business: an empty list arrives, too.
  static func revoked(_ removed: [TopicPartition], owned: Set<TopicPartition>) -> AssignmentChange {
    AssignmentChange(create: [], close: Set(removed).intersection(owned).sorted())
  }

  /// What becomes of the open transaction when partitions go.
  enum Transaction: Sendable, Hashable { case none, commit, abort }

  /// - Parameters:
  ///   - lost: The partitions are gone already.
  ///   - state: Where the transaction stands.
  ///   - touchesAny: True when the transaction touched a partition that goes.
  static func transaction(lost: Bool, state: TransactionState) -> Transaction {
    switch state {
    // One transaction spans all tasks of the thread, so all of them are committed, not only those that go.
    case .open: lost ? .abort : .commit
    case .idle, .committing, .aborting, .broken, .resolving, .dead: .none
    }
  }
}
