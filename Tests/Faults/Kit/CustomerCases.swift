// Owns the cases that remedies are asked for in: one of each customer, opened before anything else happens.
import Foundation
import Kafka
import Privacy
import Roles
import Secrets
import Streams

/// Customers `guest-0` and on, of a deployment whose workers run.
package struct CustomerCases: Sendable {
  private let ids: [String]

  package init(_ count: Int, secret: String) throws {
    let keys = try SubjectKeyMaker(secret: Secret(secret))
    ids = try (0..<count).map { number in
      var key: [UInt8] = []
      try Array("customer".utf8).withUnsafeBytes { kind in
        try Array("guest-\(number)".utf8).withUnsafeBytes { try keys.key(kind: kind, id: $0, into: &key) }
      }
      return String(decoding: key, as: UTF8.self) + "-1"
    }
  }

  package var count: Int { ids.count }

  /// One contact of each, so angry that it opens a case; waits until all of them have one.
  package func open(_ log: KafkaLog, prefix: String) throws {
    let follower = try DecisionFollower(log: log, prefix: prefix)
    defer { follower.close() }
    let load = try EventLoad(log: log, prefix: prefix, rate: 500, isPersistent: true, limit: count) {
      number in
      (
        0, "guest-\(number)",
        #"{"id":"fb-\#(number)","occurredAt":"2026-11-24T08:00:00Z","source":"proof","touchpoint":"invoice","#
          + #""subject":{"kind":"customer","id":"guest-\#(number)"},"rating":{"kind":"nps","value":0}}"#
      )
    }
    _ = try load.finish()
    if let missing = try follower.settle((0..<count).map { "fb-\($0)" }, seconds: 90) {
      throw FaultRunFailure(description: "not every case opens: \(missing)")
    }
  }

  /// The id of a customer's case.
  package func id(_ customer: Int) -> String { ids[customer] }
}
