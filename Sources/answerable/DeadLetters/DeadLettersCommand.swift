// Owns `dead-letters`: what was refused and why, looked into, and sent again once the cause is repaired.
import Console
import Events
import Kafka
import Roles
import Streams

enum DeadLettersCommand {
  static let command = Command(
    "dead-letters", "look at what was refused, and send it again",
    details: [
      "A record that cannot be decided stands on dead-letters as it came, with the reason in its headers. It holds "
        + "personal data as it was sent, and is kept for seven days."
    ],
    subcommands: [list, show, DeadLettersReplay.command])

  static let from = Settings.from(
    "Only those appended since: earliest, latest, or \(Settings.timeForms).", default: .earliest,
    text: "earliest")
  static let reason = Option<String?>.value(
    "reason", nil, "CODE", "Only those refused for this reason.", default: nil,
    allowed: EventRefusal.Code.allCases.map(\.rawValue)
  ) { word throws(BadValue) in word }
  static let topic = Option<Topic?>.value(
    "topic", nil, "TOPIC", "Only those that came in on this topic.", default: nil,
    allowed: RoleName.intake.sources.map(\.rawValue)
  ) { word throws(BadValue) in
    let allowed = RoleName.intake.sources
    guard let topic = allowed.first(where: { $0.rawValue == word }) else {
      throw BadValue(Suggestion.refusal(of: word, among: allowed.map(\.rawValue)))
    }
    return topic
  }
  static let count = Option<Int>.integer(
    "count", "n", "N", "At most this many, the newest.", in: 1...1_000_000, default: 1_000)
  static let json = Option<Bool>.flag("json", nil, DeadLetterJSON.summary)

  private static let list = Command(
    "list", "list what was refused, the oldest first",
    options: [
      OptionGroup("Options", [from.spec, reason.spec, topic.spec, count.spec, json.spec]),
      ClusterOptions.kafkaGroup,
    ],
    examples: [
      Example("answerable dead-letters list --from 1d", "Of the last 24 hours."),
      Example(
        "answerable dead-letters list --reason missing-field --topic feedback", "A survey tool's fault?"),
    ],
    body: Failures.told { invocation, terminal in
      let found = try DeadLetterSearch(invocation, terminal).found()
      let shown = found.suffix(invocation[count])
      if invocation[json] {
        for (record, letter) in shown { terminal.out.line(try DeadLetterJSON.text(letter, record)) }
        return .success
      }
      var table = Table([
        .init("place", style: .bold), .init("came in (UTC)"), .init("topic"), .init("reason", style: .yellow),
        .init("field"), .init("why", isFlexible: true),
      ])
      for (record, letter) in shown {
        table.add([
          Place(record).text, Clock.minute(letter.timestamp), letter.topic, letter.reason, letter.field,
          letter.text,
        ])
      }
      if !table.isEmpty { table.print(to: terminal.out) }
      let more = found.count > shown.count ? ", the newest \(shown.count) shown" : ""
      terminal.out.line(
        "\(Clock.grouped(Int64(found.count))) dead letter\(found.count == 1 ? "" : "s")\(more)")
      return .success
    })

  private static let show = Command(
    "show", "show one dead letter: why, where from, and what it holds",
    options: [OptionGroup("Options", [json.spec]), ClusterOptions.kafkaGroup],
    positionals: [Positional("PLACE", "Which, as listed: partition:offset.", .one)],
    examples: [Example("answerable dead-letters show 3:17", "Partition 3, offset 17.")],
    body: Failures.told { invocation, terminal in
      guard let place = Place(invocation.arguments[0]) else {
        throw UsageError(
          "PLACE: \"\(invocation.arguments[0])\" is none: partition:offset, as `dead-letters list` shows",
          command: "answerable dead-letters show")
      }
      let found = try DeadLetterSearch(invocation, terminal, places: [place]).found()
      guard let (record, letter) = found.first else {
        throw Failure("there is no dead letter at \(place.text)", code: .negative)
      }
      if invocation[json] {
        terminal.out.line(try DeadLetterJSON.text(letter, record))
      } else {
        DeadLetterText(terminal.out).print(letter, record)
      }
      return .success
    })
}

/// Finds dead letters by what a command was asked for.
struct DeadLetterSearch {
  private let cluster: Cluster
  private let terminal: Terminal
  private let start: RecordScan<KafkaLog>.Start
  private let reason: String?
  private let topic: String?
  private let places: Set<Place>

  init(_ invocation: Invocation, _ terminal: Terminal, places: Set<Place> = []) throws {
    cluster = try Cluster.reached(invocation, terminal)
    self.terminal = terminal
    self.places = places
    reason = invocation[DeadLettersCommand.reason]
    topic = invocation[DeadLettersCommand.topic].map(cluster.name)
    start =
      switch invocation[DeadLettersCommand.from] {
      case .earliest: .earliest
      case .latest: .latest
      case .time(let time): .time(time)
      }
  }

  /// What matches, by the time it came in. Records on the topic that are no dead letters are said and left out.
  func found() throws -> [(ScannedRecord, DeadLetter)] {
    var found: [(ScannedRecord, DeadLetter)] = []
    var progress = Progress("reading dead letters", terminal)
    var read = 0
    try RecordScan(cluster.log).read([cluster.name(.deadLetters)], from: start) { record in
      read += 1
      progress.update(read)
      if !places.isEmpty, !places.contains(Place(record)) { return true }
      do throws(EventRefusal) {
        let letter = try DeadLetter(record)
        if matches(letter) { found.append((record, letter)) }
      } catch {
        terminal.err.line("\(record.partition)@\(record.offset): is no dead letter: \(error)")
      }
      return true
    }
    progress.finish()
    return found.sorted { ($0.1.timestamp, $0.0.offset) < ($1.1.timestamp, $1.0.offset) }
  }

  private func matches(_ letter: DeadLetter) -> Bool {
    (reason == nil || letter.reason == reason) && (topic == nil || letter.topic == topic)
  }
}
