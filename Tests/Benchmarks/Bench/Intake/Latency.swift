// Owns measuring end to end: events sent at a rate, and how old each is when its committed output can be read.
import Foundation
import RawClient
import Synchronization

enum Latency {
  /// Ages in milliseconds.
  struct Ages {
    var p50 = 0.0
    var p99 = 0.0
    var p999 = 0.0
    var largest = 0.0
    var count = 0
  }

  /// Sends `rate` events a second for `seconds` through a side's worker. The first two seconds are not measured.
  static func measure(
    _ side: Side, in world: IntakeWorld, deck: [EventTemplate], rate: Int, seconds: Int
  ) throws -> (Ages, WorkerFigures) {
    try world.rewind(side, toEnd: true)
    let count = rate * (seconds + 2)
    return try measure(world.output(side), of: world.broker, capacity: count) {
      try world.start(side, records: 0)
    } sending: {
      try EventLoad.send(deck, count: count, rate: rate, brokers: world.broker.list, prefix: world.prefix)
    }
  }

  /// Reads `output` while what `start` gives works on what `sending` sends. The first `warmUp` seconds are not measured.
  static func measure(
    _ output: String, of broker: BenchBroker, capacity: Int, warmUp: Int64 = 2,
    start: () throws -> ChildProcess,
    sending: () throws -> Void
  ) throws -> (Ages, WorkerFigures) {
    let child = try start()
    try child.waitUntilReady()
    let ages = try measure(
      [output], of: broker, partitions: IntakeWorld.partitions, capacity: capacity, warmUp: warmUp, sending)
    return (ages[0], try child.stop(WorkerFigures.self))
  }

  /// How old what `sending` sends is on each of these topics, until nothing more comes.
  static func measure(
    _ outputs: [String], of broker: BenchBroker, partitions: Int32, capacity: Int, warmUp: Int64 = 2,
    _ sending: () throws -> Void
  ) throws -> [Ages] {
    var readers: [OpaquePointer] = []
    defer { for reader in readers { raw_reader_destroy(reader) } }
    for output in outputs {
      var error = raw_error()
      guard let reader = raw_reader_create(broker.list, output, partitions, capacity, &error) else {
        throw BenchFailure(error.message)
      }
      readers.append(reader)
    }
    let threads = readers.map {
      ReaderThread($0, from: ProcessFigures.wallMicroseconds + warmUp * 1_000_000)
    }
    let sent = Result { try sending() }
    // Every thread has ended before its reader is destroyed, whatever failed.
    let ends = threads.map { thread in Result { try thread.finish() } }
    try sent.get()
    for end in ends { try end.get() }
    return try zip(outputs, readers).map { output, reader in
      let all = UnsafeBufferPointer(start: raw_reader_ages(reader), count: raw_reader_count(reader)).sorted()
      guard let p50 = all.quantile(0.5), let p99 = all.quantile(0.99), let p999 = all.quantile(0.999) else {
        throw BenchFailure("nothing came out on \(output)")
      }
      return Ages(
        p50: Double(p50) / 1000, p99: Double(p99) / 1000, p999: Double(p999) / 1000,
        largest: Double(all.last ?? 0) / 1000, count: all.count)
    }
  }
}

/// Reads on a thread of its own.
private final class ReaderThread: @unchecked Sendable {
  // Unchecked: `error` is written by the thread before `done` is signalled and read after; the rest is constant.
  private let reader: OpaquePointer
  private let stop = raw_stop_create()
  private let done = DispatchSemaphore(value: 0)
  private var error = raw_error()

  init(_ reader: OpaquePointer, from: Int64) {
    self.reader = reader
    Thread.detachNewThread { [self] in
      _ = raw_reader_run(self.reader, from, stop, &error)
      done.signal()
    }
  }

  /// Waits until nothing more comes.
  func finish() throws {
    raw_stop_request(stop)
    done.wait()
    if !error.message.isEmpty { throw BenchFailure(error.message) }
  }
}
