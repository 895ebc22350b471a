// Owns how much work a proof may take: counted in steps, so that every machine says the same of a policy.

/// A step is one look at one part of a condition. Questions that real policies raise take a few hundred; the bounds
/// keep a policy that was made to be hard from stopping an author's editor or a CI.
final class Budget {
  /// For one question.
  let question: Int
  /// For all questions of one proof together.
  private(set) var left: Int
  private(set) var spent = 0
  private var asked = 0

  init(question: Int = 500_000, total: Int) {
    self.question = question
    left = total
  }

  /// For as many rules: a few seconds' worth at most.
  convenience init(rules: Int) { self.init(total: 10_000_000 + 10_000 * min(rules, 100_000)) }

  func beginQuestion() { asked = 0 }

  /// False once either bound is reached.
  func spend(_ steps: Int) -> Bool {
    asked += steps
    spent += steps
    left -= steps
    return asked <= question && left > 0
  }
}
