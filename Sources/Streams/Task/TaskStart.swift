// Owns the decision whether a task may start from what the group and the changelog say, and how to go on
// when it may not.

/// What a task's start comes to, before its restore.
enum TaskStart: Sendable, Hashable {
  case start(TaskHeader)
  /// The header was written under a later broadcast than this worker has read: it waits.
  case wait(epoch: Int64)
  case refuse(String)

  /// - Parameters:
  ///   - found: The group's committed offset; nil when there is none.
  ///   - epoch: The latest broadcast read; nil where nothing is followed.
  static func decide(
    source: TopicPartition, found: CommittedOffset?, role: RoleDefinition, epoch: Int64?
  ) -> TaskStart {
    guard let found, found.offset >= 0 else {
      return .refuse(
        "group \(role.group) has no start position on \(source): "
          + "run `answerable topics apply` (its --from says where to start)")
    }
    let header: TaskHeader?
    do { header = try TaskHeader.parse(found.metadata) } catch {
      return .refuse("group \(role.group), \(source): \(error.advice)")
    }
    guard var header else {
      var fresh = TaskHeader(next: found.offset)
      fresh.layout = role.layout
      return .start(fresh)
    }
    if header.next != found.offset {
      return .refuse(
        "the offset of group \(role.group) on \(source) is \(found.offset), its header says "
          + "\(header.next): something else commits in this group; stop it, then set the offset back to "
          + "\(header.next) or start the role anew with an empty changelog")
    }
    if !header.layout.isEmpty && !role.layout.isEmpty && header.layout != role.layout {
      return .refuse(
        "layout \(role.layout) here, \(header.layout) in the header of \(source): partition counts, key "
          + "version or secret differ from those the state was built with; run with the old ones, or "
          + "begin a new deployment under another prefix")
    }
    if let epoch, header.epoch > epoch { return .wait(epoch: header.epoch) }
    if header.layout.isEmpty { header.layout = role.layout }
    return .start(header)
  }

  /// After a restore: nil when the changelog agrees with the group, else why the task refuses.
  static func disagreement(
    source: TopicPartition, changelog: String, group: TaskHeader, restored: TaskHeader?
  ) -> String? {
    guard let restored else {
      if group.transaction == 0 { return nil }
      return "group and changelog disagree on \(source): the group is at transaction "
        + "\(group.transaction), \(changelog)-\(source.partition) has no header; was the changelog deleted? "
        + "restore it, or start the role anew by setting the group's offset without metadata"
    }
    if group.transaction == 0 {
      return "the group starts \(source) anew at \(group.next), but "
        + "\(changelog)-\(source.partition) holds state up to \(restored.next) (transaction "
        + "\(restored.transaction)): delete the changelog's records as well, or set the offset and its "
        + "metadata back to `\(restored.text)`"
    }
    if restored.transaction == group.transaction && restored.next == group.next { return nil }
    return "group and changelog disagree on \(source): transaction \(group.transaction) at "
      + "\(group.next) in the group, \(restored.transaction) at \(restored.next) in "
      + "\(changelog)-\(source.partition); set the offset's metadata back to `\(restored.text)` or start "
      + "the role anew with an empty changelog"
  }
}

extension TaskHeader.Unreadable {
  var advice: String {
    switch self {
    case .malformed:
      "the header in the offset's metadata cannot be read: another program commits in this group"
    case .tooNew(let format):
      "the header has format \(format), written by a later release: deploy that one, or a later one still"
    }
  }
}
