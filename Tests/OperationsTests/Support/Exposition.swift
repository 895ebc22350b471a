// Owns an independent reader of Prometheus' text format 0.0.4, written from its description.

/// One line of samples, or what is wrong with a line.
struct Exposition {
  struct Series: Hashable {
    var name: String
    var labels: [String: String]
  }

  var help: [String: String] = [:]
  var types: [String: String] = [:]
  var values: [Series: Double] = [:]
  var order: [Series] = []
  var mistakes: [String] = []

  init(_ text: String) {
    if !text.isEmpty && !text.hasSuffix("\n") { mistakes.append("the last line does not end") }
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: true) {
      take(String(line))
    }
  }

  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    values[Series(name: name, labels: labels)]
  }

  /// The sum over all series of a name whose labels include these.
  func sum(_ name: String, _ labels: [String: String] = [:]) -> Double {
    values.filter { series, _ in
      series.name == name && labels.allSatisfy { series.labels[$0.key] == $0.value }
    }.values.reduce(0, +)
  }

  /// The family a series belongs to: histograms have three suffixes.
  func family(of name: String) -> String {
    for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
      let stem = String(name.dropLast(suffix.count))
      if types[stem] == "histogram" { return stem }
    }
    return name
  }

  private mutating func take(_ line: String) {
    if line.hasPrefix("# HELP ") || line.hasPrefix("# TYPE ") {
      let words = line.dropFirst(7).split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { return mistakes.append("no text: \(line)") }
      let name = String(words[0])
      if line.hasPrefix("# HELP ") {
        if help.updateValue(String(words[1]), forKey: name) != nil { mistakes.append("HELP twice: \(name)") }
      } else {
        if types.updateValue(String(words[1]), forKey: name) != nil { mistakes.append("TYPE twice: \(name)") }
      }
      return
    }
    var rest = Array(line.unicodeScalars)[...]
    let name = Self.word(&rest)
    var labels: [String: String] = [:]
    if rest.first == "{" {
      rest.removeFirst()
      while let next = rest.first, next != "}" {
        if next == "," { rest.removeFirst() }
        let label = Self.word(&rest)
        guard rest.popFirst() == "=", rest.popFirst() == "\"", let value = Self.quoted(&rest) else {
          return mistakes.append("a label is broken: \(line)")
        }
        if labels.updateValue(value, forKey: label) != nil { mistakes.append("a label twice: \(line)") }
      }
      guard rest.popFirst() == "}" else { return mistakes.append("labels do not end: \(line)") }
    }
    var digits = ""
    digits.unicodeScalars.append(contentsOf: rest.dropFirst())
    guard rest.first == " ", let value = Double(digits) else {
      return mistakes.append("no number: \(line)")
    }
    let series = Series(name: name, labels: labels)
    if values.updateValue(value, forKey: series) != nil { mistakes.append("a series twice: \(line)") }
    order.append(series)
  }

  private static func word(_ rest: inout ArraySlice<Unicode.Scalar>) -> String {
    var word = ""
    while let next = rest.first,
      next.properties.isAlphabetic && next.isASCII || "0123456789_:".unicodeScalars.contains(next)
    {
      word.unicodeScalars.append(next)
      rest.removeFirst()
    }
    return word
  }

  private static func quoted(_ rest: inout ArraySlice<Unicode.Scalar>) -> String? {
    var text = ""
    while let next = rest.popFirst() {
      if next == "\"" { return text }
      guard next == "\\" else {
        text.unicodeScalars.append(next)
        continue
      }
      switch rest.popFirst() {
      case "n": text += "\n"
      case "\\": text += "\\"
      case "\"": text += "\""
      default: return nil
      }
    }
    return nil
  }
}
