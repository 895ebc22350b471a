// Owns the guarantee that what is written is Prometheus' text format and says what it was given.
import Kafka
import Streams
import Testing

@testable import Operations

struct MetricsTextTests {
  private static let odd = Metric("odd_total", .counter, ["a", "b"], "back\\slash \"quote\"\nsecond line")

  private func read(_ write: (inout MetricsText) -> Void) -> Exposition {
    var text = MetricsText()
    write(&text)
    return Exposition(text.text)
  }

  @Test func aFamilyHasItsHelpAndTypeBeforeItsSamples() {
    var text = MetricsText()
    text.write(Self.odd, [Sample(["x", "y"], 7), Sample(["x", "z"], .number(0.25))])
    #expect(
      text.text == """
        # HELP odd_total back\\\\slash "quote"\\nsecond line
        # TYPE odd_total counter
        odd_total{a="x",b="y"} 7
        odd_total{a="x",b="z"} 0.25

        """)
  }

  @Test func aFamilyWithoutSamplesLeavesNoTrace() {
    var text = MetricsText()
    text.write(Self.odd, [Sample]())
    text.write(.commitTimes, [(labels: [String], durations: DurationHistogram)]())
    #expect(text.text == "")
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func whatIsWrittenReadsBackAsItWas(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var wanted: [Exposition.Series: Double] = [:]
    var samples: [Sample] = []
    for _ in 0..<8 {
      let (a, b) = (random.text(), random.text())
      let number = Double.random(in: -1e9...1e9, using: &random)
      guard wanted.updateValue(number, forKey: .init(name: "odd_total", labels: ["a": a, "b": b])) == nil
      else { continue }
      samples.append(Sample([a, b], .number(number)))
    }
    let page = read { $0.write(Self.odd, samples) }
    #expect(page.mistakes == [])
    #expect(page.values == wanted)
  }

  @Test(arguments: [
    (0.0, "0"), (1.0, "1"), (-3.0, "-3"), (0.075, "0.075"), (300.0, "300"), (.infinity, "+Inf"),
    (-.infinity, "-Inf"), (.nan, "NaN"), (1e300, "1e+300"), (5e-05, "5e-05"),
  ])
  func numbersAreWrittenAsPrometheusReadsThem(_ number: Double, _ wanted: String) {
    #expect(MetricsText.text(.number(number)) == wanted)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func bucketsOfAHistogramAreCumulativeAndEndAtItsCount(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var durations = DurationHistogram()
    let given = (0..<200).map { _ in Int64.random(in: 0...400_000, using: &random) }
    for duration in given { durations.add(duration) }
    let page = read { $0.write(.commitTimes, [(["intake", "0"], durations)]) }
    let name = Metric.commitTimes.name
    let labels = ["role": "intake", "worker": "0"]
    for bound in DurationHistogram.bounds {
      let le = MetricsText.text(.seconds(bound))
      let below = page.value("\(name)_bucket", labels.merging(["le": le]) { $1 })
      #expect(below == Double(given.count { $0 <= bound }), "below \(le)")
    }
    #expect(page.value("\(name)_bucket", labels.merging(["le": "+Inf"]) { $1 }) == 200)
    #expect(page.value("\(name)_count", labels) == 200)
    #expect(page.value("\(name)_sum", labels) == Double(given.reduce(0, +)) / 1_000)
  }
}
