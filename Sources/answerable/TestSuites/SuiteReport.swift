// Owns how the results of suites read in a terminal: every case, and of one that fails what was expected and what happened.
import Console
import Policy

struct SuiteReport {
  let stream: TextStream

  private static let label = 10

  func print(_ suite: Suite, _ results: [SuiteCaseResult]) {
    stream.line(
      "\(stream.styled(TextWidth.printable(suite.name), .bold))  \(stream.styled(suite.file, .dim))")
    for result in results {
      let isGood = result.failures.isEmpty
      let mark = isGood ? stream.styled("✓", .green, .bold) : stream.styled("✗", .red, .bold)
      stream.line("  \(mark) \(TextWidth.printable(result.name))")
      for failure in result.failures { print(failure) }
    }
  }

  /// The place first, as editors and CI jump to it.
  private func print(_ failure: SuiteFailure) {
    let place = "\(failure.place.file):\(failure.place.line):\(failure.place.column)"
    stream.line("\(place): \(TextWidth.printable(failure.title))")
    line("expected", failure.expected, .green)
    line("happened", failure.happened, .red)
    for detail in failure.details { line(detail.label, detail.text, .dim) }
  }

  private func line(_ label: String, _ text: String, _ style: Style) {
    let room = max(30, stream.width - 6 - Self.label)
    for (number, part) in TextWidth.wrap(TextWidth.printable(text), to: room).enumerated() {
      let head = TextWidth.pad(number == 0 ? TextWidth.printable(label) : "", to: Self.label)
      stream.line("      \(stream.styled(head, .dim))\(stream.styled(part, style))")
    }
  }

  /// `5 passed, 1 failed · 2 suites`
  func sum(_ results: [[SuiteCaseResult]]) {
    let all = results.flatMap { $0 }
    let failed = all.count { !$0.failures.isEmpty }
    let passed = stream.styled("\(all.count - failed) passed", .green)
    let text = failed == 0 ? passed : "\(passed), \(stream.styled("\(failed) failed", .red, .bold))"
    stream.line("\(text) · \(results.count) suite\(results.count == 1 ? "" : "s")")
  }
}
