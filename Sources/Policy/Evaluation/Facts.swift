// Owns what rules see of one event: its words as symbols, its numbers in thousandths, the words found in its text.
import Events

/// Scratch of one evaluator, overwritten by each event. Not shared; freed by its evaluator.
///
/// All of it lies behind pointers, so that handing facts to a rule costs no reference counting.
struct Facts: BitwiseCopyable {
  static let slots = 32

  private let symbols: UnsafeMutablePointer<Symbol>
  private let numbers: UnsafeMutablePointer<Int64>
  private var numbersPresent: UInt32 = 0
  /// The event's labels that the policy mentions, then the language tag and its shorter forms.
  private var labelList = NumberList(capacity: 64)
  private var languageList = NumberList(capacity: 8)
  /// For each word set, the first word found; an entry counts only when its stamp is this event's.
  private let stamps: UnsafeMutablePointer<UInt64>
  private let foundWord: UnsafeMutablePointer<ArenaText>
  private var foundSetList: NumberList
  private var stamp: UInt64 = 0

  init(wordSets: Int) {
    symbols = .allocate(capacity: Self.slots)
    symbols.initialize(repeating: SymbolTable.unknown, count: Self.slots)
    numbers = .allocate(capacity: Self.slots)
    numbers.initialize(repeating: 0, count: Self.slots)
    stamps = .allocate(capacity: max(1, wordSets))
    stamps.initialize(repeating: 0, count: max(1, wordSets))
    foundWord = .allocate(capacity: max(1, wordSets))
    foundWord.initialize(repeating: ArenaText(start: nil, count: 0), count: max(1, wordSets))
    // Each set once.
    foundSetList = NumberList(capacity: max(1, wordSets))
  }

  func free() {
    labelList.free()
    languageList.free()
    foundSetList.free()
    symbols.deallocate()
    numbers.deallocate()
    stamps.deallocate()
    foundWord.deallocate()
  }

  mutating func reset() {
    symbols.update(repeating: SymbolTable.unknown, count: Self.slots)
    numbersPresent = 0
    labelList.removeAll()
    languageList.removeAll()
    foundSetList.removeAll()
    stamp &+= 1
  }

  @inline(__always) var labels: UnsafeBufferPointer<Symbol> { labelList.all }
  @inline(__always) var languages: UnsafeBufferPointer<Symbol> { languageList.all }
  @inline(__always) var foundSets: UnsafeBufferPointer<Int32> { foundSetList.all }
  @inline(__always) func symbol(_ fact: UInt8) -> Symbol { symbols[Int(fact)] }
  @inline(__always) func number(_ fact: UInt8) -> Int64 { numbers[Int(fact)] }
  @inline(__always) func hasNumber(_ fact: UInt8) -> Bool { numbersPresent & (1 << UInt32(fact)) != 0 }
  @inline(__always) func foundWords(_ set: Int32) -> Bool { stamps[Int(set)] == stamp }
  @inline(__always) func word(_ set: Int32) -> ByteSlice { foundWord[Int(set)].slice }
  @inline(__always) func many(_ fact: UInt8) -> UnsafeBufferPointer<Symbol> {
    fact == Fact.labels.rawValue ? labels : languages
  }

  @inline(__always) mutating func set(_ fact: Fact, _ symbol: Symbol) {
    symbols[Int(fact.rawValue)] = symbol
  }
  @inline(__always) mutating func set(_ fact: Fact, number: Int64) {
    numbers[Int(fact.rawValue)] = number
    numbersPresent |= 1 << UInt32(fact.rawValue)
  }
  @inline(__always) mutating func addLabel(_ symbol: Symbol) {
    if symbol != SymbolTable.unknown { labelList.append(symbol) }
  }
  @inline(__always) mutating func addLanguage(_ symbol: Symbol) {
    if symbol != SymbolTable.unknown { languageList.append(symbol) }
  }
  @inline(__always) mutating func found(_ match: WordAutomaton.Match) {
    guard stamps[Int(match.set)] != stamp else { return }
    stamps[Int(match.set)] = stamp
    foundWord[Int(match.set)] = match.word
    foundSetList.append(match.set)
  }
}

/// A few numbers in memory that is reused from event to event.
struct NumberList: BitwiseCopyable {
  private var start: UnsafeMutablePointer<Int32>
  private var capacity: Int
  private var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    start = .allocate(capacity: capacity)
  }

  func free() { start.deallocate() }

  @inline(__always) var all: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: start, count: count) }
  @inline(__always) mutating func removeAll() { count = 0 }

  @inline(__always) mutating func append(_ number: Int32) {
    if count == capacity { grow() }
    (start + count).initialize(to: number)
    count &+= 1
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: start, count: count)
    start.deallocate()
    start = larger
    capacity *= 2
  }
}
