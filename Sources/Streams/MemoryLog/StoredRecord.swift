// Owns the bytes of one record of the in-memory log, and how they are lent to a reader.

/// One record at its offset. Immutable but for its kind: the abort of a transaction turns its data into `aborted`.
struct StoredRecord: Sendable {
  enum Kind: UInt8, Sendable { case data, aborted, commitMarker, abortMarker }

  let offset: Int64
  let timestamp: Int64
  /// Index of the transactional producer that wrote it; -1 outside of a transaction.
  let producer: Int32
  var kind: Kind
  /// -1 for no key.
  private let keyCount: Int
  /// -1 for a tombstone.
  private let valueCount: Int
  private let headerCount: Int
  /// Key, value, then each header: length of the name, length of the value (-1 for none), name, value.
  private let bytes: [UInt8]

  init(
    offset: Int64, timestamp: Int64, producer: Int32, key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?, headers: UnsafeBufferPointer<HeaderView>
  ) {
    self.offset = offset
    self.timestamp = timestamp
    self.producer = producer
    kind = .data
    keyCount = key?.count ?? -1
    valueCount = value?.count ?? -1
    headerCount = headers.count
    var size = max(0, keyCount) &+ max(0, valueCount)
    for header in headers { size &+= 8 &+ header.name.count &+ (header.value?.count ?? 0) }
    bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      let target = UnsafeMutableRawBufferPointer(buffer)
      var at = 0
      func copy(_ source: UnsafeRawBufferPointer?) {
        guard let source, source.count > 0 else { return }
        UnsafeMutableRawBufferPointer(rebasing: target[at...]).copyMemory(from: source)
        at &+= source.count
      }
      func store(_ count: Int) {
        target.storeBytes(of: Int32(clamping: count), toByteOffset: at, as: Int32.self)
        at &+= 4
      }
      copy(key)
      copy(value)
      for header in headers {
        store(header.name.count)
        store(header.value?.count ?? -1)
        copy(header.name)
        copy(header.value)
      }
      initialized = size
    }
  }

  /// The end of a transaction on one partition. Takes an offset, is never delivered.
  init(marker kind: Kind, offset: Int64, timestamp: Int64, producer: Int32) {
    self.offset = offset
    self.timestamp = timestamp
    self.producer = producer
    self.kind = kind
    keyCount = -1
    valueCount = -1
    headerCount = 0
    bytes = []
  }

  var hasKey: Bool { keyCount >= 0 }
  var isTombstone: Bool { valueCount < 0 }
  var isControl: Bool { kind == .commitMarker || kind == .abortMarker }

  /// The key's bytes, for compaction.
  var keyBytes: ArraySlice<UInt8> { bytes[0..<max(0, keyCount)] }

  /// Everything about the record.
  func add(to hash: inout Fingerprint) {
    hash.add(offset)
    hash.add(timestamp)
    hash.add(Int64(producer) << 8 | Int64(kind.rawValue))
    hash.add(Int64(keyCount))
    hash.add(Int64(valueCount))
    hash.add(bytes)
  }

  /// Lends the record. `scratch` holds the headers for the length of the call and is reused between calls.
  func withView<R>(
    topicIndex: Int, partition: Int32, withHeaders: Bool = true, scratch: inout [HeaderView],
    _ body: (RecordView) -> R
  ) -> R {
    bytes.withUnsafeBytes { raw in
      var at = 0
      func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0 else { return nil }
        defer { at &+= count }
        return UnsafeRawBufferPointer(rebasing: raw[at..<at &+ count])
      }
      func count() -> Int {
        defer { at &+= 4 }
        return Int(raw.loadUnaligned(fromByteOffset: at, as: Int32.self))
      }
      let key = take(keyCount)
      let value = take(valueCount)
      scratch.removeAll(keepingCapacity: true)
      for _ in 0..<(withHeaders ? headerCount : 0) {
        let nameCount = count()
        let valueCount = count()
        let name = take(nameCount) ?? UnsafeRawBufferPointer(start: nil, count: 0)
        scratch.append(HeaderView(name: name, value: take(valueCount)))
      }
      return scratch.withUnsafeBufferPointer { headers in
        body(
          RecordView(
            topicIndex: topicIndex, partition: partition, offset: offset, timestamp: timestamp, key: key,
            value: value, headers: headers))
      }
    }
  }
}
