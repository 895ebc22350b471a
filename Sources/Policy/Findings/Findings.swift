// Owns the gathering of mistakes: all of them at once, each once, in the order of reading.

/// What a check has found so far. One collector goes through all four steps.
package final class Findings {
  private var found: Set<Finding> = []
  private var noted: Set<Finding> = []
  /// Grows with every error that is said: what a step compares to know whether it met one.
  private(set) var errorCount = 0

  package init() {}

  package func error(_ place: Place, _ message: String) { add(Finding(.error, place, message)) }
  package func warning(_ place: Place, _ message: String) { add(Finding(.warning, place, message)) }
  /// How things are, without being a mistake; told apart from the others.
  package func note(_ place: Place, _ message: String) { noted.insert(Finding(.note, place, message)) }
  package func add(_ finding: Finding) {
    found.insert(finding)
    if finding.level == .error { errorCount += 1 }
  }

  package var sorted: [Finding] { found.sorted() }
  /// Of a policy with mistakes, how things are is not yet how they will be.
  package var notes: [Finding] { hasErrors ? [] : noted.sorted() }
  package var hasErrors: Bool { errorCount > 0 }
  func hasError(where matches: (Finding) -> Bool) -> Bool {
    found.contains { $0.level == .error && matches($0) }
  }
}
