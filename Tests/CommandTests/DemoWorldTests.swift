// Owns the guarantees of the demo's world: the same seed gives the same week, and a believable one.
import Events
import Testing

@testable import answerable

struct DemoWorldTests {
  private static let week = World(seed: 3, subjectKey: key)

  /// A key of the right shape, made from the subject without a secret.
  static func key(_ kind: String, _ id: String) -> String {
    var chance = Chance(seed: UInt64(id.utf8.reduce(0) { $0 &* 31 &+ Int($1) } & 0xFFFF_FFFF), part: "key")
    let digits = (0..<32).map { _ in String(chance.below(16), radix: 16) }.joined()
    return "\(kind.prefix(1))-\(digits)"
  }

  /// The outcome of decoding, as text that can be compared: the event's id, or the code of the refusal.
  static func decode(_ record: WireRecord, _ decoder: EventDecoder) -> Result<String, EventRefusal> {
    var bytes: [UInt8] = []
    var spans: [(name: Range<Int>, value: Range<Int>)] = []
    for header in record.headers {
      let start = bytes.count
      bytes += header.name.utf8
      let middle = bytes.count
      bytes += header.value.utf8
      spans.append((start..<middle, middle..<bytes.count))
    }
    return bytes.withUnsafeBytes { bytes in
      var headers = EventHeaders()
      for span in spans {
        headers.add(
          name: UnsafeRawBufferPointer(rebasing: bytes[span.name]),
          value: UnsafeRawBufferPointer(rebasing: bytes[span.value]))
      }
      return record.value.withUnsafeBytes { value in
        do throws(EventRefusal) {
          return .success(try decoder.decode(record.kind, value: value, headers: headers).id.string)
        } catch {
          return .failure(error)
        }
      }
    }
  }

  @Test func theSameSeedGivesTheSameBytes() {
    let (one, two) = (World(seed: 11, subjectKey: Self.key), World(seed: 11, subjectKey: Self.key))
    #expect(one.records.map(\.value) == two.records.map(\.value))
    #expect(one.records.map(\.sentAt) == two.records.map(\.sentAt))
    #expect(one.records.map(\.key) == two.records.map(\.key))
  }

  @Test func anotherSeedGivesAnotherWeek() {
    let (one, two) = (World(seed: 11, subjectKey: Self.key), World(seed: 12, subjectKey: Self.key))
    #expect(one.records.map(\.value) != two.records.map(\.value))
  }

  @Test func aSeedDrawsTheSameNumbersForEver() {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var chance = Chance(seed: 1, part: "forever")
    for _ in 0..<1000 { hash = (hash ^ chance.next()) &* 0x0000_0100_0000_01B3 }
    #expect(hash == 7_283_382_689_721_220_918)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func everyWellFormedEventDecodesAndEveryMistakeIsRefusedForWhatItIs(seed: UInt64) {
    let decoder = EventDecoder()
    for record in World(seed: seed, subjectKey: Self.key).records {
      switch (Self.decode(record, decoder), record.mistake) {
      case (.success, nil): continue
      case (.failure(let refusal), let mistake?): #expect(refusal.code == mistake.code)
      case (let outcome, let mistake):
        Issue.record("\(outcome), mistake \(String(describing: mistake))")
      }
    }
  }

  @Test func aWeekHasEveryKindOfMistakeAndEveryForm() {
    let records = Self.week.records
    #expect(Set(records.compactMap(\.mistake)) == Set(Mistake.allCases))
    #expect(Set(records.map(\.kind)) == Set(EventKind.allCases))
    #expect(records.contains { $0.headers.contains { $0.name == "ce_id" } })
    #expect(records.contains { $0.headers.contains { $0.value == "application/cloudevents+json" } })
  }

  @Test(arguments: [7, 8] as [UInt64])
  func aWeekIsOfTheSizeThatIsPromisedAndInOrder(seed: UInt64) {
    let records = World(seed: seed, subjectKey: Self.key).records
    #expect((10_500...12_500).contains(records.count))
    #expect(zip(records, records.dropFirst()).allSatisfy { $0.sentAt <= $1.sentAt })
    #expect(records.allSatisfy { $0.sentAt >= WeekTime.start && $0.sentAt < WeekTime.end })
  }

  @Test func idsAreUniqueAtTheirSource() {
    let decoder = EventDecoder()
    let ids = Self.week.records.compactMap { record in
      try? Self.decode(record, decoder).get()
    }
    #expect(ids.count == Set(ids).count)
  }

  @Test func peopleSleepAtNightAndCheckInInTheEvening() {
    let hours = Self.week.records.map { WeekTime.minuteOfDay($0.sentAt) / 60 }
    let night = hours.filter { (2..<6).contains($0) }.count
    let evening = hours.filter { (16..<20).contains($0) }.count
    #expect(evening > 3 * night)
  }
}
