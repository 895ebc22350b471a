// Owns `send`: events from files to the topics, each checked first.
import Console
import Events
import Foundation
import Roles
import Streams

enum SendCommand {
  private static let kind = Settings.eventKind(
    "What the files hold; without it, their names say.", short: "k")
  private static let raw = Option<Bool>.flag(
    "raw", nil, "Send lines as they are, also those that will be refused: for trying dead letters.")
  private static let dryRun = Option<Bool>.flag(
    "dry-run", "n", "Check only; send nothing. Needs no Kafka.")

  private static let json = Option<Bool>.flag(
    "json", nil,
    "Print one JSON object for each refused line (file, line, reason, field, text), and one at the end (checked, "
      + "sent, refused).")

  static let command = Command(
    "send", "check events and put them on the topics",
    details: [
      "Each line of a file is one event. Lines that INTAKE would refuse are not sent but listed as "
        + "file:line: reason, and the exit code is 1. Sent in transactions: after an error, what was reported as "
        + "sent is there, and nothing else.",
      "A file's name says what it holds (feedback.ndjson, incidents.ndjson, case-updates.ndjson, "
        + "remedies.ndjson), or --kind does. Of a folder, the files with such names are sent. - is standard input.",
    ],
    options: [
      OptionGroup("Options", [kind.spec, raw.spec, dryRun.spec, json.spec]), ClusterOptions.kafkaGroup,
    ],
    positionals: [
      Positional("FILE", "Files or folders of events, one JSON object a line.", .many, completion: .file)
    ],
    examples: [
      Example("answerable send Config/events", "The sample events."),
      Example("answerable send --dry-run survey.ndjson --kind feedback", "Would all of these be taken?"),
      Example("answerable send --raw --kind feedback Config/events/mistakes.ndjson", "Fills dead letters."),
    ],
    body: Failures.told { invocation, terminal in
      var skipped: [String] = []
      var files: [EventFile] = []
      for path in invocation.arguments {
        files += try EventFile.files(at: path, kind: invocation[kind], skipped: &skipped)
      }
      for path in skipped {
        terminal.err.line(
          "\(path): skipped: its name does not say what it holds (send it by itself, with --kind)")
      }
      var sender = Sender(terminal, isRaw: invocation[raw], asJSON: invocation[json])
      if !invocation[dryRun] { try sender.open(Cluster.reached(invocation, terminal)) }
      defer { sender.close() }
      var total = 0
      let contents = try files.map { file in
        let lines = try file.lines()
        total += lines.count
        return (file, lines)
      }
      var progress = Progress("checking and sending", total: total, terminal)
      do {
        for (file, lines) in contents {
          try sender.send(file, lines) { progress.update($0) }
        }
      } catch {
        progress.finish()
        terminal.err.line(
          "\(Clock.grouped(Int64(sender.sent))) sent before this, the first of those that are no mistake:")
        throw error
      }
      progress.finish()
      let isTrial = invocation[dryRun]
      if invocation[json] {
        terminal.out.line(
          try JSONLine.text(
            Sums(checked: total, sent: isTrial ? 0 : sender.sent, refused: sender.refused)))
      } else {
        let verb = isTrial ? "would be sent" : "sent"
        terminal.out.line(
          "\(Clock.grouped(Int64(sender.sent))) \(verb), \(Clock.grouped(Int64(sender.refused))) refused")
      }
      return sender.refused > 0 && !invocation[raw] ? .negative : .success
    })
}

/// What came of all lines, for a script.
private struct Sums: Encodable {
  var checked: Int
  var sent: Int
  var refused: Int
}

/// A line that was refused, for a script.
private struct RefusedLine: Encodable {
  var file: String
  var line: Int
  var reason: String
  var field: String?
  var text: String
}

/// Sends checked lines in transactions.
private struct Sender {
  private(set) var sent = 0
  private(set) var refused = 0
  private var done = 0
  private var queued = 0
  private var queuedBytes = 0
  private var appender: RecordAppender<KafkaLog>?
  private let check = EventCheck()
  private let terminal: Terminal
  private let isRaw: Bool
  private let asJSON: Bool

  init(_ terminal: Terminal, isRaw: Bool, asJSON: Bool) {
    self.terminal = terminal
    self.isRaw = isRaw
    self.asJSON = asJSON
  }

  mutating func open(_ cluster: Cluster) throws {
    appender = try RecordAppender(
      cluster.log, topics: EventKind.allCases.map { cluster.name(Topic($0)) },
      transactionalID: "\(cluster.prefix)answerable-send-\(RunCommand.defaultInstance)-\(getpid())")
  }

  func close() { appender?.close() }

  mutating func send(
    _ file: EventFile, _ lines: [(number: Int, bytes: ArraySlice<UInt8>)], _ progress: (Int) -> Void
  ) throws {
    let topic = EventKind.allCases.firstIndex(of: file.kind) ?? 0
    for line in lines {
      done += 1
      progress(done)
      var key: [UInt8] = []
      do throws(EventRefusal) {
        key = try check.key(of: file.kind, line.bytes)
      } catch {
        refused += 1
        tell(error, file, line.number)
        if !isRaw { continue }
        // Where nobody knows whose it is, any partition is as good: the same line goes to the same one.
        key = Array("\(file.path):\(line.number)".utf8)
      }
      try append(topic, key, Array(line.bytes))
    }
    try commit()
  }

  private func tell(_ error: EventRefusal, _ file: EventFile, _ line: Int) {
    let field = error.field.isEmpty ? nil : error.field
    let refused = RefusedLine(
      file: file.path, line: line, reason: error.code.rawValue, field: field, text: error.reason)
    if asJSON, let text = try? JSONLine.text(refused) { return terminal.out.line(text) }
    let mark = terminal.err.styled(error.code.rawValue, .yellow)
    terminal.err.line("\(file.path):\(line): \(mark): \(field.map { "\($0): " } ?? "")\(error.reason)")
  }

  private mutating func append(_ topic: Int, _ key: [UInt8], _ value: [UInt8]) throws {
    guard let appender else {
      sent += 1
      return
    }
    try appender.append(topic, key: key, value: value)
    queued += 1
    queuedBytes += value.count
    if queued >= Transactions.records || queuedBytes >= Transactions.bytes { try commit() }
  }

  private mutating func commit() throws {
    try appender?.commit()
    sent += queued
    queued = 0
    queuedBytes = 0
  }
}
