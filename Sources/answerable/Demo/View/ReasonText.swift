// Owns why a decision is as it is: what its score is made of, which rule won, and what else matched.
import Console
import Events

struct ReasonText {
  let stream: TextStream
  let names: PolicyNames

  private static let indent = DecisionText.indent + 2
  private static let label = 9

  func print(_ decision: Decision) {
    guard let assessment = decision.assessment else { return }
    line("why \(assessment.score)", contributions(assessment), gap: "  ")
    line("rule", words(rule(assessment, decision.epoch)))
    var told: Set = [assessment.owner]
    for path in assessment.alsoMatched {
      // Another rule of the same owner would have changed nothing.
      guard let other = names.rule(path, decision.epoch), told.insert(other.owner).inserted else { continue }
      line("instead", words("\(other.owner) by \(other.at) (\(other.asks)), but the rule above stands first"))
    }
  }

  private func rule(_ assessment: Assessment, _ epoch: Int64) -> String {
    guard let rule = names.rule(assessment.rule, epoch) else {
      return "none matched; \(assessment.ruleAt) names who answers then"
    }
    return "\(assessment.ruleAt) (\(rule.asks))"
  }

  /// `+36 NPS (0)`, one by one; and what they were held at, when their sum is beyond the scale.
  private func contributions(_ assessment: Assessment) -> [String] {
    var parts = assessment.contributions.filter { $0.points != 0 }.map { part in
      let because = Self.because(part)
      return
        "\(part.points > 0 ? "+" : "−")\(part.points.magnitude) \(part.name)\(because.isEmpty ? "" : " (\(because))")"
    }
    let sum = assessment.contributions.reduce(0) { $0 + Int($1.points) }
    if sum != Int(assessment.score) { parts.append("= \(sum), held at \(assessment.score)") }
    return parts
  }

  /// What the name does not say already: `0` of `rating.nps 0`, all of `words: leak*`.
  private static func because(_ part: Assessment.Contribution) -> String {
    if part.because.hasPrefix("words: ") { return part.because }
    let pieces = part.because.split(separator: " ", maxSplits: 1)
    guard pieces.count == 2, !pieces[1].contains(",") else { return "" }
    return part.name.lowercased().contains(pieces[1].lowercased()) ? "" : String(pieces[1])
  }

  private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  /// Parts are never broken; as many as fit stand on a line.
  private func line(_ label: String, _ parts: [String], gap: String = " ") {
    let room = max(16, stream.width - Self.indent - Self.label)
    var lines: [String] = []
    for part in parts.map({ TextWidth.cut(TextWidth.printable($0), to: room) }) {
      if let last = lines.last, TextWidth.columns(last + gap + part) <= room {
        lines[lines.count - 1] = last + gap + part
      } else {
        lines.append(part)
      }
    }
    for (number, text) in lines.enumerated() {
      let head = number == 0 ? TextWidth.pad(label, to: Self.label) : DecisionText.blank(Self.label)
      stream.line(DecisionText.blank(Self.indent) + stream.styled(head, .magenta) + stream.styled(text, .dim))
    }
  }
}
