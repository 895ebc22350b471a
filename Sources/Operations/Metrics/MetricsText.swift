// Owns the text that Prometheus reads: exposition format 0.0.4, https://prometheus.io/docs/instrumenting/exposition_formats/
import Streams

/// Writes metrics, one family after the other. A family without samples leaves no trace.
struct MetricsText {
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private(set) var text = ""

  mutating func write(_ metric: Metric, _ samples: [Sample]) {
    guard !samples.isEmpty else { return }
    head(metric)
    for sample in samples { line(metric.name, metric.labels, sample.labels, sample.value) }
  }

  /// A histogram of durations, in seconds, its buckets cumulative.
  mutating func write(_ metric: Metric, _ histograms: [(labels: [String], durations: DurationHistogram)]) {
    guard !histograms.isEmpty else { return }
    head(metric)
    let names = metric.labels + ["le"]
    for (labels, durations) in histograms {
      var below: Int64 = 0
      for (bound, count) in zip(DurationHistogram.bounds, durations.counts) {
        below &+= count
        let le = Self.text(.seconds(bound))
        line("\(metric.name)_bucket", names, labels + [le], .integer(below))
      }
      line("\(metric.name)_bucket", names, labels + ["+Inf"], .integer(durations.count))
      line("\(metric.name)_sum", metric.labels, labels, .seconds(durations.sum))
      line("\(metric.name)_count", metric.labels, labels, .integer(durations.count))
    }
  }

  private mutating func head(_ metric: Metric) {
    text += "# HELP \(metric.name) \(Self.escaped(metric.help, quotes: false))\n"
    text += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
  }

  private mutating func line(_ name: String, _ names: [String], _ labels: [String], _ value: MetricValue) {
    text += name
    if !labels.isEmpty {
      text += "{"
      for (index, (name, label)) in zip(names, labels).enumerated() {
        if index > 0 { text += "," }
        text += "\(name)=\"\(Self.escaped(label, quotes: true))\""
      }
      text += "}"
    }
    text += " \(Self.text(value))\n"
  }

  static func text(_ value: MetricValue) -> String {
    switch value {
    case .integer(let number): return String(number)
    case .number(let number):
      if number.isNaN { return "NaN" }
      if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
      // Shortest digits that read back as the same number.
      return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
    }
  }

  /// A backslash and a line feed are written as two characters, and in label values the quote too.
  static func escaped(_ text: String, quotes: Bool) -> String {
    guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x22 }) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
