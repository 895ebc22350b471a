// Owns a ladder as its author wrote it.

/// The clocks that a case may have.
enum ClockName: String, CaseIterable, Sendable {
  case acknowledge, respond, resolve, silence
}

/// Clocks as written: a length of time, or `none`.
typealias ClocksDraft = [ClockName: Located<WorkingDuration?>]

struct LadderDraft: Sendable {
  var id: Located<String>
  var clocks: ClocksDraft = [:]
  /// By priority, from 0 for P1.
  var byPriority: [Int: ClocksDraft] = [:]
  /// The calendar in which its clocks and rungs count, where that is not the owner's.
  var calendar: Located<String>?
  /// By priority, from 0 for P1.
  var calendarByPriority: [Int: Located<String>] = [:]
  var rungs: [RungDraft] = []
  /// False when the rungs could not be read: then nothing is said about what refers to them.
  var hasRungs = false
  var start: [Int: Located<Int64>] = [:]
  var repetition: RepetitionDraft?

  static let priorities = ["P1", "P2", "P3", "P4"]
}

struct RungDraft: Sendable {
  var place: Place
  var unless: Located<RungRules.Condition>?
  var after: Located<WorkingDuration>?
  var target: Located<RungTarget>?
  var tell: Located<RungRules.Audience>?
  /// Whether the author wrote them, however well.
  var saysUnless = false
  var saysAfter = false

  /// Due when the clock of its condition is.
  var clock: ClockName? { saysAfter ? nil : unless?.value.clock }
}

struct RepetitionDraft: Sendable {
  var every: Located<WorkingDuration>?
  var atMost: Located<Int64>?
}

enum RungTarget: Hashable, Sendable {
  case roleOfOwner(String)
  case accountableOfOwner
  case role(String)
}

extension RungRules.Condition {
  /// By the word that an author writes.
  static let words: [(word: String, condition: Self)] = [
    ("acknowledged", .acknowledged), ("responded", .responded), ("resolved", .resolved),
  ]

  /// The clock that runs until it holds.
  var clock: ClockName? {
    switch self {
    case .acknowledged: .acknowledge
    case .responded: .respond
    case .resolved: .resolve
    case .always: nil
    }
  }
}

extension LadderDraft {
  /// What a case of a priority (from 0) has: its own, else the ladder's. Nil before defaults are filled.
  func clock(_ name: ClockName, _ priority: Int) -> Located<WorkingDuration?>? {
    byPriority[priority]?[name] ?? clocks[name]
  }

  /// The calendar in which a case of a priority (from 0) counts; nil for its owner's.
  func calendar(_ priority: Int) -> Located<String>? { calendarByPriority[priority] ?? calendar }

  /// All that are named.
  var calendars: [Located<String>] {
    [calendar].compactMap { $0 } + calendarByPriority.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The rung that a case of a priority begins at, from 0.
  func first(_ priority: Int) -> Int {
    guard let start = start[priority]?.value else { return 0 }
    return Int(max(0, min(Int64(rungs.count) - 1, start - 1)))
  }
}

extension PolicyDocument.Ladder {
  init(_ draft: LadderDraft) {
    id = draft.id.value
    clocks = (0..<4).map { priority in
      func value(_ name: ClockName) -> WorkingDuration? { draft.clock(name, priority)?.value }
      var clocks = ClockRules()
      clocks.acknowledge = value(.acknowledge)
      clocks.respond = value(.respond)
      clocks.resolve = value(.resolve)
      clocks.silence = value(.silence)
      return clocks
    }
    rungs = draft.rungs.map { RungRules($0) }
    start = (0..<4).map { Int32(clamping: draft.first($0)) }
    repeatEvery = draft.repetition?.every?.value
    let named = (0..<4).map { draft.calendar($0)?.value ?? "" }
    calendars = named.contains { !$0.isEmpty } ? named : nil
    repeatAtMost = repeatEvery == nil ? 0 : Int32(clamping: draft.repetition?.atMost?.value ?? 0)
  }
}

extension RungRules {
  init(_ draft: RungDraft) {
    unless = draft.unless?.value ?? .always
    after = draft.after?.value
    audience = draft.tell?.value ?? .owner
    switch draft.target?.value {
    case .roleOfOwner(let name):
      target = .roleOfOwner
      role = name
    case .accountableOfOwner: target = .accountableOfOwner
    case .role(let name):
      target = .role
      role = name
    case nil: break
    }
  }
}
