// Owns one producer of remedies: in transactions, at a steady rate, sent again until they are there.
import Foundation
import Kafka
import Roles
import Streams

/// A remedy as somebody asks for it, on a case of its own subject.
package struct AskedRemedy: Sendable {
  package var id: String
  package var caseID: String
  package var person: String
  package var action: String
  /// Cents.
  package var minor: Int

  package init(id: String, caseID: String, person: String, action: String, minor: Int) {
    (self.id, self.caseID, self.person, self.action, self.minor) = (id, caseID, person, action, minor)
  }

  package var json: String {
    #"{"id":"\#(id)","occurredAt":"2026-11-24T08:00:00Z","source":"till","case":"\#(caseID)","actor":{"id":"\#(person)""#
      + #","role":"clerk","team":"front-desk"},"action":"\#(action)","amount":{"minor":\#(minor),"currency":"EUR"},"#
      + #""reason":"proof"}"#
  }
}

/// Appends to `remedies` and `case-updates` of a deployment, each batch in a transaction; one that failed is sent again
/// by a new producer, and what an unknown outcome doubles carries the same id.
package final class FrontlineProducer {
  private let log: KafkaLog
  private let topics: [String]
  private let name: String
  private var appender: RecordAppender<KafkaLog>?
  private static let patience = 60

  package init(log: KafkaLog, prefix: String, name: String) {
    self.log = log
    topics = [Topic.remedies, .caseUpdates].map { $0.name(prefix: prefix) }
    self.name = "\(prefix)\(name)"
  }

  package func send(remedies: [AskedRemedy]) throws {
    try send(remedies.map { (0, $0.caseID, $0.json) })
  }

  /// Acts about claims: the case's id and the JSON of each.
  package func send(acts: [(caseID: String, json: String)]) throws {
    try send(acts.map { (1, $0.caseID, $0.json) })
  }

  private func send(_ records: [(topic: Int, key: String, value: String)]) throws {
    guard !records.isEmpty else { return }
    for attempt in 1... {
      do {
        let appender = try opened()
        for record in records {
          try appender.append(record.topic, key: Array(record.key.utf8), value: Array(record.value.utf8))
        }
        return try appender.commit()
      } catch {
        appender?.close()
        appender = nil
        guard attempt < Self.patience else { throw error }
        usleep(500_000)
      }
    }
  }

  private func opened() throws -> RecordAppender<KafkaLog> {
    if let appender { return appender }
    let made = try RecordAppender(log, topics: topics, transactionalID: name)
    appender = made
    return made
  }

  package func close() {
    appender?.close()
    appender = nil
  }
}
