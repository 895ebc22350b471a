// Owns what an audit needs of a journal record: its task and number, and the signal it is about.
import Events

/// A journal record's place among the decisions of its task.
struct JournalReceipt {
  var task: Int32
  var number: Int64
  /// Nil of a timer.
  var cause: (partition: Int32, offset: Int64)?
}

struct JournalReceiptReader {
  private let decoder = JournalDecoder()

  /// Nil for a record that is none.
  func read(_ record: ScannedRecord) -> JournalReceipt? {
    guard let value = record.value else { return nil }
    return value.withUnsafeBytes { bytes in
      guard let entry = try? decoder.decode(bytes) else { return nil }
      var receipt = JournalReceipt(task: entry.task, number: entry.number)
      if case .signal(_, let place, _, _) = entry.cause { receipt.cause = (place.partition, place.offset) }
      return receipt
    }
  }
}

/// A hash of a record's content, the same in every process: its key, and its value.
enum ContentHash {
  static func of(_ record: ScannedRecord) -> UInt64 {
    of(record.key ?? []) &* 31 &+ of(record.value ?? [])
  }

  /// Folded 128-bit multiplications, eight bytes a step, after wyhash (public domain, Wang Yi).
  static func of(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      var state = fold(UInt64(bytes.count) ^ 0x8bb8_4b93_962e_acc9, 0x9e37_79b9_7f4a_7c15)
      var offset = 0
      while offset + 8 <= bytes.count {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        state = fold(state ^ word, 0x2d35_8dcc_aa6c_78a5)
        offset += 8
      }
      var tail: UInt64 = 1
      for byte in bytes[offset...] { tail = tail << 8 | UInt64(byte) }
      return fold(state ^ tail, 0x4b33_a62e_d433_d4a3)
    }
  }

  private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
