// Owns the gathering of mistakes: all of them at once, each once, in the order of reading.

/// What a check has found so far. One collector goes through all four steps.
final class Findings {
  private var found: Set<Finding> = []

  func error(_ place: Place, _ message: String) { found.insert(Finding(.error, place, message)) }
  func warning(_ place: Place, _ message: String) { found.insert(Finding(.warning, place, message)) }
  func add(_ finding: Finding) { found.insert(finding) }

  var sorted: [Finding] { found.sorted() }
  var hasErrors: Bool { found.contains { $0.level == .error } }
}
