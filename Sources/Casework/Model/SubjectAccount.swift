// Owns what casework keeps about one subject: its cases by group, what it went through, what was heard already.
import Events

/// One subject. A value; its slices are borrowed from whoever decoded it.
public struct SubjectAccount {
  /// The number of the next case; it stays when a subject is erased, as long as records of its cases may be kept.
  public var nextCase: UInt32 = 1
  public var memory = MemoryAccount()
  /// Events heard lately, oldest first, for deduplication.
  public var heard: [HeardEvent] = []
  /// Open, resolved and lately closed cases, by number.
  public var cases: [CaseEntry] = []
  /// `resolved` of incidents that are not known yet.
  public var parked: [ParkedResolution] = []
  /// Feedback felt at this site lately, for an incident that is reported after it.
  public var notices: [KeptNotice] = []
  /// What it was given or is being asked for, oldest first.
  public var given: [GivenRemedy] = []
  /// The subject leaves the state then, unless something keeps it; 0 when it is empty.
  public var expiresAt: Int64 = 0
  /// When its timer fires; 0 where none is set. It is not moved at every signal: one that fires early is set again.
  public var timerAt: Int64 = 0
  public init() {}
}

/// What triage needs of a case, so that most signals load one case at most.
public struct CaseEntry {
  public var number: UInt32 = 0
  public var group: UInt64 = 0
  public var phase = CasePhase.open
  public var kind = EventKind.feedback
  /// Of an incident: whose and which service it is, half a hash each, so that a notice finds the incident that caused
  /// it. 0 of a feedback.
  public var cause: UInt64 = 0
  /// Its last contact; of a closed one, when it closed.
  public var touchedAt: Int64 = 0
  /// Contacts about it, since it opened, that nobody has answered.
  public var contacts: Int32 = 0
  public init() {}
}

extension SubjectAccount {
  /// Nothing is kept of it but which number its next case has.
  public var isNumberOnly: Bool {
    cases.isEmpty && heard.isEmpty && parked.isEmpty && notices.isEmpty && given.isEmpty
      && memory == MemoryAccount()
  }

  /// How many of its cases are not closed.
  var openCases: Int { cases.count { $0.phase != .closed } }

  /// Forgets all but the number of its next case, and when that may leave.
  public mutating func keepNumberOnly() {
    memory = MemoryAccount()
    heard.removeAll(keepingCapacity: true)
    cases.removeAll(keepingCapacity: true)
    parked.removeAll(keepingCapacity: true)
    notices.removeAll(keepingCapacity: true)
    given.removeAll(keepingCapacity: true)
  }

  /// Changes the entry of a case; one that is new stands last.
  mutating func change(_ number: UInt32, _ body: (inout CaseEntry) -> Void) {
    if let index = cases.firstIndex(where: { $0.number == number }) { return body(&cases[index]) }
    var entry = CaseEntry()
    entry.number = number
    body(&entry)
    cases.append(entry)
  }
}

/// Hash of an event's source and id, and when it was heard.
public struct HeardEvent {
  public var hash: UInt64 = 0
  public var at: Int64 = 0
  public init(hash: UInt64, at: Int64) {
    self.hash = hash
    self.at = at
  }
}

public struct ParkedResolution {
  public var group: UInt64 = 0
  /// When it was resolved, by its monitor.
  public var occurredAt: Int64 = 0
  /// When it was parked.
  public var at: Int64 = 0
  public init() {}
}

public struct KeptNotice {
  public var caseID = ByteSlice()
  public var owner = ByteSlice()
  public var touchpoint = ByteSlice()
  public var at: Int64 = 0
  public init() {}
}

/// A decaying account of what a subject went through; integers of hundredths of a point.
public struct MemoryAccount: Hashable {
  /// The worst moment, fading.
  public var peak: Int32 = 0
  /// What came lately, fading faster at every moment.
  public var recent: Int32 = 0
  public var brokenPromises: Int32 = 0
  /// When the figures above were true.
  public var at: Int64 = 0
  public init() {}
}
