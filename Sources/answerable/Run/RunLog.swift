// Owns where the log of `run` goes, and its two forms: lines for people, JSON for machines.
import Console
import Streams

/// What `run` says. Called on any thread.
struct RunLog: Sendable {
  enum Entry: Sendable {
    case note(String)
    case signal(String)
    case embedded([String])
    case starting(roles: [String], threads: Int, instance: String, brokers: [String])
    case worker(RuntimeReport)
    case throughput(Throughput, since: Throughput, seconds: Int)
    case ended(Throughput)
  }

  private let stream: TextStream
  private let asJSON: Bool
  private let isVerbose: Bool

  init(_ terminal: Terminal, asJSON: Bool, isVerbose: Bool) {
    stream = terminal.out
    self.asJSON = asJSON
    self.isVerbose = isVerbose
  }

  func line(_ entry: Entry) {
    let now = Settings.now
    if asJSON {
      // Only numbers that JSON has no word for could fail to encode; there are none.
      guard let text = try? JSONLine.text(RunLogRecord(entry, at: now)) else { return }
      stream.line(text)
    } else {
      let text = RunLogText(stream).text(entry, isVerbose: isVerbose)
      guard let text else { return }
      stream.line("\(stream.styled(Clock.second(now), .dim))  \(text)")
    }
    stream.flush()
  }
}
