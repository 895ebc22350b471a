// Owns what `explain` is asked about: events out of a file, a line, standard input, an argument, or a topic.
import Console
import Events
import Kafka
import Policy
import Roles
import Streams

/// One event, as bytes with the place it comes from.
struct EventToExplain {
  /// `survey.ndjson:3`, `feedback-0@17`, `EVENT`.
  let place: String
  /// Nil where its fields tell.
  let kind: EventKind?
  let value: [UInt8]?
  var headers: [ScannedRecord.Header] = []
  /// When it came in, milliseconds since 1970; nil of what has not.
  var appendedAt: Int64?

  /// Explains it and hands on which kind it turned out to be, and its bytes: of a sketch, what was made of it.
  func explained<R>(
    _ explainer: inout IntakeExplainer, _ body: (EventKind, [UInt8], IntakeExplainer.Explained) -> R
  ) throws(EventRefusal) -> R {
    if let kind { return try explained(kind, &explainer, body) }
    // Jotted down, as `check` shows its examples: the fields that matter, the kind among them.
    if let sketch = value.flatMap({ EventSketch($0) }) {
      return try EventToExplain(place: place, kind: sketch.kind, value: sketch.bytes)
        .explained(sketch.kind, &explainer, body)
    }
    // The kinds whose required fields nobody else has come first; what is none of them is told as feedback.
    for kind in [EventKind.incident, .remedy, .caseUpdate] {
      do throws(EventRefusal) { return try explained(kind, &explainer, body) } catch { continue }
    }
    return try explained(.feedback, &explainer, body)
  }

  private func explained<R>(
    _ kind: EventKind, _ explainer: inout IntakeExplainer,
    _ body: (EventKind, [UInt8], IntakeExplainer.Explained) -> R
  ) throws(EventRefusal) -> R {
    try explainer.explain(kind, value: value, headers: headers, appendedAt: appendedAt) {
      body(kind, value ?? [], $0)
    }
  }
}

/// Everything that one argument means.
struct ExplainedEvents {
  var all: [EventToExplain]
  /// When the event came in, milliseconds since 1970, where it was read from its topic.
  var appendedAt: Int64?

  /// JSON itself, a signal's id, or a file; whatever exists as a file is one.
  static func named(_ word: String, kind: EventKind?, _ cluster: () throws -> Cluster) throws -> Self {
    if word.first(where: { !$0.isWhitespace }) == "{" {
      return Self(all: [EventToExplain(place: "EVENT", kind: kind, value: Array(word.utf8))])
    }
    if !exists(word), let signal = SignalID(word) { return try read(signal, cluster) }
    let (path, line) = place(word)
    guard path == "-" || exists(path) else {
      throw Failure(
        "\(path): there is no such file",
        advice: "EVENT is a file, FILE:LINE, the JSON itself, a signal's id like feedback-3-1042, or -.",
        code: .noInput)
    }
    guard !isFolder(path) else {
      throw Failure("\(path): is a folder; name one of its files", code: .noInput)
    }
    let name = String(path.split(separator: "/").last ?? "")
    let kind = kind ?? EventFile.kind(ofName: name)
    var lines = try EventFile(path: path, kind: kind ?? .feedback).lines()
    if let line {
      lines = lines.filter { $0.number == line }
      guard !lines.isEmpty else { throw Failure("\(path): has no event on line \(line)", code: .noInput) }
    }
    guard !lines.isEmpty else { throw Failure("\(path): holds no event", code: .noInput) }
    let shown = path == "-" ? "standard input" : path
    return Self(
      all: lines.map { EventToExplain(place: "\(shown):\($0.number)", kind: kind, value: Array($0.bytes)) })
  }

  /// `FILE:3` is a line of a file, unless a file has that very name.
  private static func place(_ word: String) -> (path: String, line: Int?) {
    guard !exists(word), let colon = word.lastIndex(of: ":"),
      let line = Int(word[word.index(after: colon)...]), line > 0
    else { return (word, nil) }
    return (String(word[..<colon]), line)
  }

  private static func read(_ signal: SignalID, _ cluster: () throws -> Cluster) throws -> Self {
    let cluster = try cluster()
    let topic = cluster.name(Topic(signal.kind))
    let place = TopicPartition(topic: topic, partition: signal.partition)
    guard let record = try RecordScan(cluster.log).record(at: place, offset: signal.offset) else {
      throw Failure(
        "\(topic) holds no record at partition \(signal.partition), offset \(signal.offset)",
        advice: "Events are kept as long as their topic's retention says (`answerable topics plan`).",
        code: .negative)
    }
    let event = EventToExplain(
      place: "\(topic)-\(signal.partition)@\(signal.offset)", kind: signal.kind, value: record.value,
      headers: record.headers, appendedAt: record.timestamp)
    return Self(all: [event], appendedAt: record.timestamp)
  }
}

/// A signal's id, which names its cause's coordinates: `case-update-3-1042`.
struct SignalID {
  let kind: EventKind
  let partition: Int32
  let offset: Int64

  init?(_ word: String) {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, let offset = Int64(parts[parts.count - 1]), offset >= 0,
      let partition = Int32(parts[parts.count - 2]), partition >= 0,
      let kind = EventKind(rawValue: parts.dropLast(2).joined(separator: "-"))
    else { return nil }
    (self.kind, self.partition, self.offset) = (kind, partition, offset)
  }
}
