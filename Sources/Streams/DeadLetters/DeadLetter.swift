// Owns the shape of a dead letter: the original bytes and headers, and the reason and coordinates as headers.

/// Builds dead letters. CloudEvents 1.0 in binary mode; the buffers are reused from one to the next.
///
/// Headers of the original stay as they are, in their order, before those added here; one whose name is used here gets
/// the prefix `original-`, and so does one that has that prefix already: taking one prefix away gives back what was sent.
struct DeadLetterBuilder {
  /// The names added here.
  static let names: [StaticString] = [
    "ce_specversion", "ce_type", "ce_id", "ce_source", "reason", "reason-field", "reason-text",
    "cause-topic", "cause-partition", "cause-offset", "cause-timestamp", "role", "epoch",
    "truncated-from",
  ]

  private let role: String
  private var bytes: ContiguousArray<UInt8> = []
  /// Ranges in `bytes`; a nil name is the original's own.
  private var fields: ContiguousArray<(name: Range<Int>, value: Range<Int>)> = []
  private var headers: ContiguousArray<HeaderView> = []

  init(role: String) { self.role = role }

  /// Calls `body` with the headers of a dead letter; they are valid for the length of the call.
  ///
  /// - Parameter truncatedFrom: The original's length in bytes, when its value had to be cut.
  mutating func build(
    _ record: RecordView, source: TopicPartition, refusal: Refusal, epoch: Int64, truncatedFrom: Int?,
    _ body: (UnsafeBufferPointer<HeaderView>) -> Void
  ) {
    bytes.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    headers.removeAll(keepingCapacity: true)
    // Room first: views into `bytes` are made only once nothing is appended any more.
    for header in record.headers where Self.isOurs(header.name) {
      let start = bytes.count
      bytes.append(
        contentsOf: UnsafeBufferPointer(start: Self.prefix.utf8Start, count: Self.prefix.utf8CodeUnitCount))
      bytes.append(contentsOf: header.name)
      fields.append((start..<bytes.count, 0..<0))
    }
    let renamed = fields.count
    let partition = String(source.partition)
    let offset = String(record.offset)
    add("ce_specversion", "1.0")
    add("ce_type", "answerable.dead-letter")
    add("ce_id", "\(role):\(source.topic):\(partition):\(offset)")
    add("ce_source", "/answerable/\(role)")
    add("reason", refusal.code)
    if !refusal.field.isEmpty { add("reason-field", refusal.field) }
    if !refusal.reason.isEmpty { add("reason-text", refusal.reason) }
    add("cause-topic", source.topic)
    add("cause-partition", partition)
    add("cause-offset", offset)
    add("cause-timestamp", String(record.timestamp))
    add("role", role)
    add("epoch", String(epoch))
    if let truncatedFrom { add("truncated-from", String(truncatedFrom)) }
    bytes.withUnsafeBytes { all in
      var next = 0
      for header in record.headers {
        if Self.isOurs(header.name) {
          let name = UnsafeRawBufferPointer(rebasing: all[fields[next].name])
          headers.append(HeaderView(name: name, value: header.value))
          next &+= 1
        } else {
          headers.append(header)
        }
      }
      for field in fields[renamed...] {
        headers.append(
          HeaderView(
            name: UnsafeRawBufferPointer(rebasing: all[field.name]),
            value: UnsafeRawBufferPointer(rebasing: all[field.value])))
      }
      headers.withUnsafeBufferPointer(body)
    }
    // The views point into memory that ends with this call.
    headers.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ name: StaticString, _ value: String) {
    let start = bytes.count
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    let middle = bytes.count
    bytes.append(contentsOf: value.utf8)
    fields.append((start..<middle, middle..<bytes.count))
  }

  private static let prefix: StaticString = "original-"

  /// Whether it is a name that is added here, whatever prefixes it has.
  private static func isOurs(_ name: UnsafeRawBufferPointer) -> Bool {
    var name = name
    while name.starts(with: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)) {
      name = UnsafeRawBufferPointer(rebasing: name.dropFirst(prefix.utf8CodeUnitCount))
    }
    return names.contains { ours in
      ours.utf8CodeUnitCount == name.count
        && name.elementsEqual(
          UnsafeRawBufferPointer(start: ours.utf8Start, count: ours.utf8CodeUnitCount))
    }
  }
}
