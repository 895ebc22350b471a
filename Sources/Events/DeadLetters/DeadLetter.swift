// Owns the reading of a dead letter's headers: why it was refused, where it came from, how to send it again.

/// What the headers of a record on `dead-letters` say; its key and value are the refused record's own. For the cold
/// path: listing, showing, replaying. The names are those of `dead-letter.json`.
public struct DeadLetter: Sendable, Hashable {
  /// Deterministic: the role and the coordinates of the cause.
  public var id: String
  /// The stable code: `missing-field`.
  public var reason: String
  /// Path of the field at fault; empty when the record as a whole is.
  public var field: String
  /// One sentence without payload; empty when the role gave none.
  public var text: String
  /// Where the refused record stands.
  public var topic: String
  public var partition: Int32
  public var offset: Int64
  /// Its timestamp, milliseconds since 1970.
  public var timestamp: Int64
  /// The role that refused it.
  public var role: String
  /// The policy epoch at that moment; 0 where the role follows none.
  public var epoch: Int64
  /// The value's length in bytes before it was cut to fit the topic; nil when it is whole. A cut one cannot be
  /// replayed.
  public var truncatedFrom: Int?
  /// The headers that the refused record had, under their own names and in their order.
  public var original: [Header]

  public struct Header: Sendable, Hashable {
    public var name: String
    /// Nil for a header that was sent without a value.
    public var value: [UInt8]?
    public init(name: String, value: [UInt8]?) {
      self.name = name
      self.value = value
    }
  }

  /// The value of `ce_type`.
  public static let type = "answerable.dead-letter"
  /// Put before the name of an original header that is also one of `headerNames`, or one of them with such prefixes.
  public static let collisionPrefix = "original-"
  /// The headers that a dead letter has of its own, in the order they are sent.
  public static let headerNames = [
    "ce_specversion", "ce_type", "ce_id", "ce_source", "reason", "reason-field", "reason-text", "cause-topic",
    "cause-partition", "cause-offset", "cause-timestamp", "role", "epoch", "truncated-from",
  ]

  /// Reads a record's headers. Throws when it is not a dead letter, naming the header that is missing or wrong.
  public init(headers: [Header]) throws(EventRefusal) {
    var own: [String: String] = [:]
    original = []
    for header in headers {
      if Self.headerNames.contains(header.name) {
        own[header.name] = String(decoding: header.value ?? [], as: UTF8.self)
      } else if header.name.hasPrefix(Self.collisionPrefix),
        Self.headerNames.contains(Self.withoutPrefixes(header.name))
      {
        original.append(
          Header(name: String(header.name.dropFirst(Self.collisionPrefix.count)), value: header.value))
      } else {
        original.append(header)
      }
    }
    guard try Self.text("ce_type", own) == Self.type else {
      throw EventRefusal(.unknownValue, field: "ce_type", reason: "must be \(Self.type)")
    }
    id = try Self.text("ce_id", own)
    reason = try Self.text("reason", own)
    field = own["reason-field"] ?? ""
    text = own["reason-text"] ?? ""
    topic = try Self.text("cause-topic", own)
    partition = try Self.number("cause-partition", own)
    offset = try Self.number("cause-offset", own)
    timestamp = try Self.number("cause-timestamp", own)
    role = try Self.text("role", own)
    epoch = try Self.number("epoch", own)
    truncatedFrom = own["truncated-from"] == nil ? nil : try Self.number("truncated-from", own)
  }

  /// The headers to send the record again with: its own, and where it stood on `dead-letters`, `partition:offset`, in
  /// place of what an earlier replay said.
  public func headersOfReplay(from place: String) -> [Header] {
    let name = AddedHeader.replayedFrom.rawValue
    return original.filter { $0.name != name } + [Header(name: name, value: Array(place.utf8))]
  }

  private static func withoutPrefixes(_ name: String) -> String {
    var name = name[...]
    while name.hasPrefix(collisionPrefix) { name = name.dropFirst(collisionPrefix.count) }
    return String(name)
  }

  private static func text(_ name: String, _ own: [String: String]) throws(EventRefusal) -> String {
    guard let value = own[name], !value.isEmpty else {
      throw EventRefusal(.missingField, field: name, reason: "is missing")
    }
    return value
  }

  private static func number<Number: FixedWidthInteger>(
    _ name: String, _ own: [String: String]
  ) throws(EventRefusal) -> Number {
    guard let value = Number(try text(name, own)) else {
      throw EventRefusal(.wrongType, field: name, reason: "must be a whole number")
    }
    return value
  }
}
