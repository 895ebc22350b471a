// Owns the child's side: tries inputs one after the other and says which one it is at.
import Foundation
import FuzzKit

/// `fuzz -child TARGET PROGRESS FIRST COUNT`, or `… FILE` for one kept input. Prints lines for its parent: `outcome COUNT
/// WORDS`, `violation SEED WHAT`, `slowest SEED MICROSECONDS`. Ends with code 0 whatever the inputs did, unless it traps.
enum FuzzChild {
  static let word = "-child"

  static func run(_ words: [String]) -> Int32 {
    guard words.count >= 3, let type = FuzzTargets.named(words[0]) else { return 64 }
    let progress = open(words[1], O_WRONLY)
    guard progress >= 0 else { return 66 }
    do {
      let target = try type.init()
      if words.count == 3 {
        let input = try FuzzInput(file: Array(try Data(contentsOf: URL(fileURLWithPath: words[2]))))
        try one(target, input, progress)
      } else if let first = UInt64(words[2]), let count = UInt64(words[3]) {
        many(target, first..<(first + count), progress)
      }
      return 0
    } catch {
      FileHandle.standardError.write(Data("cannot begin: \(error)\n".utf8))
      return 70
    }
  }

  private static func one(_ target: any FuzzTarget, _ input: FuzzInput, _ progress: Int32) throws {
    note(0, progress)
    do throws(Violation) {
      print("outcome 1 \(try target.examine(input))")
    } catch {
      print("outcome 1 violation")
      print("violation 0 \(oneLine(error.description))")
    }
  }

  private static func many(_ target: any FuzzTarget, _ seeds: Range<UInt64>, _ progress: Int32) {
    var outcomes: [String: Int] = [:]
    var slowest: (seed: UInt64, time: UInt64) = (seeds.lowerBound, 0)
    for seed in seeds {
      note(seed, progress)
      let input = target.input(seed: seed)
      let started = now()
      do throws(Violation) {
        outcomes[try target.examine(input), default: 0] += 1
      } catch {
        outcomes["violation", default: 0] += 1
        print("violation \(seed) \(oneLine(error.description))")
      }
      let ended = now()
      if ended - started > slowest.time { slowest = (seed, ended - started) }
    }
    for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) { print("outcome \(count) \(outcome)") }
    print("slowest \(slowest.seed) \(slowest.time / 1000)")
  }

  /// The parent reads here which input is being tried; it stays when this process is killed.
  private static func note(_ seed: UInt64, _ progress: Int32) {
    withUnsafeBytes(of: seed) { _ = pwrite(progress, $0.baseAddress, 8, 0) }
  }

  private static func oneLine(_ text: String) -> String {
    String(text.prefix(600)).split(whereSeparator: \.isNewline).joined(separator: " ⏎ ")
  }

  /// Processor time of this process, in nanoseconds: what others take of the machine does not count.
  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
