// Owns the wording of refusals: off the hot path, the same sentence for the same mistake everywhere.

enum Refuse {
  @inline(never)
  static func duplicate(_ field: String) -> EventRefusal {
    EventRefusal(.duplicateField, field: field, reason: "stands more than once")
  }

  @inline(never)
  static func wrongType(_ field: String, expected: String, found: JSONDocument.Kind) -> EventRefusal {
    EventRefusal(.wrongType, field: field, reason: "must be \(expected), is \(found.name)")
  }

  @inline(never)
  static func text(_ fault: TextLimit.Fault, at field: String, _ limit: TextLimit) -> EventRefusal {
    switch fault {
    case .tooLong:
      EventRefusal(.tooLong, field: field, reason: "is longer than \(limit.characters) characters")
    case .control:
      EventRefusal(.controlCharacter, field: field, reason: "contains a control character")
    }
  }

  /// Paths inside of an array begin `FIELD[].`: the entry at fault is put between the brackets.
  @inline(never)
  static func inEntry(_ index: Int, of field: String, _ refusal: EventRefusal) -> EventRefusal {
    var refusal = refusal
    let rest = refusal.field.hasPrefix(field + "[]") ? refusal.field.dropFirst(field.count + 2) : ""
    refusal.field = "\(field)[\(index)]\(rest)"
    return refusal
  }

  @inline(never)
  static func time(_ field: String) -> EventRefusal {
    EventRefusal(
      .invalidTime, field: field,
      reason: "is not an RFC 3339 time of the years 1970 to 9999, like 2026-03-01T09:30:00Z")
  }

  /// Names what is allowed and the nearest of it, never what was sent.
  @inline(never)
  static func unknown(_ text: UnsafeRawBufferPointer, at field: String, _ allowed: [String]) -> EventRefusal {
    let list = allowed.joined(separator: ", ")
    var reason = allowed.count == 1 ? "must be \(list)" : "is not one of \(list)"
    if text.count <= 64,
      let near = Suggestion.nearest(to: String(decoding: text, as: UTF8.self), among: allowed)
    {
      reason += " (did you mean \"\(near)\"?)"
    }
    return EventRefusal(.unknownValue, field: field, reason: reason)
  }
}

/// Finds what somebody probably meant.
enum Suggestion {
  /// The allowed word with the fewest edits, case ignored, when those are at most a third of its length
  /// (but one at least); of equals the first.
  static func nearest(to word: String, among allowed: [String]) -> String? {
    let typed = Array(word.lowercased().unicodeScalars)
    var best: (word: String, edits: Int)?
    for candidate in allowed {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let edits = distance(typed, letters)
      guard edits <= max(1, letters.count / 3), edits < best?.edits ?? .max else { continue }
      best = (candidate, edits)
    }
    return best?.word
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var previous = [Int](repeating: 0, count: b.count + 1)
    var row = Array(0...b.count)
    for i in a.indices {
      let beforePrevious = previous
      previous = row
      row[0] = i + 1
      for j in b.indices {
        let substituted = previous[j] + (a[i] == b[j] ? 0 : 1)
        row[j + 1] = min(substituted, previous[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          row[j + 1] = min(row[j + 1], beforePrevious[j - 1] + 1)
        }
      }
    }
    return row[b.count]
  }
}
