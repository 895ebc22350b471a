// Owns tables that fit the terminal: columns as wide as their content, one of them giving way.

/// Rows under headings. Cells are plain text; styles belong to columns.
public struct Table: Sendable {
  public struct Column: Sendable {
    public let title: String
    public let alignRight: Bool
    /// Cut when the row would be wider than the terminal. One column at most.
    public let isFlexible: Bool
    public let style: Style?

    public init(_ title: String, alignRight: Bool = false, isFlexible: Bool = false, style: Style? = nil) {
      self.title = title
      self.alignRight = alignRight
      self.isFlexible = isFlexible
      self.style = style
    }
  }

  private let columns: [Column]
  private var rows: [[String]] = []
  private static let gap = 2
  private static let leastFlexible = 12

  public init(_ columns: [Column]) { self.columns = columns }

  public var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; missing cells are empty, further ones are dropped.
  public mutating func add(_ cells: [String]) {
    rows.append(
      columns.indices.map { $0 < cells.count ? TextWidth.printable(cells[$0]) : "" })
  }

  public func print(to stream: TextStream) {
    var widths = columns.indices.map { index in
      rows.reduce(TextWidth.columns(columns[index].title)) { max($0, TextWidth.columns($1[index])) }
    }
    let total = widths.reduce(0, +) + Self.gap * max(0, columns.count - 1)
    if total > stream.width, let flexible = columns.firstIndex(where: \.isFlexible) {
      widths[flexible] = max(
        min(Self.leastFlexible, widths[flexible]), widths[flexible] - (total - stream.width))
    }
    if columns.contains(where: { !$0.title.isEmpty }) {
      stream.line(render(columns.map(\.title), widths) { stream.styled($0, .bold) + $1 })
    }
    for row in rows {
      var index = 0
      stream.line(
        render(row, widths) { cell, padding in
          defer { index += 1 }
          guard let style = columns[index].style else { return cell + padding }
          return stream.styled(cell, style) + padding
        })
    }
  }

  private func render(
    _ cells: [String], _ widths: [Int], _ style: (_ cell: String, _ padding: String) -> String
  ) -> String {
    var line = ""
    for (index, column) in columns.enumerated() {
      let cell = TextWidth.cut(cells[index], to: widths[index])
      let padding = String(repeating: " ", count: max(0, widths[index] - TextWidth.columns(cell)))
      let isLast = index == columns.count - 1
      line += column.alignRight ? padding + style(cell, "") : style(cell, isLast ? "" : padding)
      if !isLast { line += String(repeating: " ", count: Self.gap) }
    }
    return line
  }
}
