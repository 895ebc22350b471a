// Owns a policy as a record on its topic: versioned, self-contained, the same bytes for the same content.
import Foundation

/// Why a record on the policies topic cannot be followed. A worker that meets one halts: deciding by an older
/// policy than its siblings would be worse.
public struct PolicyRecordError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

/// What publishing appends: the normalised document that decides, and the files it was made from.
public struct PolicyRecord: Codable, Sendable, Hashable {
  /// The latest format this build reads and writes. Readers ship one release before writers.
  public static let format = 4

  /// The format of this record, the least in which it decides alike: 4 where a ladder counts in a calendar of its own,
  /// 3 where somebody may say yes, else 2, which earlier builds read.
  public var format: Int
  /// The oldest reader that understands it.
  public var oldestReader: Int
  /// SHA-256 of the document, 64 hexadecimal digits.
  public var revision: String
  /// When it was published by its author's clock, milliseconds since 1970, UTC.
  public var publishedAt: Int64
  /// Who published it, as they name themselves.
  public var by: String
  /// Why, in the author's words; may be empty.
  public var note: String
  /// The files, so that a policy can be read, compared and published again from the topic alone.
  public var files: [SourceFile]
  /// What decides.
  public var document: PolicyDocument

  public init(_ document: PolicyDocument, files: [SourceFile], publishedAt: Int64, by: String, note: String) {
    let countsInItsOwn = document.ladders.contains { $0.calendars != nil }
    format = countsInItsOwn ? 4 : document.delegation != nil ? 3 : 2
    oldestReader = format
    revision = document.revision
    self.publishedAt = publishedAt
    self.by = by
    self.note = note
    self.files = files.sorted { $0.name < $1.name }
    self.document = document
  }

  /// JSON with sorted members.
  public func encode() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self))
  }

  private struct Envelope: Codable {
    var format: Int
    var oldestReader: Int
  }

  /// Reads a record. Throws when it is of a format that came after this build, when it is no policy, and when
  /// its content is not what its revision says.
  public static func decode(_ bytes: [UInt8]) throws(PolicyRecordError) -> PolicyRecord {
    let data = Data(bytes)
    guard let envelope = try? JSONDecoder().decode(Envelope.self, from: data) else {
      throw PolicyRecordError("the record is no policy: `answerable policy publish` writes them")
    }
    guard envelope.oldestReader <= format else {
      throw PolicyRecordError(
        "the policy has format \(envelope.format), which needs a reader of format \(envelope.oldestReader); "
          + "this build reads \(format): run a version as new as the one that published it")
    }
    let record: PolicyRecord
    do {
      record = try JSONDecoder().decode(PolicyRecord.self, from: data)
    } catch let error as DecodingError {
      throw PolicyRecordError("the policy record cannot be read: \(Self.place(of: error))")
    } catch {
      throw PolicyRecordError("the policy record cannot be read")
    }
    guard record.document.revision == record.revision else {
      throw PolicyRecordError(
        "the policy's content is not the one its revision names: the record was altered")
    }
    return record
  }

  /// Reads a record from borrowed bytes.
  public static func decode(_ bytes: UnsafeRawBufferPointer) throws(PolicyRecordError) -> PolicyRecord {
    try decode([UInt8](bytes))
  }

  /// The policy, ready to decide.
  public func compiled() -> CompiledPolicy { CompiledPolicy(document) }

  /// Where decoding stopped, without the value that stood there.
  private static func place(of error: DecodingError) -> String {
    let context: DecodingError.Context
    switch error {
    case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
      .dataCorrupted(let found):
      context = found
    @unknown default: return "unknown place"
    }
    let path = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
    return path.isEmpty ? "at its top" : "at \(path.joined(separator: "."))"
  }
}
