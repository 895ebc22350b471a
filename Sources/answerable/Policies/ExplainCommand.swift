// Owns `explain`.
import Console

enum ExplainCommand {
  static let command = Command("explain", "x", body: { _, _ in .success })
}
