// Owns what the outputs of casework share: how a case stands, as assignments and escalations show it.

/// Where a case is in its life, as consumers see it.
public enum CaseStatus: UInt8, Sendable, Hashable, CaseIterable {
  case assigned, acknowledged, waiting, resolved, closed, reopened, withdrawn
}

/// What a clock measures. Promises have clocks of their own.
public enum ClockKind: UInt8, Sendable, Hashable, CaseIterable {
  case acknowledge, respond, resolve, silence
}

/// Where a clock is.
public enum ClockState: UInt8, Sendable, Hashable, CaseIterable {
  case running, paused, met, missed
}

/// A clock as consumers see it: an absolute instant, kept with the rule that set it.
public struct ClockView {
  public var kind = ClockKind.acknowledge
  public var state = ClockState.running
  /// Milliseconds since 1970; while paused, what it would be if it went on now.
  public var due: Int64 = 0
  /// `ladders.standard.clocks.acknowledge`.
  public var rule = ByteSlice()
  public init() {}
}

/// What became of a promise.
public enum PromiseState: UInt8, Sendable, Hashable, CaseIterable {
  case open, kept, broken, renegotiated
}

public struct PromiseView {
  /// In the words of who made it: personal data, for frontline and owner.
  public var what = ByteSlice()
  public var due: Int64 = 0
  public var state = PromiseState.open
  public init() {}
}

/// A remedy of a case.
public struct RemedyView {
  public var claim = ByteSlice()
  public var action = ByteSlice()
  /// Minor units of `currency`.
  public var amount: Int64 = 0
  public var currency = ByteSlice()
  /// `pending`, `referred`, `approved`, `declined`, `cancelled`, `expired`, `settled`, `returned`, `lapsed`.
  public var state = ByteSlice()
  /// Who asked for it.
  public var by = ByteSlice()
  /// Until when an approval holds or a referral waits; 0 for never.
  public var expiresAt: Int64 = 0
  public init() {}
}

/// A stable word for scripts and one sentence for people, without personal data.
public struct Reason {
  public var code = ByteSlice()
  public var text = ByteSlice()
  /// In the words of who acted (why it was transferred, put off, erased): personal data, for frontline and owner.
  public var note = ByteSlice()
  public init() {}
  public init(code: ByteSlice, text: ByteSlice) {
    self.code = code
    self.text = text
  }
}

/// How a case stands. Slices are borrowed as in `Signal`.
public struct CaseView {
  /// The case's id.
  public var id = ByteSlice()
  public var subjectKey = ByteSlice()
  public var status = CaseStatus.assigned
  /// feedback or incident: what opened it.
  public var kind = EventKind.feedback
  public var owner = ByteSlice()
  public var worker = ByteSlice()
  public var witness = ByteSlice()
  public var priority = Priority.p4
  public var score: Int32 = 0
  public var contributions: [Signal.Contribution] = []
  public var rule = ByteSlice()
  public var ruleAt = ByteSlice()
  public var site = ByteSlice()
  public var journey = ByteSlice()
  public var touchpoint = ByteSlice()
  public var service = ByteSlice()
  public var entity = ByteSlice()
  /// Of feedback.
  public var respondent = Respondent.customer
  public var openedAt: Int64 = 0
  /// How many signals it holds.
  public var signals: Int32 = 1
  /// Id of the incident's case that gathered it; empty for none.
  public var incident = ByteSlice()
  /// Of an incident: how many cases it gathered.
  public var gathered: Int32 = 0
  /// How often it changed owners.
  public var edges: Int32 = 0
  public var promisesBroken: Int32 = 0
  public var clocks: [ClockView] = []
  public var promises: [PromiseView] = []
  public var remedies: [RemedyView] = []
  /// Rungs climbed so far, of how many.
  public var rung: Int32 = 0
  public var rungs: Int32 = 0
  /// When the next rung is due if nobody moves; 0 for none.
  public var nextRungAt: Int64 = 0
  /// What closed it, or would: `contact-back`, `rating`, `monitor`; empty for none.
  public var evidence = ByteSlice()
  public init() {}
}
