// Owns the metrics of workers: what they decided, what it took, what waits, what state they are in.

extension Metric {
  private static let worker = ["role", "worker"]
  private static let place = ["role", "topic", "partition"]

  static let records = Metric(
    "answerable_records_total", .counter, worker, "Input records whose decision is committed.")
  static let forwarded = Metric(
    "answerable_records_forwarded_total", .counter, worker,
    "Of the records decided, those that led to something published; for intake: signals.")
  static let deadLetters = Metric(
    "answerable_dead_letters_total", .counter, worker + ["reason"],
    "Of the records decided, those refused, by reason code.")
  static let journalled = Metric(
    "answerable_decisions_journalled_total", .counter, worker, "Decisions written down, the NO included.")
  static let timers = Metric("answerable_timers_fired_total", .counter, worker, "Timers fired and committed.")
  static let lateness = Metric(
    "answerable_timers_late_seconds", .gauge, worker,
    "How long the first timer of any task has been due by the task's clock and has not fired; 0 when none is."
  )
  static let decisions = Metric(
    "answerable_casework_decisions_total", .counter, worker + ["decision"],
    "Decisions of casework by what was decided: opened, attached, acted, escalated, refused and others.")
  static let escalations = Metric(
    "answerable_casework_escalations_total", .counter, worker + ["type"],
    "Records on escalations by their type: rung, silence, digest, retraction and others.")
  static let answers = Metric(
    "answerable_delegation_answers_total", .counter, worker + ["answer"],
    "Records on delegations by their answer: approved, referred, declined, settled, lapsed and others.")
  static let approvals = Metric(
    "answerable_delegation_approvals_total", .counter, worker + ["approval"],
    "Approvals of a worker that has a signing key: signed, or unsigned because the policy in force names no such key."
  )
  static let marks = Metric(
    "answerable_casework_marks_total", .counter, worker + ["mark"],
    "Marks heard: how far intake has read what people do. Clocks wait for them; they count as no record.")
  static let openCases = Metric(
    "answerable_casework_open_cases", .gauge, worker,
    "Cases that are not closed, over all tasks of the worker.")
  static let evidenceBehind = Metric(
    "answerable_casework_evidence_behind_seconds", .gauge, worker,
    "How far the clock of any task is ahead of what is known of people's acts: clocks that are due wait so long, up to "
      + "cases.evidence-wait. Some seconds while intake reads; since 1970 where it has not told of every partition yet."
  )
  static let decisionTimes = Metric(
    "answerable_decision_latency_seconds", .histogram, worker,
    "From a record's timestamp (its append time, where the topic is set so) to the end of the commit that holds its "
      + "decision, by this machine's clock.")

  static let commitTimes = Metric(
    "answerable_commit_duration_seconds", .histogram, worker,
    "How long commits took; the count is that of transactions committed.")
  static let aborts = Metric(
    "answerable_aborts_total", .counter, worker + ["cause"], "Transactions aborted and done again, by cause.")
  static let errors = Metric(
    "answerable_errors_total", .counter, worker + ["class"],
    "Errors that Kafka reported, by what could still be done: retriable, abortable, fenced, fatal.")
  static let replacements = Metric(
    "answerable_producer_replacements_total", .counter, worker,
    "Producers replaced after being fenced or failing for good; the fourth within five minutes ends the worker."
  )

  static let restores = Metric(
    "answerable_restores_total", .counter, worker, "Tasks whose state was restored from its changelog.")
  static let restoredRecords = Metric(
    "answerable_restored_records_total", .counter, worker, "Changelog records read to restore tasks.")
  static let restoreSeconds = Metric(
    "answerable_restore_seconds_total", .counter, worker,
    "Time from the beginning of each restore to its end.")

  static let epoch = Metric(
    "answerable_policy_epoch", .gauge, worker, "The policy that decides: its offset; absent before the first."
  )
  static let state = Metric(
    "answerable_worker_state", .gauge, worker + ["state"],
    "1 for the state the worker is in, 0 for the others.")
  static let silence = Metric(
    "answerable_worker_silence_seconds", .gauge, worker, "Since the worker's loop last turned.")
  static let tasks = Metric(
    "answerable_tasks", .gauge, worker + ["state"],
    "Partitions assigned, by state; failed and refused ones wait for a person.")
  static let entries = Metric(
    "answerable_state_entries", .gauge, worker, "Entries of state held, over all tasks of the worker.")
  static let timersSet = Metric(
    "answerable_state_timers", .gauge, worker, "Timers that are set, over all tasks of the worker.")
  static let stateBytes = Metric(
    "answerable_state_bytes", .gauge, worker,
    "Memory behind entries and timers, over all tasks of the worker.")

  static let lag = Metric(
    "answerable_lag_records", .gauge, place,
    "Records between the committed offset and the end of the partition; absent while either is unknown.")
  static let committed = Metric(
    "answerable_committed_offset", .gauge, place, "The next offset to read, as committed by the group.")
}
