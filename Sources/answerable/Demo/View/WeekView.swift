// Owns the view of the week: what opens it, its days, and what befell the workers between the decisions.
import Console
import Events

struct WeekView {
  let stream: TextStream
  let pace: Pace
  /// Every decision, one line each, instead of a choice.
  let showsAll: Bool
  private var highlights = Highlights()
  private var cases = CaseHighlights()

  init(_ stream: TextStream, pace: Pace = Pace(seconds: 0), showsAll: Bool = false) {
    self.stream = stream
    self.pace = pace
    self.showsAll = showsAll
  }

  private static let days = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  /// Something to show, in the order of time.
  private enum Item {
    case decision(Highlights.Choice)
    case news(WorkerNews)
    case ofCase(CaseHighlights.Choice)

    var time: Int64 {
      switch self {
      case .decision(let choice): choice.decision.decidedAt
      case .news(let news): news.time
      case .ofCase(let choice): choice.time
      }
    }
    /// How long it takes to read, beside one line.
    var weight: Int {
      switch self {
      case .decision(let choice): choice.isExplained ? 4 : 2
      case .news: 3
      case .ofCase: 2
      }
    }
  }

  /// What it is, before it begins.
  func open(events: Int, seed: UInt64, folder: String) {
    let paragraphs = [
      "A week of a group of hotels and offices: \(Clock.grouped(Int64(events))) events, decided by the workers "
        + "that also run on a Kafka, here on a log in memory. Everybody in it is made up (seed \(seed)); the "
        + "decisions are those of \(folder).",
      "Each line: when, what came in, → who answers for it, and how much it matters: P1 to P4, and 0 to 100 points.",
    ]
    for paragraph in paragraphs {
      for line in TextWidth.wrap(TextWidth.printable(paragraph), to: min(stream.width, 110)) {
        stream.line(line)
      }
    }
  }

  /// Shows the next day: a choice of its decisions, and all of its news.
  mutating func show(_ day: PlayedDay) {
    header(day)
    if showsAll { return showAll(day) }
    let items = Self.merged(
      highlights.choose(from: day.decisions, day: day.number), day.news, cases.choose(from: day.cases))
    var left = items.reduce(1) { $0 + $1.weight }
    pace.wait(1, left: left, day: day.number)
    left -= 1
    for item in items where !isOver {
      switch item {
      case .decision(let choice): show(choice, day.names)
      case .news(let news): show(news)
      case .ofCase(let choice): CaseText(stream: stream, names: day.names).print(choice)
      }
      pace.wait(item.weight, left: left, day: day.number)
      left -= item.weight
    }
  }

  private func showAll(_ day: PlayedDay) {
    let items = Self.merged(
      day.decisions.map { Highlights.Choice(decision: $0) }, day.news,
      day.cases.escalations.map(CaseHighlights.Choice.escalation))
    let text = DecisionText(stream: stream, names: day.names)
    for (index, item) in items.enumerated() where !isOver {
      switch item {
      case .decision(let choice): text.print(choice.decision, details: false)
      case .news(let news): show(news)
      case .ofCase(let choice): CaseText(stream: stream, names: day.names).print(choice)
      }
      // Not after every line: the shortest sleep is longer than a line's share.
      if index % 40 == 39 { pace.wait(40, left: items.count - index + 39, day: day.number) }
    }
  }

  private var isOver: Bool { stream.isBroken || StopSignals.isRequested }

  private static func merged(
    _ choice: [Highlights.Choice], _ news: [WorkerNews], _ cases: [CaseHighlights.Choice]
  ) -> [Item] {
    let items = news.map(Item.news) + choice.map(Item.decision) + cases.map(Item.ofCase)
    return items.indices.sorted { (items[$0].time, $0) < (items[$1].time, $1) }.map { items[$0] }
  }

  private func header(_ day: PlayedDay) {
    let decisions = day.decisions
    let urgent = decisions.count { $0.assessment?.priority == .p1 }
    let refused = decisions.count { $0.topic == .deadLetters }
    let counts = "\(Clock.grouped(Int64(decisions.count))) decided, \(urgent) P1, \(refused) refused"
    let name = Self.days.indices.contains(day.number) ? Self.days[day.number] : ""
    // What stands around the rule: two dashes, three spaces, the name and the counts.
    let room = stream.width - name.count - counts.count - 5
    let rule = String(repeating: "─", count: room >= 2 ? room : max(0, stream.width - name.count - 4))
    stream.line()
    stream.line(
      "── \(stream.styled(name, .bold)) \(stream.styled(rule, .dim))\(room >= 2 ? " \(counts)" : "")")
    if room < 2 { stream.line("   \(counts)") }
  }

  private func show(_ choice: Highlights.Choice, _ names: PolicyNames) {
    // What there is to say of an outage that is over is what came in while it lasted.
    DecisionText(stream: stream, names: names).print(choice.decision, details: choice.aftermath == nil)
    if choice.isExplained { ReasonText(stream: stream, names: names).print(choice.decision) }
    guard let aftermath = choice.aftermath, aftermath.feedback > 0 else { return }
    note(
      "while it lasted, \(aftermath.feedback) messages from \(names.site(aftermath.site, choice.decision.epoch)) went "
        + "to \(aftermath.owner), \(aftermath.urgent) of them P1 or P2")
  }

  private func show(_ news: WorkerNews) {
    let time = stream.styled(WeekTime.label(news.time), .dim)
    let (mark, text): (String, String) =
      switch news.what {
      case .policy(let epoch, let note, let rules, let teams):
        (
          stream.styled("policy", .blue, .bold),
          "epoch \(epoch) published: \(rules) rules, \(teams) teams\(note.isEmpty ? "" : ". \(note)")"
        )
      case .killed(let worker, let partitions, let uncommitted):
        (
          stream.styled("crash", .red, .bold),
          "worker \(worker + 1) of \(DemoDeployment.workers) is killed with \(uncommitted) decision"
            + "\(uncommitted == 1 ? "" : "s") not yet committed; its \(partitions) partitions wait"
        )
      case .takenOver(let workers, let partitions):
        (
          stream.styled("crash", .yellow, .bold),
          "worker\(workers.count == 1 ? "" : "s") \(workers.map { "\($0 + 1)" }.joined(separator: " and ")) took over its "
            + "\(partitions) partitions and decide\(workers.count == 1 ? "s" : "") what had waited"
        )
      case .returned(let worker, let partitions):
        (
          stream.styled("crash", .green, .bold),
          "worker \(worker + 1) is back, with \(partitions) partitions"
        )
      case .failed(let worker, let reason):
        (stream.styled("failed", .red, .bold), "worker \(worker + 1) gave up: \(reason)")
      }
    let room = max(20, stream.width - DecisionText.indent - 8)
    for (number, line) in TextWidth.wrap(TextWidth.printable(text), to: room).enumerated() {
      let head =
        number == 0 ? "\(time) \(TextWidth.pad(mark, to: 7)) " : DecisionText.blank(DecisionText.indent + 8)
      stream.line(head + line)
    }
  }

  private func note(_ text: String) {
    for line in TextWidth.wrap(TextWidth.printable(text), to: max(20, stream.width - DecisionText.indent)) {
      stream.line(DecisionText.blank(DecisionText.indent) + stream.styled(line, .dim))
    }
  }
}
