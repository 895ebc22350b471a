// Owns scoring a case again when it wakes: what its subject remembers has changed while it rested.
import Events
import Policy
import StateBytes

enum Rescoring {
  /// Scores the current case by its subject's memory as it is now: what was remembered when it was scored last has
  /// faded, and promises may have been broken since. The points that its signals gave stay.
  ///
  /// The score is that of the moment, and may fall. The priority only rises while a case is open: clocks and rungs were
  /// promised by it, and nothing becomes less urgent by being put off. One that rises shortens the clocks that run, as
  /// a stronger contact does. Incidents have no memory.
  ///
  /// Gives `text`, and what came of it where the score is another one.
  static func decide(_ text: ByteSlice, _ state: inout CaseworkState, _ moment: Moment) -> ByteSlice {
    guard state.current.kind == .feedback, state.current.phase == .open else { return text }
    let rules = moment.rules.memory
    Memory.fade(&state.subject.memory, to: moment.now, rules)
    state.changes.insert([.subject, .current])
    var contributions = state.current.contributions
    while let last = contributions.last, Memory.isOfMemory(last.name) { contributions.removeLast() }
    let given = contributions.reduce(Int64(0)) { plus($0, Int64($1.points)) }
    let number = state.current.id.number
    let contacts = state.subject.cases.first { $0.number == number }?.contacts ?? 0
    let points = Memory.contributions(
      state.subject.memory, repeated: max(0, contacts &- 1), rules, moment.texts, into: &contributions)
    let score = Int32(clamping: max(0, min(100, max(0, min(100, given)) &+ Int64(points))))
    let before = (score: state.current.score, priority: state.current.priority)
    guard score != before.score else { return text }
    state.current.score = score
    state.current.contributions = contributions
    if score > before.score {
      let priority = moment.policy.priority(ofScore: score)
      if priority < before.priority {
        state.current.priority = priority
        Clockwork.tighten(&state.current, from: before.priority, moment)
      }
    }
    Rungs.schedule(&state.current, state.ladder, moment)
    let after = state.current.priority
    return moment.texts.make {
      $0.add(text)
      $0.add("; scored again by what is remembered now: ")
      $0.add(Int64(score))
      $0.add(" after ")
      $0.add(Int64(before.score))
      if after != before.priority {
        $0.add(", P")
        $0.add(Int64(after.rawValue))
        $0.add(" after P")
        $0.add(Int64(before.priority.rawValue))
      }
    }
  }
}
