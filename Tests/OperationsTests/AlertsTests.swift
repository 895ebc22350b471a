// Owns the guarantee that the alerts that ship ask for metrics that exist, and fire when they should.
import Foundation
import Testing

@testable import Operations

struct AlertsTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let alerts = root.appendingPathComponent("Deploy/alerts.yaml")

  /// The expressions of the rules: what stands between `expr:` and the next key.
  private func expressions() throws -> [String] {
    let text = try String(contentsOf: Self.alerts, encoding: .utf8)
    var expressions: [String] = []
    var isInside = false
    for line in text.split(separator: "\n") {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("expr:") {
        expressions.append(String(words.dropFirst(5)))
        isInside = true
      } else if words.hasPrefix("for:") || words.hasPrefix("labels:") {
        isInside = false
      } else if isInside, let last = expressions.indices.last {
        expressions[last] += " " + words
      }
    }
    return expressions
  }

  @Test func everyAlertAsksForMetricsThatAreServed() throws {
    var served: Set<String> = []
    for metric in Metric.all {
      served.insert(metric.name)
      if metric.kind == .histogram {
        for suffix in ["_bucket", "_sum", "_count"] { served.insert(metric.name + suffix) }
      }
    }
    let expressions = try expressions()
    #expect(expressions.count >= 10)
    for expression in expressions {
      let names = expression.matches(of: #/answerable_[a-z0-9_]+/#).map { String($0.output) }
      #expect(names.allSatisfy(served.contains), "\(expression)")
      #expect(!names.isEmpty || expression.contains("up{"), "\(expression)")
    }
  }

  @Test(.enabled(if: Promtool.path != nil, "promtool is not installed (Debian package prometheus)"))
  func promtoolFindsThemSoundAndSeesEachFire() throws {
    let cases = Self.root.appendingPathComponent("Tests/OperationsTests/Alerts/alerts.test.yaml")
    for words in [["check", "rules", Self.alerts.path], ["test", "rules", cases.path]] {
      let (status, output) = try Promtool.run(words)
      #expect(status == 0, "\(output)")
      #expect(output.contains("SUCCESS"), "\(output)")
    }
  }
}
