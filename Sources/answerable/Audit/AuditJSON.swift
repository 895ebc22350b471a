// Owns an audit as a script reads it: one JSON object.
import Roles

struct AuditJSON: Encodable {
  struct Receipt: Encodable {
    var topic: String
    var partition: Int32
    var from: Int64
    var until: Int64
    var records: Int64
    var decided: Int64
    var deadLetters: Int64
    var waiting: Int64
    var before: Int64
    var content: String
  }
  struct Gap: Encodable {
    var kind: String
    var topic: String
    var partition: Int32
    var offset: Int64
    var what: String
  }
  var proven: Bool
  var since: String?
  var until: String?
  var notes: [String]
  var digest: String
  var receipts: [Receipt]
  var gapCount: Int64
  var gaps: [Gap]

  init(_ report: AuditReport) {
    proven = report.isProven
    since = report.since.map(Clock.full)
    until = report.until.map(Clock.full)
    notes = report.notes
    digest = report.digest
    receipts = report.receipts.map {
      Receipt(
        topic: $0.place.topic, partition: $0.place.partition, from: $0.range.lowerBound,
        until: $0.range.upperBound, records: $0.records, decided: $0.decided, deadLetters: $0.deadLetters,
        waiting: $0.waiting, before: $0.before, content: String($0.content, radix: 16))
    }
    gapCount = report.gapCount
    gaps = report.gaps.map {
      Gap(
        kind: $0.kind.rawValue, topic: $0.place.topic, partition: $0.place.partition, offset: $0.offset,
        what: $0.what)
    }
  }
}
