// Owns how the week's count reads: the promise first, then the load of each team, then the edges between them.
import Console
import Events

struct SummaryText {
  let stream: TextStream

  func print(_ summary: Summary) {
    let referee = summary.referee
    stream.line()
    stream.line(
      heading(
        "\(summary.isWhole ? "The week" : "The week up to \(WeekTime.label(summary.end))"), counted from what is committed"
      ))
    row(
      "in",
      [number(referee.total, "event")]
        + referee.inputs.map { "\($0.topic.rawValue) \(Self.number($0.count))" })
    row(
      "decided",
      [
        number(referee.signals, "signal"), number(referee.deadLetters, "refused", "refused"),
        promise(referee.lost, "lost"), promise(referee.doubled, "doubled"),
        promise(referee.withoutOwner, "without an owner"),
      ] + (referee.unfounded == 0 ? [] : [promise(referee.unfounded, "about nothing that came in")]))
    printCases(summary.cases)
    let count = referee.load.priorities
    row(
      "matters",
      Priority.allCases.map { "\($0.wire.string) \(Self.number(count[$0]))" }
        + ["of \(Self.number(referee.assessed)) feedback and incidents"])
    row(
      "private",
      [
        "\(Self.number(referee.redactions)) e-mail addresses, phone, card and account numbers taken out"
      ])
    if referee.byEpoch.count > 1 {
      row(
        "policy",
        referee.byEpoch.sorted { $0.key < $1.key }.map { "epoch \($0.key) decided \(Self.number($0.value))" })
    }
    if summary.aborted > 0 {
      row(
        "crash",
        [
          "\(number(summary.aborted, "output")) in aborted transactions: seen by nobody, decided again",
          "the longest wait \(referee.longestWait / 1000) s of the week's time",
        ])
    }
    row("took", ["\(Self.seconds(summary.milliseconds)) s on this machine", "seed \(summary.seed)"])
    stream.line()
    printTeams(referee.load)
    stream.line()
    printEdges(referee.load)
  }

  private func printCases(_ cases: CaseReferee) {
    row(
      "journal",
      [
        "\(Self.number(cases.signals)) signals and \(Self.number(cases.timers)) timers",
        promise(cases.lost, "lost"),
        promise(cases.doubled, "doubled"), promise(Int(cases.gaps), "gaps in its numbers"),
      ])
    let refused = cases.refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    row(
      "cases",
      [
        "\(Self.number(cases.opened)) opened", "\(Self.number(cases.closed)) closed on evidence",
        "\(Self.number(cases.reopened)) opened again", "\(Self.number(cases.open)) open at the end",
      ])
    row(
      "NO",
      ["\(Self.number(refused.reduce(0) { $0 + $1.value })) with a reason"]
        + refused.prefix(5).map { "\($0.key) \(Self.number($0.value))" })
    let told = cases.escalations.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    row(
      "told",
      [number(told.reduce(0) { $0 + $1.value }, "escalation")]
        + told.prefix(6).map { "\($0.key) \(Self.number($0.value))" })
  }

  private func printTeams(_ load: TeamLoad) {
    stream.line(heading("Who answers for it"))
    let shown: [Priority] = stream.width < Self.narrow ? [.p1, .p2] : Priority.allCases
    let styles: [Priority: Style] = [.p1: .red, .p2: .yellow, .p3: .cyan, .p4: .dim]
    var columns: [Table.Column] = [.init("team", style: .bold)]
    columns += shown.map { .init($0.wire.string, alignRight: true, style: styles[$0]) }
    columns.append(.init("all", alignRight: true, style: .bold))
    if stream.width >= Self.narrow { columns.append(.init("work done by", isFlexible: true, style: .dim)) }
    var table = Table(columns)
    for (team, count) in load.teams {
      let work = load.work(for: team).map { "\($0.worker) \($0.count)" }.joined(separator: ", ")
      table.add([team] + shown.map { Self.number(count[$0]) } + [Self.number(count.all), work])
    }
    table.print(to: stream)
  }

  private func printEdges(_ load: TeamLoad) {
    let title = "Felt by one team, caused by another: P1 and P2"
    stream.line(heading(TextWidth.cut(title, to: stream.width)))
    let edges = load.edges.filter { $0.count.urgent > 0 }.prefix(6)
    let most = edges.map(\.count.urgent).max() ?? 1
    let width = edges.map { TextWidth.columns(Self.name($0.edge)) }.max() ?? 0
    // Behind the name, the number and the spaces between.
    let room = min(40, stream.width - width - 9)
    for (edge, count) in edges {
      let number = TextWidth.pad(Self.number(count.urgent), to: 6, alignRight: true)
      if room < 8 {
        stream.line("\(number) \(TextWidth.cut(Self.name(edge), to: stream.width - 7))")
      } else {
        let bar = String(repeating: "▇", count: max(1, count.urgent * room / max(1, most)))
        stream.line("\(TextWidth.pad(Self.name(edge), to: width)) \(number)  \(stream.styled(bar, .red))")
      }
    }
  }

  /// Below this many columns, tables show less.
  private static let narrow = 72

  private static func name(_ edge: TeamLoad.Edge) -> String { "\(edge.felt) → \(edge.caused)" }

  /// A number that has to be nought.
  private func promise(_ count: Int, _ what: String) -> String {
    let text = "\(Self.number(count)) \(what)"
    return count == 0 ? stream.styled(text, .green, .bold) : stream.styled(text, .red, .bold)
  }

  /// Parts beside each other while they fit; one that is too long for a line is broken between words.
  private func row(_ label: String, _ parts: [String]) {
    let room = stream.width - 11
    var lines: [String] = []
    for part in parts {
      if let last = lines.last, TextWidth.columns(last) + 3 + TextWidth.columns(part) <= room {
        lines[lines.count - 1] = "\(last) · \(part)"
      } else {
        lines += TextWidth.columns(part) <= room ? [part] : TextWidth.wrap(part, to: room)
      }
    }
    for (number, line) in lines.enumerated() {
      let head = TextWidth.pad(number == 0 ? label : "", to: 9)
      stream.line("  \(stream.styled(head, .dim))\(line)")
    }
  }

  private func heading(_ text: String) -> String { stream.styled(text, .bold) }

  private func number(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(Self.number(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }
  private static func number(_ count: Int) -> String { Clock.grouped(Int64(count)) }

  /// `2.1`
  private static func seconds(_ milliseconds: Int64) -> String {
    let tenths = (milliseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10)"
  }
}
