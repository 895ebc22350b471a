// Owns looking for all of a policy's words in one pass over a text: Aho–Corasick over folded bytes.

/// A deterministic automaton: one step for each folded byte, whatever the number of words.
///
/// A word set is one condition's list of words; a match names the set and the word.
struct WordAutomaton: Sendable {
  /// Next state for each state and class of byte.
  private let next: Table<Int32>
  /// Class of each byte; 0 for bytes that no word has.
  private let classes: Table<UInt8>
  private let classCount: Int32
  /// Where a state's matches begin; one more entry than states.
  private let outputStarts: Table<Int32>
  private let outputs: Table<Match>
  /// How many sets there are.
  let setCount: Int

  struct Match: BitwiseCopyable, Sendable {
    var set: Int32
    var word: ArenaText
  }

  static let start: Int32 = 0
  var isEmpty: Bool { setCount == 0 }

  @inline(__always)
  func step(_ state: Int32, _ byte: UInt8) -> Int32 {
    next[state &* classCount &+ Int32(classes[Int32(byte)])]
  }

  @inline(__always)
  func matches(_ state: Int32) -> Range<Int32> { outputStarts[state]..<outputStarts[state &+ 1] }

  @inline(__always)
  func match(_ index: Int32) -> Match { outputs[index] }
}

extension WordAutomaton {
  /// Gathers word sets, equal ones once, and builds the automaton.
  struct Builder {
    private var sets: [[String]: Int32] = [:]
    private var ordered: [[String]] = []

    mutating func set(_ words: [String]) -> Int32 {
      if let known = sets[words] { return known }
      let set = Int32(clamping: ordered.count)
      sets[words] = set
      ordered.append(words)
      return set
    }

    func build(_ arena: Arena) -> WordAutomaton {
      var classes = [UInt8](repeating: 0, count: 256)
      var classCount = 1
      var children: [[UInt8: Int]] = [[:]]
      var own: [[Match]] = [[]]
      for (set, words) in ordered.enumerated() {
        for word in words {
          guard let pattern = WordPattern(word) else { continue }
          var state = 0
          for byte in pattern.bytes {
            if classes[Int(byte)] == 0 {
              // At most 255 of them: folded text has no control bytes and no capitals.
              classes[Int(byte)] = UInt8(truncatingIfNeeded: classCount)
              classCount += 1
            }
            if let known = children[state][byte] {
              state = known
              continue
            }
            children[state][byte] = children.count
            state = children.count
            children.append([:])
            own.append([])
          }
          own[state].append(Match(set: Int32(clamping: set), word: arena.text(word)))
        }
      }
      return Self.automaton(children, own, classes, classCount, ordered.count, arena)
    }

    /// Breadth first: a state's failure is shallower, so its transitions and matches are complete already.
    private static func automaton(
      _ children: [[UInt8: Int]], _ own: [[Match]], _ classes: [UInt8], _ classCount: Int, _ sets: Int,
      _ arena: Arena
    ) -> WordAutomaton {
      var next = [Int32](repeating: 0, count: children.count * classCount)
      var matches = own
      var failure = [Int](repeating: 0, count: children.count)
      var queue = [0]
      var head = 0
      while head < queue.count {
        let state = queue[head]
        head += 1
        if state != 0 {
          let from = failure[state] * classCount
          for index in 0..<classCount { next[state * classCount + index] = next[from + index] }
          matches[state] += matches[failure[state]]
        }
        for (byte, child) in children[state].sorted(by: { $0.key < $1.key }) {
          let index = state * classCount + Int(classes[Int(byte)])
          failure[child] = state == 0 ? 0 : Int(next[index])
          next[index] = Int32(clamping: child)
          queue.append(child)
        }
      }
      var starts: [Int32] = [0]
      for state in matches { starts.append(starts[starts.count - 1] + Int32(clamping: state.count)) }
      return WordAutomaton(
        next: arena.table(next), classes: arena.table(classes), classCount: Int32(clamping: classCount),
        outputStarts: arena.table(starts), outputs: arena.table(matches.flatMap { $0 }), setCount: sets)
    }
  }
}
