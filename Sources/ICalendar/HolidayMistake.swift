// Owns what can be wrong with an iCalendar file, and where; how it reads is its user's.

extension HolidayFile {
  public struct Mistake: Sendable, Hashable {
    public var kind: Kind
    /// From 1.
    public var line: Int
    /// In characters, from 1.
    public var column: Int
  }

  public enum Kind: Sendable, Hashable {
    /// It does not begin with BEGIN:VCALENDAR.
    case noCalendar
    /// It has no VEVENT.
    case noEvents
    /// A line without a name and a colon.
    case noProperty
    case controlCharacter(UInt8)
    /// Bytes that a line may have at most.
    case longLine(Int)
    /// An END of another component than the one that is open, which is nil when none is.
    case unexpectedEnd(found: String, open: String?)
    case notEnded(String)
    case nestedTooDeep
    /// A property outside of a calendar.
    case outside
    /// A property that an event has once; the line of the first.
    case twice(String, line: Int)
    case noStart(event: String)
    /// A value of the property that cannot be read.
    case malformed(property: String, value: String)
    case durationBesideEnd
    /// A time where the event's beginning is a day, or the other way round.
    case mixed(property: String)
    case partOfADay
    case endsBeforeItBegins(property: String)
    /// Days that it may take at most.
    case tooLong(Int)
    case unknownZone(String)
    case rule(Rule, value: String)
    case ruleOfAnException
    /// More than are read of one file.
    case tooManyEvents(Int)
    case tooMuch
    /// Mistakes that were said; the others are not.
    case more(Int)
    /// A timed event without a length: it closes nothing.
    case noLength
    /// The line of the other event.
    case sameUID(line: Int)
    case noSuchOccurrence
  }

  /// What is wrong with a repetition.
  public enum Rule: Sendable, Hashable {
    case unreadable, tooOften, numberedDay, mixedDays, never, untilBeforeStart
    /// The event does not begin on a day that its rule names.
    case askew
  }
}

extension HolidayFile.Mistake {
  /// The others are mistakes of which the file can be read in one way only.
  public var isWarning: Bool {
    switch kind {
    case .noLength, .sameUID, .noSuchOccurrence, .rule(.askew, _): true
    default: false
    }
  }
}

/// Mistakes of one file, as many as a person mends at once.
struct MistakeList {
  private(set) var found: [HolidayFile.Mistake] = []
  static let most = 20

  var isFull: Bool { found.count > Self.most }

  mutating func add(_ kind: HolidayFile.Kind, _ line: ContentLine, at offset: Int = 0) {
    let place = line.place(of: offset)
    add(kind, line: place.line, column: place.column)
  }

  mutating func add(_ kind: HolidayFile.Kind, line: Int, column: Int = 1) {
    if isFull || (kind == .tooMuch && found.contains { $0.kind == .tooMuch }) { return }
    let isLast = found.count == Self.most
    found.append(.init(kind: isLast ? .more(Self.most) : kind, line: line, column: column))
  }
}
