// Owns the layout as a record: how it is written, read, and kept on its topic.
import Foundation
import Kafka
import Streams

/// Why a deployment's layout cannot be used. The description says how to go on.
public struct LayoutError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

extension Layout {
  /// The key of the one record on the topic.
  static let recordKey = Array("layout".utf8)

  private struct Record: Codable {
    var format: Int
    var partitions: [String: Int32]
    var keyVersion: Int
    var secretFingerprint: String
  }

  /// The record's value: JSON with sorted members.
  public func encode() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try Array(
      encoder.encode(
        Record(
          format: Self.format, partitions: partitions, keyVersion: keyVersion,
          secretFingerprint: secretFingerprint)))
  }

  /// Throws `LayoutError` when the bytes are no layout, or one of a newer version.
  public init(decoding bytes: [UInt8]) throws(LayoutError) {
    guard let record = try? JSONDecoder().decode(Record.self, from: Data(bytes)) else {
      throw LayoutError("the recorded layout cannot be read: it was not written by `answerable topics apply`")
    }
    guard record.format == Self.format else {
      throw LayoutError(
        "the recorded layout has format \(record.format), this binary reads \(Self.format): "
          + "run a version of answerable that is as new as the one that wrote it")
    }
    self.init(
      partitions: record.partitions, keyVersion: record.keyVersion,
      secretFingerprint: record.secretFingerprint)
  }

  /// The layout recorded on a log, or nil when none is.
  public static func recorded<L: Log>(on log: L, prefix: String) throws -> Layout? {
    let topic = Topic.layout.name(prefix: prefix)
    guard try log.partitionCount(of: topic) != nil else { return nil }
    var latest: [UInt8]?
    try RecordScan(log).read([topic]) { record in
      if record.key == recordKey { latest = record.value }
      return true
    }
    guard let latest else { return nil }
    return try Layout(decoding: latest)
  }

  /// Records the layout, for good.
  public func record<L: Log>(on log: L, prefix: String) throws {
    let appender = try RecordAppender(
      log, topics: [Topic.layout.name(prefix: prefix)], transactionalID: "\(prefix)answerable-layout")
    defer { appender.close() }
    try appender.append(0, key: Self.recordKey, value: encode())
    try appender.commit()
  }

  /// The layout recorded, once it is known to agree with `self`. Throws `LayoutError` otherwise, with every
  /// difference and how to go on.
  public func verified<L: Log>(on log: L, prefix: String) throws -> Layout {
    guard let recorded = try Self.recorded(on: log, prefix: prefix) else {
      throw LayoutError("no layout is recorded: run `answerable topics apply` first")
    }
    let differences = differences(from: recorded)
    guard differences.isEmpty else {
      throw LayoutError(
        "this deployment was laid out differently:\n"
          + differences.map { "  - \($0)" }.joined(separator: "\n")
          + "\nGive the worker the recorded values, or use another --prefix for a new deployment.")
    }
    return recorded
  }
}
