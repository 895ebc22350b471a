// Owns the parent's side: seeds in batches to children, and what is kept of each finding.
import Foundation
import FuzzKit

/// What came of the inputs of one target.
struct TargetResult {
  struct Finding {
    var seed: UInt64
    /// `crash`, `hang`, `violation`.
    var kind: String
    var what: String
    var file: String
  }

  let target: any FuzzTarget.Type
  let seeds: Range<UInt64>
  var outcomes: [String: Int] = [:]
  var findings: [Finding] = []
  var slowest: (seed: UInt64, microseconds: Int) = (0, 0)
  var seconds = 0.0
  /// Why it could not go on.
  var failure: String?
}

/// Runs targets in children and keeps the inputs of what is found.
struct Fuzzer {
  let patience: Double
  let folder: URL

  private var child: ChildProcess { ChildProcess(patience: patience) }

  func run(_ target: any FuzzTarget.Type, seeds: Range<UInt64>) -> TargetResult {
    var result = TargetResult(target: target, seeds: seeds)
    let start = Date()
    var pending = stride(from: seeds.lowerBound, to: seeds.upperBound, by: target.batch).map { first in
      first..<min(first + UInt64(target.batch), seeds.upperBound)
    }
    pending.reverse()
    do {
      while let batch = pending.popLast(), result.failure == nil {
        try pass(batch, &result, &pending)
      }
    } catch {
      result.failure = "\(error)"
    }
    result.seconds = Date().timeIntervalSince(start)
    if seeds.count == 1, result.findings.isEmpty, let input = try? target.init().input(seed: seeds.lowerBound)
    {
      result.outcomes["kept as \(keep(input, target, seeds.lowerBound))"] = 0
    }
    return result
  }

  /// One child over one batch. Where it ends early, the inputs before are tried again for their outcomes, and those after
  /// the one that ended it are left for the next.
  private func pass(
    _ batch: Range<UInt64>, _ result: inout TargetResult, _ pending: inout [Range<UInt64>]
  ) throws {
    guard !batch.isEmpty else { return }
    let ended = try child.run([result.target.name, "\(batch.lowerBound)", "\(batch.count)"])
    switch ended.ending {
    case .finished: read(ended, &result)
    case .failed(let what): result.failure = what
    case .crashed, .hung:
      let seed = ended.lastSeed
      guard batch.contains(seed) else {
        result.failure = "a child ended before its first input: \(ended.ending)"
        return
      }
      let kind = ended.ending == .hung ? "hang" : "crash"
      var what = "no end after \(patience) s of processor time"
      if case .crashed(let message) = ended.ending { what = message }
      result.outcomes[kind, default: 0] += 1
      add(kind, seed, "\(what) (in a process that began at seed \(batch.lowerBound))", &result)
      pending.append((seed + 1)..<batch.upperBound)
      pending.append(batch.lowerBound..<seed)
    }
  }

  /// Repeats one kept input.
  func repeats(_ path: String, _ target: any FuzzTarget.Type) -> TargetResult {
    var result = TargetResult(target: target, seeds: 0..<1)
    let start = Date()
    do {
      let ended = try child.run([target.name, path])
      read(ended, &result)
      switch ended.ending {
      case .finished: break
      case .failed(let what): result.failure = what
      case .hung: result.findings.append(.init(seed: 0, kind: "hang", what: "no end", file: path))
      case .crashed(let what): result.findings.append(.init(seed: 0, kind: "crash", what: what, file: path))
      }
    } catch {
      result.failure = "\(error)"
    }
    for index in result.findings.indices { result.findings[index].file = path }
    result.seconds = Date().timeIntervalSince(start)
    return result
  }

  private func read(_ child: ChildResult, _ result: inout TargetResult) {
    for line in child.lines {
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count == 3 else { continue }
      switch words[0] {
      case "outcome": result.outcomes[words[2], default: 0] += Int(words[1]) ?? 0
      case "violation": add("violation", UInt64(words[1]) ?? 0, words[2], &result)
      case "slowest":
        if let time = Int(words[2]), time > result.slowest.microseconds {
          result.slowest = (UInt64(words[1]) ?? 0, time)
        }
      default: break
      }
    }
  }

  private func add(_ kind: String, _ seed: UInt64, _ what: String, _ result: inout TargetResult) {
    var file = "not kept"
    // Many inputs find the same: the first ones are enough to repair it.
    if result.findings.count < 100, let input = try? result.target.init().input(seed: seed) {
      file = keep(input, result.target, seed)
    }
    result.findings.append(.init(seed: seed, kind: kind, what: what, file: file))
  }

  private func keep(_ input: FuzzInput, _ target: any FuzzTarget.Type, _ seed: UInt64) -> String {
    let file = folder.appendingPathComponent("\(target.name)-\(seed).input")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(input.file).write(to: file)
      return file.relativePath
    } catch {
      return "cannot be kept: \(error)"
    }
  }
}
