// Owns what a metric is before any value: its name, kind, labels and the sentence that explains it.

/// A metric as Prometheus knows it.
public struct Metric: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case counter, gauge, histogram }

  /// `answerable_records_total`
  public let name: String
  public let kind: Kind
  /// Names of its labels, in order.
  public let labels: [String]
  /// One sentence: what is counted, and its unit where the name does not say it.
  public let help: String

  init(_ name: String, _ kind: Kind, _ labels: [String] = [], _ help: String) {
    self.name = name
    self.kind = kind
    self.labels = labels
    self.help = help
  }
}

/// A number of a metric.
enum MetricValue: Sendable, Hashable {
  case integer(Int64)
  case number(Double)
  static func flag(_ isOn: Bool) -> MetricValue { .integer(isOn ? 1 : 0) }
  static func seconds(_ milliseconds: Int64) -> MetricValue { .number(Double(milliseconds) / 1_000) }
}

/// One time series of a metric and its value now.
struct Sample: Sendable, Hashable {
  /// Values of the metric's labels, in their order.
  let labels: [String]
  let value: MetricValue

  init(_ labels: [String], _ value: MetricValue) {
    self.labels = labels
    self.value = value
  }

  init(_ labels: [String], _ value: Int64) { self.init(labels, .integer(value)) }
}
