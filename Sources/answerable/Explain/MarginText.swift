// Owns how an explanation is laid out: a title in the margin, and text beside it that is broken where the terminal ends.
import Console

struct MarginText {
  let stream: TextStream
  let showsAll: Bool

  /// Entries of a list that are shown without `--all`.
  private static let shown = 3
  private static let margin = 11

  init(_ stream: TextStream, showsAll: Bool) {
    self.stream = stream
    self.showsAll = showsAll
  }

  func list(_ title: String, _ entries: [String]) {
    let count = showsAll ? entries.count : min(entries.count, Self.shown)
    for (index, entry) in entries.prefix(count).enumerated() { wrapped(index == 0 ? title : "", entry, .dim) }
    if entries.count > count { wrapped("", "and \(entries.count - count) more: --all", .dim) }
  }

  /// Text under a title in the margin, as many lines as it takes.
  func wrapped(_ title: String, _ text: String, _ style: Style? = nil) {
    let lead = text.prefix { $0 == " " }
    let lines = TextWidth.wrap(
      TextWidth.printable(text), to: max(30, stream.width - Self.margin - lead.count))
    for (index, part) in lines.enumerated() {
      let shown = style.map { stream.styled(part, $0) } ?? part
      line(index == 0 ? title : "", lead + shown)
    }
  }

  func line(_ title: String, _ text: String) {
    stream.line("  \(stream.styled(TextWidth.pad(title, to: Self.margin - 2), .dim))\(text)")
  }
}
