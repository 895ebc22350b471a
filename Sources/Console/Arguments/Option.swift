// Owns options with the type of their value: how texts become values, and what stands in when none is given.
import Secrets

/// A typed option. `Invocation` gives its value: `invocation[threads]`.
public struct Option<Value: Sendable>: Sendable {
  public let spec: OptionSpec
  let read: @Sendable ([String]) throws(BadValue) -> Value
  let fallback: Value

  fileprivate init(
    _ name: String, _ short: Character?, _ kind: OptionSpec.Kind, _ placeholder: String, _ summary: String,
    fallback: Value, defaultText: String?, allowed: [String] = [], completion: OptionSpec.Completion = .none,
    isConfigurable: Bool = true, read: @escaping @Sendable ([String]) throws(BadValue) -> Value
  ) {
    self.read = read
    self.fallback = fallback
    spec = OptionSpec(
      name: name, short: short, kind: kind, placeholder: placeholder, summary: summary,
      defaultText: defaultText, allowed: allowed, completion: completion, isConfigurable: isConfigurable
    ) { texts in
      do throws(BadValue) {
        _ = try read(texts)
        return nil
      } catch {
        return error.reason
      }
    }
  }
}

extension Option where Value == Bool {
  /// On when given. `on`, `true`, `yes`, `1` and their opposites in the environment and in files.
  public static func flag(
    _ name: String, _ short: Character? = nil, _ summary: String, isConfigurable: Bool = true
  ) -> Self {
    Option(
      name, short, .flag, "", summary, fallback: false, defaultText: nil, isConfigurable: isConfigurable
    ) { texts throws(BadValue) in
      switch texts.last?.lowercased() {
      case "on", "true", "yes", "1": return true
      case "off", "false", "no", "0", "": return false
      default: throw BadValue("\"\(texts.last ?? "")\" is neither on nor off")
      }
    }
  }
}

extension Option where Value == String {
  /// A text with a default.
  public static func text(
    _ name: String, _ short: Character? = nil, _ placeholder: String, _ summary: String,
    default fallback: String, completion: OptionSpec.Completion = .none, isConfigurable: Bool = true
  ) -> Self {
    Option(
      name, short, .value, placeholder, summary, fallback: fallback,
      defaultText: fallback.isEmpty ? nil : fallback, completion: completion, isConfigurable: isConfigurable
    ) { texts throws(BadValue) in texts.last ?? fallback }
  }
}

extension Option where Value == String? {
  /// A text that may be absent.
  public static func text(
    _ name: String, _ short: Character? = nil, _ placeholder: String, _ summary: String,
    completion: OptionSpec.Completion = .none, isConfigurable: Bool = true
  ) -> Self {
    Option(
      name, short, .value, placeholder, summary, fallback: nil, defaultText: nil, completion: completion,
      isConfigurable: isConfigurable
    ) { texts throws(BadValue) in
      if texts.last == "" { throw BadValue("needs a value") }
      return texts.last
    }
  }
}

extension Option where Value == Int {
  /// A whole number within a range.
  public static func integer(
    _ name: String, _ short: Character? = nil, _ placeholder: String, _ summary: String,
    in range: ClosedRange<Int>, default fallback: Int, defaultText: String? = nil
  ) -> Self {
    Option(
      name, short, .value, placeholder, summary, fallback: fallback, defaultText: defaultText ?? "\(fallback)"
    ) { texts throws(BadValue) in
      guard let text = texts.last, let value = Int(text), range.contains(value) else {
        let top = range.upperBound == .max ? "on" : "to \(range.upperBound)"
        throw BadValue("\"\(texts.last ?? "")\" is not a whole number from \(range.lowerBound) \(top)")
      }
      return value
    }
  }
}

extension Option where Value == [String] {
  /// Several texts, by repetition or separated by commas; empties are dropped.
  public static func list(
    _ name: String, _ short: Character? = nil, _ placeholder: String, _ summary: String,
    default fallback: [String] = []
  ) -> Self {
    Option(
      name, short, .list, placeholder, summary, fallback: fallback,
      defaultText: fallback.isEmpty ? nil : fallback.joined(separator: ",")
    ) { texts throws(BadValue) in
      texts.flatMap { $0.split(separator: ",").map { String($0.trimmed) } }.filter { !$0.isEmpty }
    }
  }
}

extension Option where Value == [String: String] {
  /// `NAME=VALUE` pairs. Names of secrets are refused on a command line.
  public static func pairs(
    _ name: String, _ short: Character? = nil, _ placeholder: String, _ summary: String
  ) -> Self {
    Option(
      name, short, .pairs, placeholder, summary, fallback: [:], defaultText: nil
    ) { texts throws(BadValue) in
      var pairs: [String: String] = [:]
      for text in texts {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
          throw BadValue("\"\(text)\" is not NAME=VALUE")
        }
        pairs[String(text[..<equals]).trimmed] = String(text[text.index(after: equals)...])
      }
      return pairs
    }
  }
}

extension Option where Value == Secret? {
  /// A secret: `ANSWERABLE_NAME` and nowhere else.
  public static func secret(_ name: String, _ summary: String) -> Self {
    Option(
      name, nil, .environmentOnly, "", summary, fallback: nil, defaultText: nil, isConfigurable: false
    ) { texts throws(BadValue) in texts.last.map { Secret($0) } }
  }
}

extension Option {
  /// One of the words of an enumeration.
  public static func choice(
    _ name: String, _ short: Character? = nil, _ placeholder: String, _ summary: String,
    default fallback: Value,
    isConfigurable: Bool = true
  ) -> Self where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    let allowed = Value.allCases.map(\.rawValue)
    return Option(
      name, short, .value, placeholder, summary, fallback: fallback, defaultText: fallback.rawValue,
      allowed: allowed, isConfigurable: isConfigurable
    ) { texts throws(BadValue) in
      guard let value = Value(rawValue: texts.last ?? "") else {
        throw BadValue(Suggestion.refusal(of: texts.last ?? "", among: allowed))
      }
      return value
    }
  }

  /// Any value that a function reads from one text.
  public static func value(
    _ name: String, _ short: Character? = nil, _ placeholder: String, _ summary: String,
    default fallback: Value,
    defaultText: String? = nil, allowed: [String] = [], isConfigurable: Bool = true,
    read: @escaping @Sendable (String) throws(BadValue) -> Value
  ) -> Self {
    Option(
      name, short, .value, placeholder, summary, fallback: fallback, defaultText: defaultText,
      allowed: allowed,
      isConfigurable: isConfigurable
    ) { texts throws(BadValue) in
      guard let text = texts.last, !text.isEmpty else { throw BadValue("needs a value") }
      return try read(text)
    }
  }
}

extension StringProtocol {
  /// Without the spaces and tabs around it.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first == " " || first == "\t" || first == "\r" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" || last == "\r" { text = text.dropLast() }
    return String(text)
  }
}
