// Owns a desk's backing that keeps everything as a task does: bytes under bytes, through the engine of production.

import Events
import Policy
import StateBytes
import StateSupport
import Testing

@testable import Casework

struct DeskEngine: DeskBacking {
  private var engine: CaseworkEngine
  private var store = BytesStore()
  private let keeper: Keeper
  /// A new engine before every decision, as after a restart at any moment.
  private let restarts: Bool
  /// The count of open cases is taken out before every decision, as if an earlier release had made the one before.
  private let forgets: Bool
  private var policy: CompiledPolicy
  private var epoch: Int64 = 1

  init(_ policy: CompiledPolicy, _ keeper: Keeper, restarts: Bool = false, forgets: Bool = false) {
    self.policy = policy
    self.keeper = keeper
    self.restarts = restarts
    self.forgets = forgets
    engine = CaseworkEngine(policy: policy, epoch: 1)
  }

  mutating func adopt(_ policy: CompiledPolicy, epoch: Int64) {
    self.policy = policy
    self.epoch = epoch
    engine = CaseworkEngine(policy: policy, epoch: epoch)
  }

  mutating func hear(_ signal: Signal, now: Int64, epoch: Int64) -> Told {
    restart()
    var told = Told(Outcome())
    do throws(StateFailure) {
      try engine.handle(signal, task: 0, now: now, &store) { (outcome, _) throws(StateFailure) in
        told = Told(outcome)
      }
    } catch { Issue.record(error) }
    return told
  }

  mutating func hear(_ mark: Mark) {
    restart()
    do throws(StateFailure) { try engine.hear(mark, &store) } catch { Issue.record(error) }
  }

  mutating func fireNext(now: Int64, epoch: Int64) -> Told? {
    restart()
    guard let (name, due) = timers.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
      let key = store.timers.first(where: { Self.name(of: $0.key) == name })?.key
    else { return nil }
    store.timers[key] = nil
    var told: Told?
    do throws(StateFailure) {
      try engine.fire(timer: keeper.keep(bytes: key), due: due, task: 0, now: now, &store) {
        (outcome, _) throws(StateFailure) in told = Told(outcome)
      }
    } catch { Issue.record(error) }
    return told
  }

  private mutating func restart() {
    let key = [StateKey.Letter.task]
    if forgets, let value = store.values[key], var record = try? value.withUnsafeBytes({ try TaskRecord($0) })
    {
      record.open = nil
      let out = StateWriter()
      record.write(to: out)
      // What is not known is one byte at the end, which an earlier release does not write.
      store.damage(key, Array(out.bytes.dropLast()))
    }
    if restarts { engine = CaseworkEngine(policy: policy, epoch: epoch) }
  }

  /// Keys under which something of a subject or a case stands.
  var keysOfSubjects: [[UInt8]] { store.keys.filter { $0.first == 0x73 || $0.first == 0x63 } }

  /// Cases that are not closed, as the state has it.
  var openCases: Int64? {
    var store = store
    do throws(StateFailure) {
      return try CaseworkEngine.openCases { store.get($0) }
    } catch {
      Issue.record(error)
      return nil
    }
  }

  /// Pages of held cases.
  var pages: Int { store.keys.count { $0.first == StateKey.Letter.page } }

  var timers: [String: Int64] {
    Dictionary(uniqueKeysWithValues: store.timers.map { (Self.name(of: $0.key), $0.value) })
  }

  private static func name(of key: [UInt8]) -> String {
    let scratch = Scratch()
    return key.withUnsafeBytes { bytes in
      switch ParsedTimerKey(bytes) {
      case .caseOf(let subject, let number): "\(subject.text(scratch).string)-\(number)"
      case .subject(let subject): subject.text(scratch).string
      case .owner(let team): "owner \(team.string)"
      case nil: ""
      }
    }
  }
}
