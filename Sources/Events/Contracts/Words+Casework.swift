// Owns the words of casework's closed sets as bytes, for writing.

extension Audience {
  public var wire: ByteSlice {
    switch self {
    case .frontline: "frontline"
    case .owner: "owner"
    case .executive: "executive"
    }
  }
}

extension CaseStatus {
  public var wire: ByteSlice {
    switch self {
    case .assigned: "assigned"
    case .acknowledged: "acknowledged"
    case .waiting: "waiting"
    case .resolved: "resolved"
    case .closed: "closed"
    case .reopened: "reopened"
    case .withdrawn: "withdrawn"
    }
  }
}

extension ClockKind {
  public var wire: ByteSlice {
    switch self {
    case .acknowledge: "acknowledge"
    case .respond: "respond"
    case .resolve: "resolve"
    case .silence: "silence"
    }
  }
}

extension ClockState {
  public var wire: ByteSlice {
    switch self {
    case .running: "running"
    case .paused: "paused"
    case .met: "met"
    case .missed: "missed"
    }
  }
}

extension PromiseState {
  public var wire: ByteSlice {
    switch self {
    case .open: "open"
    case .kept: "kept"
    case .broken: "broken"
    case .renegotiated: "renegotiated"
    }
  }
}

extension Escalation.Kind {
  public var wire: ByteSlice {
    switch self {
    case .rung: "rung"
    case .silence: "silence"
    case .promiseBroken: "promise-broken"
    case .acknowledgementLapsed: "acknowledgement-lapsed"
    case .ownershipLapsed: "ownership-lapsed"
    case .unverified: "unverified"
    case .nobodyOnDuty: "nobody-on-duty"
    case .deferred: "deferred"
    case .resumed: "resumed"
    case .retraction: "retraction"
    case .ladderExhausted: "ladder-exhausted"
    case .digest: "digest"
    }
  }
}

extension JournalRecord.Decision {
  public var wire: ByteSlice {
    switch self {
    case .opened: "opened"
    case .attached: "attached"
    case .reopened: "reopened"
    case .noted: "noted"
    case .gathered: "gathered"
    case .linked: "linked"
    case .acted: "acted"
    case .closed: "closed"
    case .escalated: "escalated"
    case .deferred: "deferred"
    case .resumed: "resumed"
    case .rearmed: "rearmed"
    case .erased: "erased"
    case .held: "held"
    case .expired: "expired"
    case .refused: "refused"
    case .answered: "answered"
    }
  }
}
