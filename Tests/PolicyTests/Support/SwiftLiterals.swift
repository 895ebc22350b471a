// Owns reading the string literals of a Swift source: what a test needs to find every sentence that code can say.

/// The literals of a source text, each as the fragments between its interpolations. Literals inside an
/// interpolation count by themselves. Comments are left out; literals of several lines are not understood.
struct SwiftLiterals {
  private let text: [Character]
  private var at = 0
  private var found: [[String]] = []

  static func of(_ source: String) -> [[String]] {
    var reader = SwiftLiterals(text: Array(source))
    reader.code(isNested: false)
    return reader.found
  }

  private init(text: [Character]) { self.text = text }

  /// Reads code to its end, or to the parenthesis that closes an interpolation.
  private mutating func code(isNested: Bool) {
    var depth = 1
    while at < text.count {
      let character = text[at]
      at += 1
      switch character {
      case "/" where at < text.count && text[at] == "/":
        while at < text.count, !text[at].isNewline { at += 1 }
      case "\"": literal()
      case "(": depth += 1
      case ")":
        depth -= 1
        if isNested, depth == 0 { return }
      default: break
      }
    }
  }

  private mutating func literal() {
    var fragments = [""]
    while at < text.count, text[at] != "\"" {
      guard text[at] == "\\", at + 1 < text.count else {
        fragments[fragments.count - 1].append(text[at])
        at += 1
        continue
      }
      let escaped = text[at + 1]
      at += 2
      if escaped == "(" {
        code(isNested: true)
        fragments.append("")
      } else {
        fragments[fragments.count - 1].append(escaped == "n" ? "\n" : escaped)
      }
    }
    at += 1
    found.append(fragments)
  }
}
