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
    var error = raw_error()
    guard
      let reader = raw_reader_create(broker.list, output, IntakeWorld.partitions, capacity, &error)
    else { throw BenchFailure(error.message) }
    defer { raw_reader_destroy(reader) }
    let child = try start()
    try child.waitUntilReady()
    let thread = ReaderThread(reader, from: ProcessFigures.wallMicroseconds + warmUp * 1_000_000)
    do {
      try sending()
    } catch {
      _ = try? thread.finish()
      throw error
    }
    try thread.finish()
    let figures = try child.stop(WorkerFigures.self)
    let all = UnsafeBufferPointer(start: raw_reader_ages(reader), count: raw_reader_count(reader)).sorted()
    guard let p50 = all.quantile(0.5), let p99 = all.quantile(0.99), let p999 = all.quantile(0.999) else {
      throw BenchFailure("nothing came out on \(output)")
    }
    let ages = Ages(
      p50: Double(p50) / 1000, p99: Double(p99) / 1000, p999: Double(p999) / 1000,
      largest: Double(all.last ?? 0) / 1000, count: all.count)
    return (ages, figures)
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
