// Owns moving a deployment to another number of partitions: drained, copied under another prefix, compared, and only
// then opened to workers.
import Casework
import Events
import Kafka
import Privacy
import Secrets
import Streams

/// Why a resize cannot go on. The description says how.
public struct ResizeError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

/// What a resize did.
public struct ResizeSummary: Sendable, Hashable {
  public var policies: Int64 = 0
  public var assignments: Int64 = 0
  /// Claims and pots.
  public var budgets = 0
  /// Answers to remedies, and what became of them.
  public var answers: Int64 = 0
  /// Of the state, before and after the same.
  public var state = StateSum()
  public var layout = ""
  /// True when an earlier run had finished already.
  public var wasDone = false
}

/// Moves what a deployment knows (policies with their epochs, state, assignments, answers to remedies) to topics under another
/// prefix. Workers start there only once all of it is copied and compared: the layout that they ask for is recorded
/// last. The old deployment is read and not touched, so that it can go on where the new one is not wanted.
///
/// A run that was cut off is begun again: what it had copied is compared and taken over, or written anew.
public struct Resize<L: Log> {
  let log: L
  let old: String
  let catalogue: TopicCatalogue
  let secret: Secret
  let cluster: ResizeCluster
  /// One line for each thing done.
  let report: (String) -> Void

  /// - Parameters:
  ///   - old: the prefix of the deployment there is.
  ///   - catalogue: the new one's prefix and partitions.
  public init(
    _ log: L, from old: String, to catalogue: TopicCatalogue, secret: Secret, cluster: ResizeCluster,
    report: @escaping (String) -> Void = { _ in }
  ) {
    self.log = log
    self.old = old
    self.catalogue = catalogue
    self.secret = secret
    self.cluster = cluster
    self.report = report
  }

  /// Moves, or throws `ResizeError` or `LayoutError` and leaves the new deployment closed to workers.
  public func run() throws -> ResizeSummary {
    guard catalogue.prefix != old else {
      throw ResizeError(
        "the new deployment needs a prefix of its own: Kafka cannot take partitions away, nor move keys")
    }
    let layout = try Layout.computed(on: log, prefix: old, secret: secret).verified(on: log, prefix: old)
    let target = Layout(
      catalogue: catalogue, keyVersion: layout.keyVersion, secretFingerprint: layout.secretFingerprint)
    var summary = ResizeSummary()
    summary.layout = target.fingerprint
    if let recorded = try Layout.recorded(on: log, prefix: catalogue.prefix) {
      let differences = target.differences(from: recorded)
      guard differences.isEmpty else {
        throw ResizeError(
          "under \(catalogue.prefix) there is another deployment already: \(differences.joined(separator: "; "))"
        )
      }
      summary.wasDone = true
      return summary
    }
    let clock = try requireDrained()
    try createTopics()
    summary.policies = try PolicyCopy(log: log, old: old, new: catalogue.prefix).run()
    report("copied \(summary.policies) policies under their epochs")
    let starts = try starts(of: .signals, target, clock)
    let claimStarts = try self.starts(of: .claims, target, clock)
    let state = StateCopy(log: log, old: old, catalogue: catalogue)
    summary.state = try state.run(headers: starts)
    report(
      "copied \(summary.state.subjects) subjects, \(summary.state.cases) cases and \(summary.state.timers) timers"
    )
    summary.budgets = try BudgetCopy(log: log, old: old, catalogue: catalogue).run(headers: claimStarts)
    report("copied \(summary.budgets) claims and budgets")
    summary.assignments = try AssignmentCopy(log: log, old: old, catalogue: catalogue).run()
    report("copied \(summary.assignments) assignments")
    summary.answers = try AnswerCopy(log: log, old: old, catalogue: catalogue).run()
    report("copied \(summary.answers) answers to remedies")
    let after = try state.sum()
    guard after == summary.state else {
      throw ResizeError(
        "the state after the copy is another one (\(after.text), before \(summary.state.text)): run this again; the old "
          + "deployment is as it was")
    }
    report("compared the state: \(after.text) before and after")
    _ = try requireDrained()
    try begin(target, starts, claimStarts)
    try target.record(on: log, prefix: catalogue.prefix)
    report("recorded layout \(target.fingerprint): workers may start with --prefix \(catalogue.prefix)")
    return summary
  }

  // MARK: The old deployment

  /// Throws unless nobody works and nothing is left to read. Returns the latest clock and epoch of casework's tasks.
  private func requireDrained() throws -> (clock: Int64, epoch: Int64) {
    var (clock, epoch): (Int64, Int64) = (0, 0)
    for role in RoleName.allCases {
      let group = role.group(prefix: old)
      let members = try cluster.members(group)
      guard members == 0 else {
        throw ResizeError(
          "\(members) worker\(members == 1 ? "" : "s") of \(role.rawValue) run: once nothing waits any more "
            + "(`answerable audit`), stop them with SIGTERM")
      }
      let places = try role.sources.flatMap { try partitions(of: $0.name(prefix: old)) }
      let committed = try cluster.committed(group, places)
      for place in places {
        guard let found = committed[place] else {
          throw ResizeError("group \(group) has no position on \(place): this deployment never ran")
        }
        guard let header = try? TaskHeader.parse(found.metadata) ?? TaskHeader(next: found.offset) else {
          throw ResizeError("group \(group), \(place): its header cannot be read by this version")
        }
        let waiting = try waiting(place, from: header.next)
        guard waiting == 0 else {
          throw ResizeError(
            "\(waiting) record\(waiting == 1 ? " waits" : "s wait") on \(place): stop what sends there, let workers run until "
              + "nothing waits any more, then stop them")
        }
        if role != .intake { (clock, epoch) = (max(clock, header.clock), max(epoch, header.epoch)) }
      }
    }
    return (clock, epoch)
  }

  /// Records from an offset on that something is to be decided about.
  private func waiting(_ place: TopicPartition, from offset: Int64) throws -> Int64 {
    let count = Gathered<Int64>(0)
    try each(place, from: offset) { record in
      // How far intake had read is of no use to a new one.
      if !record.isMark { count.value += 1 }
    }
    return count.value
  }

  private func partitions(of topic: String) throws -> [TopicPartition] {
    (0..<(try log.partitionCount(of: topic) ?? 0)).map { TopicPartition(topic: topic, partition: $0) }
  }

  // MARK: The new deployment

  private func createTopics() throws {
    for topic in catalogue.specifications {
      let name = topic.topic.name(prefix: catalogue.prefix)
      if let count = try log.partitionCount(of: name) {
        guard count == topic.partitions else {
          throw ResizeError(
            "topic \(name) exists with \(count) partitions, not \(topic.partitions): choose another prefix")
        }
      } else {
        try cluster.create(name, topic)
        report("created \(name) with \(topic.partitions) partition\(topic.partitions == 1 ? "" : "s")")
      }
    }
  }

  /// The first header of each task: its state is there, its clock goes on, its counters begin anew.
  private func starts(of topic: Topic, _ layout: Layout, _ latest: (clock: Int64, epoch: Int64)) throws
    -> [TaskHeader]
  {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    return try partitions(of: topic.name(prefix: catalogue.prefix)).map { place in
      var header = TaskHeader(next: try RecordScan(log).bounds(of: place, reader).lowerBound)
      header.transaction = 1
      header.clock = latest.clock
      header.epoch = latest.epoch
      header.layout = layout.fingerprint
      return header
    }
  }

  private func begin(_ layout: Layout, _ casework: [TaskHeader], _ delegation: [TaskHeader]) throws {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    var intake: [TopicPartition: CommittedOffset] = [:]
    for place in try RoleName.intake.sources.flatMap({ try partitions(of: $0.name(prefix: catalogue.prefix)) }
    ) {
      intake[place] = layout.start(at: try RecordScan(log).bounds(of: place, reader).lowerBound)
    }
    try cluster.commit(RoleName.intake.group(prefix: catalogue.prefix), intake)
    for (role, headers) in [(RoleName.casework, casework), (.delegation, delegation)] {
      var starts: [TopicPartition: CommittedOffset] = [:]
      let places = try partitions(of: role.sources[0].name(prefix: catalogue.prefix))
      for (place, header) in zip(places, headers) {
        starts[place] = CommittedOffset(offset: header.next, metadata: header.text)
      }
      try cluster.commit(role.group(prefix: catalogue.prefix), starts)
    }
  }

  private func each(
    _ place: TopicPartition, from offset: Int64 = 0, _ body: @escaping (ScannedRecord) -> Void
  ) throws {
    try RecordScan(log).readPartition(place, from: offset, body)
  }
}

/// What a scan of records has brought so far.
final class Gathered<Value> {
  var value: Value
  init(_ value: Value) { self.value = value }
}

extension RecordScan {
  /// Reads one partition from an offset to the end it has now.
  func readPartition(
    _ place: TopicPartition, from offset: Int64 = 0, _ body: @escaping (ScannedRecord) -> Void
  ) throws {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    let bounds = try bounds(of: place, reader)
    let start = max(bounds.lowerBound, offset)
    guard start < bounds.upperBound else { return }
    try read([place.topic], from: [place: start], to: [place: bounds.upperBound], with: reader) { record in
      body(record)
      return true
    }
  }
}
