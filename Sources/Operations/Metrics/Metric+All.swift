// Owns the list of all metrics: what `/metrics` may hold, and what is documented.

extension Metric {
  /// Every metric there is, in the order of the page.
  public static let all: [Metric] = [
    build, ready, live, records, forwarded, deadLetters, journalled, timers, lateness, decisions, escalations,
    answers, approvals, marks, openCases, evidenceBehind, decisionTimes, commitTimes, aborts, errors,
    replacements, restores, restoredRecords, restoreSeconds, epoch, state, silence, tasks, entries,
    timersSet, stateBytes, lag, committed, sendQueueRecords, sendQueueBytes, sendQueueLimit,
    readAheadRecords, readAheadBytes, rebalances, brokerUp, roundTripAverage, roundTripHigh, throttle,
    requestTimeouts, requestRetries, disconnects, cpu, resident, virtual, started, openFiles, fileLimit,
    threads,
  ]
}
