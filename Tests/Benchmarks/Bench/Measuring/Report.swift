// Owns how figures are shown: a table for people, and one line of JSON for programs.
import Console
import Foundation

/// The rows of one benchmark.
struct Report {
  private var table: Table
  private var json: [String: Double] = [:]
  private let benchmark: String

  init(_ benchmark: String, columns: [String]) {
    self.benchmark = benchmark
    table = Table(
      columns.enumerated().map { Table.Column($1, alignRight: $0 > 0 && $0 < columns.count - 1) })
  }

  mutating func row(_ cells: [String]) { table.add(cells) }

  /// A figure under a stable name: `decode.ratio`.
  mutating func figure(_ name: String, _ value: Double?) {
    guard let value, value.isFinite else { return }
    json[name] = (value * 1000).rounded() / 1000
  }

  func print(to terminal: Terminal) throws {
    table.print(to: terminal.out)
    var object: [String: Any] = json
    object["benchmark"] = benchmark
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    terminal.out.line(String(decoding: data, as: UTF8.self))
  }
}

/// What all benchmarks are told.
enum Common {
  static let seconds = Option<Int>.integer(
    "seconds", nil, "N", "How long to measure.", in: 1...3_600, default: 10)
  static let rounds = Option<Int>.integer(
    "rounds", nil, "N", "How often each side has its turn.", in: 1...1_000, default: 3)
  static let brokers = Option<String>.text(
    "brokers", nil, "LIST", "Where the Kafka is that the worker is to use.", default: "")

  /// `✓ at most 2` or `✗ at most 2`
  static func goal(_ text: String, _ isMet: Bool) -> String { "\(isMet ? "✓" : "✗") \(text)" }
}

/// Why a benchmark could not be run.
struct BenchFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
