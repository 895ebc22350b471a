// Owns how the log of `run` reads for a person: one line each, what matters first, silence about the ordinary.
import Console
import Kafka
import Streams

struct RunLogText {
  private let stream: TextStream

  init(_ stream: TextStream) { self.stream = stream }

  /// The line; nil where a person need not know.
  func text(_ entry: RunLog.Entry, isVerbose: Bool) -> String? {
    switch entry {
    case .note(let text): return TextWidth.printable(text)
    case .signal(let name): return "\(name): committing and leaving; once more ends at once"
    case .embedded(let brokers):
      return
        "embedded brokers at \(stream.styled(brokers.joined(separator: ","), .bold)): nothing survives this "
        + "process. From another shell: answerable send --brokers \(brokers.joined(separator: ",")) FILE"
    case .starting(let roles, let threads, let instance, let brokers):
      return
        "\(roles.joined(separator: ", ")) × \(threads) as \(instance) on \(brokers.joined(separator: ","))"
    case .worker(let report):
      guard let (word, style, rest) = words(report.event, isVerbose) else { return nil }
      let name = TextWidth.pad("\(report.role)-\(report.worker)", to: 9)
      return "\(name) \(stream.styled(TextWidth.pad(word, to: 9), style)) \(TextWidth.printable(rest))"
    case .throughput(let now, let last, let seconds):
      let records = now.records &- last.records
      let commits = now.commits &- last.commits
      let pause = commits > 0 ? (now.commitMilliseconds &- last.commitMilliseconds) / commits : 0
      var text = "\(Clock.grouped(records / Int64(max(1, seconds))))/s · \(sums(now))"
      if let lag = now.lag { text += " · \(Clock.grouped(lag)) waiting" }
      return text + (commits > 0 ? " · \(pause) ms a commit" : "")
    case .ended(let sums): return "ended: \(self.sums(sums))"
    }
  }

  private func sums(_ sums: Throughput) -> String {
    var text = "\(Clock.grouped(sums.records)) decided: \(Clock.grouped(sums.signals)) signals, "
    text += "\(Clock.grouped(sums.deadLetters)) dead letters"
    return sums.aborts > 0 ? text + " · \(Clock.grouped(sums.aborts)) aborts" : text
  }

  private func words(_ event: RuntimeEvent, _ isVerbose: Bool) -> (String, Style, String)? {
    switch event {
    case .state(let state): return words(state)
    case .joined(let group): return ("joining", .cyan, group)
    case .assigned(let partitions): return ("assigned", .cyan, Self.list(partitions))
    case .revoked(let partitions): return ("revoked", .cyan, Self.list(partitions))
    case .lost(let partitions):
      return ("lost", .yellow, "\(Self.list(partitions)); what was not committed is decided by others")
    case .restored(let partition, let records, let milliseconds):
      return ("restored", .cyan, "\(partition): \(records) records in \(milliseconds) ms")
    case .running(let partition, let offset):
      return isVerbose ? ("running", .dim, "\(partition) from \(offset)") : nil
    case .committed(let tasks, let records, let milliseconds):
      return isVerbose
        ? ("committed", .dim, "\(records) records of \(tasks) tasks in \(milliseconds) ms") : nil
    case .aborted(let cause): return ("aborted", .yellow, Self.text(cause))
    case .resolved(let partition, let resolution):
      return ("resolved", .yellow, "\(partition): the unknown commit is known: \(resolution)")
    case .fenced(let error): return ("fenced", .yellow, "\(error)")
    case .producerRecreated(let count): return ("recovered", .yellow, "producer replaced, number \(count)")
    case .taskFailed(let partition, let reason): return ("stopped", .red, "\(partition): \(reason)")
    case .taskRefused(let partition, let reason): return ("refused", .red, "\(partition): \(reason)")
    case .poisoned(let partition, let offset, let code):
      return ("poisoned", .yellow, "\(partition)@\(offset) goes to dead letters: \(code)")
    case .broadcast(let epoch): return ("policy", .green, "epoch \(epoch) decides")
    case .error(let error): return ("error", .yellow, "\(error)")
    case .stuck(let milliseconds): return ("stuck", .red, "has not turned for \(milliseconds / 1000) s")
    case .unstuck: return ("unstuck", .yellow, "turns again")
    case .drained: return ("drained", .green, "everything is committed, the group is left")
    }
  }

  private func words(_ state: WorkerState) -> (String, Style, String)? {
    switch state {
    case .waiting: ("waiting", .cyan, "for a policy; none published yet? `answerable policy publish DIR`")
    case .running: ("running", .green, "")
    case .failed(let reason): ("failed", .red, reason)
    case .starting, .draining, .stopped: nil
    }
  }

  private static func text(_ cause: AbortCause) -> String {
    switch cause {
    case .log(let error): "\(error); read again"
    case .task(let partition, let reason): "\(partition): \(reason)"
    case .poison(let partition): "\(partition): an output is too large; looking for its record"
    case .assignmentLost: "the partitions are with others now"
    case .stopped: "told to stop at once"
    }
  }

  /// `feedback 0–5, incidents 2`
  static func list(_ partitions: [TopicPartition]) -> String {
    guard !partitions.isEmpty else { return "nothing" }
    let topics = Dictionary(grouping: partitions, by: \.topic).sorted { $0.key < $1.key }
    return topics.map { topic, places in "\(topic) \(ranges(places.map(\.partition).sorted()))" }
      .joined(separator: ", ")
  }

  private static func ranges(_ numbers: [Int32]) -> String {
    var parts: [(first: Int32, last: Int32)] = []
    for number in numbers {
      if let last = parts.last, last.last &+ 1 == number {
        parts[parts.count - 1].last = number
      } else {
        parts.append((number, number))
      }
    }
    return parts.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" }.joined(separator: "+")
  }
}
