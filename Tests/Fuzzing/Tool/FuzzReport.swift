// Owns what is printed of a run: a histogram for each target, each finding with its seed and file, the sum.
import Console
import FuzzKit

/// Prints results as they come and remembers whether anything was found.
struct FuzzReport {
  private let out: TextStream
  private var results: [TargetResult] = []
  private static let shown = 20

  init(_ out: TextStream) { self.out = out }

  var isClean: Bool { results.allSatisfy { $0.findings.isEmpty && $0.failure == nil } }

  mutating func show(_ result: TargetResult) {
    results.append(result)
    let count = result.outcomes.values.reduce(0, +)
    let rate = result.seconds > 0 ? Int(Double(count) / result.seconds) : 0
    out.line(
      "\(result.target.name): \(count) inputs in \(Self.tenths(result.seconds)) s (\(rate)/s), seeds "
        + "\(result.seeds.lowerBound) to \(result.seeds.upperBound - 1), slowest \(result.slowest.microseconds) µs (seed "
        + "\(result.slowest.seed))")
    let sorted = result.outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (outcome, count) in sorted { out.line("  \(Self.padded(count))  \(outcome)") }
    for finding in result.findings.prefix(Self.shown) {
      out.line("  \(out.styled(finding.kind, .red)) seed \(finding.seed): \(finding.what)")
      out.line("    \(finding.file)")
    }
    if result.findings.count > Self.shown {
      out.line("  … \(result.findings.count - Self.shown) more findings")
    }
    if let failure = result.failure { out.line("  \(out.styled("stopped:", .red)) \(failure)") }
    out.flush()
  }

  func sum() {
    let count = results.reduce(0) { $0 + $1.outcomes.values.reduce(0, +) }
    let seconds = results.reduce(0) { $0 + $1.seconds }
    func found(_ kind: String) -> Int {
      results.reduce(0) { sum, result in sum + result.findings.count { $0.kind == kind } }
    }
    out.line(
      "\(count) inputs in \(Self.tenths(seconds)) s: \(found("crash")) crashed, \(found("hang")) hung, "
        + "\(found("violation")) broke a law")
  }

  private static func tenths(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }

  private static func padded(_ count: Int) -> String {
    let text = "\(count)"
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
  }
}
