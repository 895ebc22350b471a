// Owns the arithmetic of the reference, from its definitions and in wider numbers than the evaluator's.
import Events
import Foundation

@testable import Policy

enum ReferenceNumbers {
  /// To the nearest whole number, halves away from zero; `divisor` is above zero.
  static func rounded(_ value: Int128, by divisor: Int128) -> Int128 {
    let magnitude = (2 * value.magnitude + divisor.magnitude) / (2 * divisor.magnitude)
    return value < 0 ? -Int128(magnitude) : Int128(magnitude)
  }

  /// y = y₀ + (y₁ − y₀)·(x − x₀)/(x₁ − x₀), rounded once; flat beyond the ends.
  static func onLine(_ points: [PolicyDocument.LinePoint], at x: Int64) -> Int {
    guard let first = points.first, let last = points.last else { return 0 }
    if x <= first.x { return Int(first.points) }
    for (left, right) in zip(points, points.dropFirst()) where x <= right.x {
      let width = Int128(right.x - left.x)
      let rise = Int128(right.points - left.points) * Int128(x - left.x)
      return Int(rounded(Int128(left.points) * width + rise, by: width))
    }
    return Int(last.points)
  }

  /// Thousandths times thousandths.
  static func product(_ value: Int64, _ factor: Int64) -> Int {
    Int(clamping: rounded(Int128(value) * Int128(factor), by: 1_000_000))
  }

  /// The rating stretched to the scale that policies speak of.
  static func usualScale(_ rating: Rating) -> Int64 {
    let least = Int128(rating.kind.lowest * 1000)
    let top = Int128(rating.kind.defaultScale * 1000)
    let width = Int128(rating.scale) - least
    return Int64(least + rounded((Int128(rating.value) - least) * (top - least), by: width))
  }
}

/// Whether words stand in an event's text or title, compared as people do: without case and accents.
enum ReferenceText {
  static func has(_ pattern: String, _ event: PlainEvent) -> Bool {
    let wanted = words(pattern)
    let texts = event.isIncident ? [event.text, event.title] : [event.text]
    return texts.contains { text in
      let words = words(text)
      return words.indices.contains { start in
        words[start...].prefix(wanted.count).elementsEqual(wanted)
          || (pattern.hasSuffix("*") && begins(words[start...], with: wanted))
      }
    }
  }

  /// All but the last word are equal, and the last one begins as it should.
  private static func begins(_ words: ArraySlice<String>, with wanted: [String]) -> Bool {
    guard words.count >= wanted.count, let last = wanted.last else { return false }
    let found = Array(words.prefix(wanted.count))
    return found.dropLast().elementsEqual(wanted.dropLast()) && found[found.count - 1].hasPrefix(last)
  }

  private static func words(_ text: String) -> [String] {
    text.replacing("œ", with: "oe").replacing("Œ", with: "oe").replacing("ß", with: "ss")
      .folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "en"))
      .split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
