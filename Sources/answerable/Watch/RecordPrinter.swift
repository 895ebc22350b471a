// Owns how a record of any topic is printed: in words, or as JSON with its coordinates.
import Console
import Events
import Foundation
import Policy
import Roles

struct RecordPrinter {
  private let stream: TextStream
  private let asJSON: Bool
  private let decoder = SignalDecoder()

  init(_ stream: TextStream, asJSON: Bool) {
    self.stream = stream
    self.asJSON = asJSON
  }

  func print(_ record: ScannedRecord, _ topic: Topic) {
    if asJSON { return stream.line(RecordJSON.text(record)) }
    switch topic {
    case .signals: printSignal(record)
    case .deadLetters: printDeadLetter(record)
    case .policies: printPolicy(record)
    case .feedback, .incidents, .caseUpdates, .remedies, .layout: printPlain(record)
    }
  }

  private func printSignal(_ record: ScannedRecord) {
    (record.value ?? []).withUnsafeBytes { bytes in
      do throws(EventRefusal) {
        SignalText(stream).print(try decoder.decode(bytes))
      } catch {
        stream.line("\(place(record))  \(stream.styled("is no signal", .red)): \(error)")
      }
    }
  }

  private func printDeadLetter(_ record: ScannedRecord) {
    do throws(EventRefusal) {
      DeadLetterText(stream).printLine(try DeadLetter(record))
    } catch {
      stream.line("\(place(record))  \(stream.styled("is no dead letter", .red)): \(error)")
    }
  }

  private func printPolicy(_ record: ScannedRecord) {
    guard let policy = try? PolicyRecord.decode(record.value ?? []) else { return printPlain(record) }
    let note = policy.note.isEmpty ? "" : ": \(TextWidth.printable(policy.note))"
    stream.line(
      "\(Clock.minute(record.timestamp))  policy epoch \(record.offset) (\(policy.revision.prefix(12))) by "
        + "\(TextWidth.printable(policy.by))\(note)")
  }

  private func printPlain(_ record: ScannedRecord) {
    let value = record.value.map { String(decoding: $0, as: UTF8.self) } ?? "(no value)"
    let head = "\(Clock.minute(record.timestamp))  \(place(record))  "
    let room = max(20, stream.width - TextWidth.columns(head))
    stream.line(head + TextWidth.cut(TextWidth.printable(value), to: room))
  }

  private func place(_ record: ScannedRecord) -> String { "\(record.partition)@\(record.offset)" }
}

/// A record as a script reads it.
enum RecordJSON {
  /// The value stands as it is when it is JSON, as text otherwise.
  static func text(_ record: ScannedRecord) -> String {
    var object: [String: Any] = [
      "topic": record.partition.topic, "partition": Int(record.partition.partition), "offset": record.offset,
      "timestamp": Clock.full(record.timestamp),
    ]
    if let key = record.key { object["key"] = String(decoding: key, as: UTF8.self) }
    if !record.headers.isEmpty {
      object["headers"] = record.headers.map { header in
        [
          "name": header.name,
          "value": header.value.map { String(decoding: $0, as: UTF8.self) } as Any? ?? NSNull(),
        ]
      }
    }
    if let value = record.value {
      let data = Data(value)
      object["value"] =
        (try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed))
        ?? String(decoding: value, as: UTF8.self)
    }
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    guard let text = try? JSONSerialization.data(withJSONObject: object, options: options) else {
      return "{}"
    }
    return String(decoding: text, as: UTF8.self)
  }
}
