// Owns how a healed topology is judged: what CASEWORK and DELEGATION decided is decided again, and held to laws that need no
// decider.
import Casework
import Delegation
import Events
import Kafka
import Policy
import Roles
import StateBytes
import Streams

extension Topology {
  package func judge(_ log: MemoryLog, _ scenario: Scenario) throws(Finding) -> Coverage {
    // A clock that runs ahead claims more than has been read, and nobody can tell.
    if !scenario.hasFalseClocks { try MarkLaw(log).check() }
    let journal = try CaseJournal(log.records(Topic.caseJournal.rawValue))
    let open = try judgeCasework(log, scenario.shape, journal)
    try judgeDelegation(log, scenario.shape)
    try OpenCasesLaw(log.records(Topic.assignments.rawValue)).check(open)
    return try judgePublished(log, journal)
  }

  /// By what was published alone, without deciding anything again.
  package func judgePublished(_ log: MemoryLog) throws(Finding) -> Coverage {
    try judgePublished(log, CaseJournal(log.records(Topic.caseJournal.rawValue)))
  }

  private func judgePublished(_ log: MemoryLog, _ journal: CaseJournal) throws(Finding) -> Coverage {
    try BudgetLaw(log).check()
    try RateLaw(log, documents).check()
    try CaseLaws(journal, escalations: log.records(Topic.escalations.rawValue)).check()
    let courses = try ClaimCourses(log)
    var answers = AnswerLaw(log, journal, courses)
    try answers.check()
    var told = ToldLaw(log, journal, courses)
    try told.check()
    var coverage = answers.coverage
    coverage.add(told.coverage)
    coverage.add(Coverage(remedies: try RemedyCounter(log).counts))
    return coverage
  }

  private func policy(_ epoch: Int64) -> CompiledPolicy? {
    epoch >= 0 ? compiled[Int(epoch) % compiled.count] : nil
  }

  /// How many cases are open, as the tasks count them.
  private func judgeCasework(_ log: MemoryLog, _ shape: Shape, _ journal: CaseJournal) throws(Finding)
    -> Int64
  {
    let role: Role<CaseworkProcessor>
    do {
      role = try CaseworkRole.role(prefix: "", layout: "", secret: Self.secret) { _, _ in
        throw SimulationError("a replay follows no topic")
      }
    } catch {
      throw Finding(.stopped, "\(error)")
    }
    var open: Int64 = 0
    for partition in 0..<shape.partitions {
      let source = TopicPartition(topic: Topic.signals.rawValue, partition: partition)
      let replayer = Replayer(
        source: source, makeProcessor: role.makeProcessor, policy: policy,
        marks: Marks(is: \.isMark, heardUntil: Self.heardUntil))
      // Marks come to no end: what the last of them tells may not have been heard.
      let next = log.groupOffsets(role.definition.group)[source]?.offset ?? 0
      let records = log.records(source.topic).filter {
        $0.partition == partition && !($0.isMark && $0.offset >= next)
      }
      let result = try replayer.replay(records, journal.decisions(of: partition))
      let comparison = ReplayComparison(log: log, definition: role.definition, partition: partition)
      try comparison.compare(result.outputs) { topic, record, wanted in
        // Of the two that answer remedies, the other is judged by itself.
        if record.header("ce_source") == BudgetLaw.source { return false }
        if topic == Topic.signals.rawValue {
          return record.header("cause-topic") == topic && record.header("cause-partition") == "\(partition)"
        }
        // Several tasks write to one subject or, in digests, to one owner: only what this one did is compared. That
        // nobody else made it up is a law of its own (`CaseLaws`).
        return (record.key ?? []).count < 34 ? wanted.contains(record.value) : !wanted.isEmpty
      }
      try comparison.compareState(result.task)
      open += try Self.openCases(result.task)
    }
    return open
  }

  /// No journal tells in which order DELEGATION decided: its answers do (`DelegationJournal`).
  private func judgeDelegation(_ log: MemoryLog, _ shape: Shape) throws(Finding) {
    let role = DelegationRole.role(prefix: "", layout: "") { _, _ in
      throw SimulationError("a replay follows no topic")
    }
    let journal = try DelegationJournal(log)
    for partition in 0..<shape.partitions {
      let source = TopicPartition(topic: Topic.claims.rawValue, partition: partition)
      let metadata = log.groupOffsets(role.definition.group)[source]?.metadata ?? ""
      let header = (try? TaskHeader.parse(metadata)) ?? TaskHeader(next: 0)
      let replayer = Replayer(
        source: source, makeProcessor: role.makeProcessor, policy: policy,
        silent: SilentTimers(is: Self.isSilent, until: header.clock))
      let records = log.records(source.topic).filter { $0.partition == partition }
      let result = try replayer.replay(records, journal.tasks[partition] ?? [])
      let comparison = ReplayComparison(log: log, definition: role.definition, partition: partition)
      try comparison.compare(result.outputs) { _, record, _ in
        record.header("ce_source") == BudgetLaw.source && journal.task(of: record) == partition
      }
      try comparison.compareState(result.task)
      // Those that leave no answer are counted too.
      if result.task.journalled != Int(header.counters.journalled) {
        throw Finding(
          .state,
          "\(source): \(header.counters.journalled) decisions are counted, \(result.task.journalled) were made"
        )
      }
    }
  }

  private static func isSilent(_ task: ReplayTask, _ timer: ReplayTask.Timer) throws(TaskFailure) -> Bool {
    try timer.key.lend { key throws(TaskFailure) in
      do throws(StateFailure) {
        return try DelegationEngine.isSilent(timer: key) { task.value($0) }
      } catch {
        throw TaskFailure(error.description)
      }
    }
  }

  private static func openCases(_ task: ReplayTask) throws(Finding) -> Int64 {
    do throws(StateFailure) {
      return try CaseworkEngine.openCases { task.value($0) } ?? 0
    } catch {
      throw Finding(.state, error.description)
    }
  }

  private static func heardUntil(_ task: ReplayTask) throws(TaskFailure) -> Int64? {
    do throws(StateFailure) {
      return try CaseworkEngine.heardUntil { task.value($0) }
    } catch {
      throw TaskFailure(error.description)
    }
  }
}
