// Owns the decision after a commit whose outcome nobody here can tell: the group's offsets know.

/// What became of a task's last transaction.
///
/// A time-out of EndTxn leaves both possible, and KIP-890 is not in librdkafka (librdkafka#5423), so the
/// producer is replaced first: its initialisation finishes what was pending, and then the answer is final.
public enum CommitResolution: Sendable, Hashable {
  /// It committed: keep the state changes, go on.
  case committed
  /// It did not: drop the state changes, read again from the committed offset.
  case aborted
  /// Somebody else has written since: forget everything and restore.
  case foreign

  /// - Parameters:
  ///   - found: What the group's metadata says now; nil when there is none or it cannot be read.
  ///   - base: The task's last known commit; transaction 0 for a task that never committed.
  ///   - pending: The number of the transaction that was tried; nil when the task was not part of one.
  static func decide(
    found: TaskHeader?, foundOffset: Int64?, base: TaskHeader, pending: TaskHeader?,
    bugs: PlantedBugs = []
  ) -> CommitResolution {
    if let found, let pending, found == pending {
      return bugs.contains(.overlayDroppedAfterUnknownCommit) ? .aborted : .committed
    }
    if let found { return found == base ? .aborted : .foreign }
    // Before a task's first commit the offset was placed by hand, without a header.
    return base.transaction == 0 && foundOffset == base.next ? .aborted : .foreign
  }
}
