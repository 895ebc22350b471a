// Owns `dead-letters replay`: refused records back to where they came from, as they came.
import Console
import Events
import Foundation
import Kafka
import Roles
import Streams

enum DeadLettersReplay {
  private static let all = Option<Bool>.flag(
    "all", nil, "All that match the other options, without naming places.")
  private static let dryRun = Option<Bool>.flag(
    "dry-run", "n", "Say what would be sent; send nothing.")

  static let command = Command(
    "replay", "send refused records again, as they came",
    details: [
      "Puts each back on the topic it came from, with its key, value and headers, and one header more: "
        + "\(AddedHeader.replayedFrom.rawValue), its place on dead-letters. It is decided anew by the policy in force. The dead letter itself "
        + "stays, so replaying it twice sends it twice. One that was cut to fit cannot be replayed: exit code 1."
    ],
    options: [
      OptionGroup(
        "Options",
        [
          all.spec, DeadLettersCommand.reason.spec, DeadLettersCommand.topic.spec,
          DeadLettersCommand.from.spec,
          dryRun.spec,
        ]), ClusterOptions.kafkaGroup,
    ],
    positionals: [Positional("PLACE", "Which, as listed: partition:offset.", .any)],
    examples: [
      Example("answerable dead-letters replay 3:17 0:4", "These two."),
      Example("answerable dead-letters replay --all --reason unknown-value --from 2h", "After a repair."),
    ],
    body: Failures.told { invocation, terminal in
      var places: Set<Place> = []
      for word in invocation.arguments {
        guard let place = Place(word) else {
          throw UsageError(
            "PLACE: \"\(word)\" is none: partition:offset, as `dead-letters list` shows",
            command: "answerable dead-letters replay")
        }
        places.insert(place)
      }
      guard !places.isEmpty || invocation[all] else {
        throw UsageError("say which: places, or --all", command: "answerable dead-letters replay")
      }
      let cluster = try Cluster(invocation, terminal)
      let found = try DeadLetterSearch(invocation, terminal, places: places).found()
      let missing = places.subtracting(found.map { Place($0.0) })
      for place in missing.sorted(by: { ($0.partition, $0.offset) < ($1.partition, $1.offset) }) {
        terminal.err.line("\(place.text): there is no such dead letter")
      }
      let sources = RoleName.intake.sources.map(cluster.name)
      let whole = found.filter { record, letter in
        let isCut = letter.truncatedFrom != nil
        if isCut {
          terminal.err.line("\(Place(record).text): was cut to fit and cannot be replayed")
        } else if !sources.contains(letter.topic) {
          terminal.err.line(
            "\(Place(record).text): came from \(letter.topic), which is not of this deployment")
        }
        return !isCut && sources.contains(letter.topic)
      }
      if !invocation[dryRun], !whole.isEmpty { try send(whole, to: sources, cluster, terminal) }
      let verb = invocation[dryRun] ? "would be sent again" : "sent again"
      terminal.out.line("\(Clock.grouped(Int64(whole.count))) \(verb)")
      return missing.isEmpty && whole.count == found.count ? .success : .negative
    })

  private static func send(
    _ letters: [(ScannedRecord, DeadLetter)], to sources: [String], _ cluster: Cluster,
    _ terminal: Terminal
  ) throws {
    let appender = try RecordAppender(
      cluster.log, topics: sources,
      transactionalID: "\(cluster.prefix)answerable-replay-\(RunCommand.defaultInstance)-\(getpid())")
    defer { appender.close() }
    var progress = Progress("sending again", total: letters.count, terminal)
    var queued = 0
    var queuedBytes = 0
    for (number, (record, letter)) in letters.enumerated() {
      progress.update(number)
      // Several transactions: one alone would outlast its time-out.
      if queued >= Transactions.records || queuedBytes >= Transactions.bytes {
        try appender.commit()
        (queued, queuedBytes) = (0, 0)
      }
      guard let topic = sources.firstIndex(of: letter.topic) else { continue }
      let headers = letter.headersOfReplay(from: Place(record).text)
        .map { ScannedRecord.Header(name: $0.name, value: $0.value) }
      try appender.append(topic, key: record.key, value: record.value, headers: headers)
      queued += 1
      queuedBytes += record.value?.count ?? 0
    }
    try appender.commit()
    progress.finish()
  }
}
