// Owns how an audit reads: a receipt a topic, what waits, the digest, and the first gap.
import Console
import Events
import Roles

struct AuditText {
  private let stream: TextStream

  init(_ stream: TextStream) { self.stream = stream }

  func print(_ report: AuditReport, byPartition: Bool) {
    for note in report.notes { stream.line(stream.styled("note  ", .yellow) + TextWidth.printable(note)) }
    var table = Table([
      .init("topic", style: .bold), .init("records", alignRight: true), .init("decided", alignRight: true),
      .init("dead letters", alignRight: true), .init("waiting", alignRight: true),
      .init("before the start", alignRight: true),
    ])
    var topics: [String] = []
    for receipt in report.receipts where topics.last != receipt.place.topic {
      topics.append(receipt.place.topic)
    }
    for topic in topics {
      if let total = report.total(of: topic) { table.add(row(topic, total)) }
      guard byPartition else { continue }
      for receipt in report.receipts where receipt.place.topic == topic {
        table.add(
          row(
            "  \(receipt.place.partition)@\(receipt.range.lowerBound)..<\(receipt.range.upperBound)", receipt)
        )
      }
    }
    table.print(to: stream)
    stream.line()
    stream.line("\(stream.styled("digest", .dim)) \(report.digest)")
    let window = Self.window(report)
    if let gap = report.gaps.first {
      let more = report.gapCount > 1 ? " (and \(Clock.grouped(report.gapCount - 1)) more)" : ""
      stream.line(
        "\(stream.styled("not proven", .red, .bold))  \(window): the first gap is at "
          + "\(gap.place)@\(gap.offset): \(gap.what)\(more)")
      for gap in report.gaps.dropFirst().prefix(9) {
        stream.line("            \(gap.kind.rawValue) \(gap.place)@\(gap.offset): \(gap.what)")
      }
    } else {
      stream.line(
        "\(stream.styled("proven", .green, .bold))  \(window): every record that was read has exactly one decision"
      )
    }
  }

  private func row(_ name: String, _ receipt: AuditReceipt) -> [String] {
    [
      name, Clock.grouped(receipt.records), Clock.grouped(receipt.decided),
      Self.some(receipt.deadLetters), Self.some(receipt.waiting), Self.some(receipt.before),
    ]
  }

  private static func some(_ number: Int64) -> String { number == 0 ? "" : Clock.grouped(number) }

  private static func window(_ report: AuditReport) -> String {
    let from = report.since.map { "from \(Clock.full($0))" } ?? "from the beginning"
    return from + (report.until.map { " until \(Clock.full($0))" } ?? " until now")
  }
}
