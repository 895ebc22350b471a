// Owns the argument list of one produce call, in memory that is reused from record to record.
import CRDKafka

/// Fixed arguments first, then one for each header. Header names have to end in NUL, which borrowed names do
/// not: they are copied into a scratch area.
struct ProduceFrame: ~Copyable {
  private static let fixed = 5
  private var arguments = UnsafeMutablePointer<rd_kafka_vu_t>.allocate(capacity: fixed + 16)
  private var capacity = 16
  private var names = UnsafeMutableRawBufferPointer.allocate(byteCount: 512, alignment: 1)
  /// An address for what is empty but not absent.
  private let empty = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1)

  init() {
    // Padding and all: librdkafka reads only the field its type names.
    memsetZero(from: 0, count: Self.fixed + 16)
  }

  deinit {
    arguments.deallocate()
    names.deallocate()
    empty.deallocate()
  }

  /// Queues one record; its bytes are copied by librdkafka.
  ///
  /// Headers are given one by one: a list of headers would change owners only on success, and is freed twice
  /// when the partition is unknown, before 2.12 (librdkafka#4627).
  mutating func produce(
    _ client: OpaquePointer, _ topic: OpaquePointer, partition: Int32, key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?, headers: UnsafeBufferPointer<HeaderView>
  ) -> OpaquePointer? {
    reserve(headers)
    arguments[0].vtype = RD_KAFKA_VTYPE_RKT
    arguments[0].u.rkt = topic
    arguments[1].vtype = RD_KAFKA_VTYPE_PARTITION
    arguments[1].u.i32 = partition
    arguments[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS
    arguments[2].u.i = RD_KAFKA_MSG_F_COPY
    set(3, RD_KAFKA_VTYPE_VALUE, value)
    set(4, RD_KAFKA_VTYPE_KEY, key)
    var used = 0
    for (index, header) in headers.enumerated() {
      let name = names.baseAddress! + used
      if let source = header.name.baseAddress {
        name.copyMemory(from: source, byteCount: header.name.count)
      }
      name.storeBytes(of: 0, toByteOffset: header.name.count, as: UInt8.self)
      used += header.name.count + 1
      let argument = arguments + (Self.fixed + index)
      argument.pointee.vtype = RD_KAFKA_VTYPE_HEADER
      argument.pointee.u.header.name = UnsafePointer(name.assumingMemoryBound(to: CChar.self))
      argument.pointee.u.header.val = header.value.map {
        UnsafeRawPointer($0.baseAddress ?? UnsafeRawPointer(empty))
      }
      argument.pointee.u.header.size = header.value?.count ?? 0
    }
    return rd_kafka_produceva(client, arguments, Self.fixed + headers.count)
  }

  private mutating func set(_ index: Int, _ type: rd_kafka_vtype_t, _ bytes: UnsafeRawBufferPointer?) {
    arguments[index].vtype = type
    arguments[index].u.mem.ptr = bytes.map { UnsafeMutableRawPointer(mutating: $0.baseAddress) ?? empty }
    arguments[index].u.mem.size = bytes?.count ?? 0
  }

  private mutating func reserve(_ headers: UnsafeBufferPointer<HeaderView>) {
    if headers.count > capacity {
      arguments.deallocate()
      capacity = headers.count * 2
      arguments = .allocate(capacity: Self.fixed + capacity)
      memsetZero(from: 0, count: Self.fixed + capacity)
    }
    let needed = headers.reduce(0) { $0 + $1.name.count + 1 }
    if needed > names.count {
      names.deallocate()
      names = .allocate(byteCount: needed * 2, alignment: 1)
    }
  }

  private func memsetZero(from index: Int, count: Int) {
    UnsafeMutableRawPointer(arguments + index).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<rd_kafka_vu_t>.stride)
  }
}
