// Owns the raw pass-through in C as a process of its own, under the commit rule that workers have by default.
import Console
import Events
import Foundation
import Policy
import Privacy
import RawClient
import Roles
import Streams

enum PassThroughWorker {
  static let group = Option<String>.text("group", nil, "GROUP", "The consumer group.", default: "bench-raw")
  static let sources = Option<String>.text(
    "sources", nil, "TOPICS", "What it reads, without the prefix, separated by commas.",
    default: RoleName.intake.sources.map(\.rawValue).joined(separator: ","))
  static let copies = Option<Int>.integer(
    "copies", nil, "N", "Outputs for a hundred inputs.", in: 1...10_000, default: 100)
  static let likeSignals = Option<Bool>.flag(
    "like-signals", nil, "Write records as large as signals, headers and all, in place of the inputs.")
  static let like = Option<String>.text(
    "like", nil, "TOPIC=NUMBER,…",
    "Write records like those of these topics of the deployment, in that mixture.",
    default: "")

  static let command = Command(
    "pass-through", "the raw pass-through in C, as `intake` starts it",
    options: [
      OptionGroup(
        "Options",
        [
          Common.brokers.spec, IntakeWorker.prefix.spec, IntakeWorker.records.spec, group.spec,
          sources.spec, copies.spec, likeSignals.spec, like.spec,
        ])
    ],
    body: { invocation, terminal in
      var outputs = invocation[likeSignals] ? SignalSamples.outputs(try SignalSamples.make(1000)) : []
      if !invocation[like].isEmpty {
        outputs = SignalSamples.outputs(
          try OutputSamples.read(
            OutputSamples.numbers(invocation[like]), count: 4_000, prefix: invocation[IntakeWorker.prefix],
            brokers: invocation[Common.brokers].split(separator: ",").map(String.init)))
      }
      let stop = Stop(pointer: raw_stop_create())
      ChildSide.whenToldToStop { raw_stop_request(stop.pointer) }
      let figures = try run(invocation, outputs, stop.pointer)
      try ChildSide.say(figures)
      return .success
    })

  private static func run(
    _ invocation: Invocation, _ outputs: [raw_output], _ stop: OpaquePointer
  ) throws -> WorkerFigures {
    let prefix = invocation[IntakeWorker.prefix]
    let settings = WorkerSettings()
    let sources = invocation[sources].split(separator: ",").map { prefix + $0 }.joined(separator: ",")
    var figures = raw_figures()
    var error = raw_error()
    let isDone = outputs.withUnsafeBufferPointer { outputs in
      invocation[Common.brokers].withCString { brokers in
        invocation[group].withCString { group in
          sources.withCString { sources in
            (prefix + "raw").withCString { output in
              var options = raw_pass_through(
                brokers: brokers, group: group, transactional_id: group, sources: sources, output: output,
                commit_milliseconds: settings.commitInterval, commit_bytes: settings.commitBytes,
                records: Int64(invocation[IntakeWorker.records]), outputs: outputs.baseAddress,
                output_count: outputs.count, copies: Double(invocation[copies]) / 100,
                assigned: { ChildSide.say("ready") })
              return raw_pass_through_run(&options, stop, &figures, &error)
            }
          }
        }
      }
    }
    guard isDone else { throw BenchFailure(error.message) }
    return WorkerFigures(
      records: figures.records, commits: figures.commits, commitMicroseconds: figures.commit_microseconds,
      microseconds: figures.microseconds, cpuMicroseconds: figures.cpu_microseconds,
      peakBytes: ProcessFigures.peakBytes)
  }

  /// Carries the pointer to the thread that asks to stop.
  private struct Stop: @unchecked Sendable {
    // Unchecked: what it points at is one atomic flag, and lives as long as the process.
    let pointer: OpaquePointer
  }
}
