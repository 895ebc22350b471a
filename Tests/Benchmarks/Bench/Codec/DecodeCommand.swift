// Owns `bench decode`: events from bytes, beside Foundation's two ways on the same bytes.
import Console
import Events
import Foundation

enum DecodeCommand {
  static let command = Command(
    "decode", "decode events, against JSONDecoder and JSONSerialization on the same bytes",
    details: [
      "Ours validates everything the contracts ask for, times, words and lengths included; Foundation's only parse. "
        + "Nanoseconds of processor time an event, medians of rounds in turn, on one thread."
    ],
    options: [OptionGroup("Options", [Common.seconds.spec])],
    body: { invocation, terminal in
      // Bare events: an envelope would be another type for Foundation.
      let events = try EventTemplates.deck(mistakes: false).filter { !$0.isCloudEvent }.prefix(1000)
        .enumerated().map { (kind: $1.kind, bytes: $1.filled($0)) }
      let datas = events.map { Data($0.bytes) }
      let decoder = EventDecoder()
      let foundation = JSONDecoder()
      let found = try Contest.run(
        [
          .init(name: "ours") {
            for event in events {
              try event.bytes.withUnsafeBytes { bytes throws in
                consume(try decoder.decode(event.kind, value: bytes).occurredAt)
              }
            }
          },
          .init(name: "JSONDecoder") {
            for data in datas { consume(try foundation.decode(EventModel.self, from: data).id.utf8.count) }
          },
          .init(name: "JSONSerialization") {
            for data in datas { consume(try JSONSerialization.jsonObject(with: data)) }
          },
        ], events: events.count, seconds: Double(invocation[Common.seconds]))
      let bytes = Double(events.reduce(0) { $0 + $1.bytes.count }) / Double(events.count)
      try codecReport("decode", found, bytes: bytes).print(to: terminal)
      return .success
    })
}

/// Rows for ours and Foundation's two.
func codecReport(_ name: String, _ found: [String: Double], bytes: Double) -> Report {
  var report = Report(name, columns: ["", "ns an event", "MB/s", "times ours"])
  let ours = found["ours"] ?? .nan
  report.figure("bytes", bytes)
  for (title, key) in [
    ("Answerable", "ours"), ("Foundation JSONDecoder", "JSONDecoder"),
    ("Foundation JSONEncoder", "JSONEncoder"), ("Foundation JSONSerialization", "JSONSerialization"),
  ] {
    guard let value = found[key] else { continue }
    report.figure(key, value)
    if key != "ours" { report.figure("\(key).ratio", value / ours) }
    report.row([title, value.text(0), (bytes / value * 1000).text(0), (value / ours).text(1)])
  }
  return report
}
