// Owns the words of the contracts' closed sets as bytes, for writing.

extension Priority {
  /// `P1` … `P4`.
  public var wire: ByteSlice {
    switch self {
    case .p1: "P1"
    case .p2: "P2"
    case .p3: "P3"
    case .p4: "P4"
    }
  }

  init(_ word: Word) {
    switch word {
    case .p1: self = .p1
    case .p2: self = .p2
    case .p3: self = .p3
    case .p4: self = .p4
    }
  }
}

extension EventKind {
  public var wire: ByteSlice {
    switch self {
    case .feedback: "feedback"
    case .incident: "incident"
    case .caseUpdate: "case-update"
    case .remedy: "remedy"
    }
  }
}

extension SignalKind {
  public var wire: ByteSlice {
    switch self {
    case .feedback: "feedback"
    case .incident: "incident"
    case .caseUpdate: "case-update"
    case .remedy: "remedy"
    case .notice: "notice"
    case .link: "link"
    case .hold: "hold"
    case .answer: "answer"
    case .mark: "mark"
    }
  }
}

extension Respondent {
  public var wire: ByteSlice {
    switch self {
    case .customer: "customer"
    case .employee: "employee"
    case .partner: "partner"
    }
  }
}

extension Rating.Kind {
  public var wire: ByteSlice {
    switch self {
    case .nps: "nps"
    case .csat: "csat"
    case .ces: "ces"
    case .stars: "stars"
    }
  }
}

extension Severity {
  public var wire: ByteSlice {
    switch self {
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }
}

extension IncidentStatus {
  public var wire: ByteSlice {
    switch self {
    case .open: "open"
    case .update: "update"
    case .resolved: "resolved"
    }
  }
}

extension Act.Word {
  public var wire: ByteSlice {
    switch self {
    case .acknowledge: "acknowledge"
    case .progress: "progress"
    case .respond: "respond"
    case .promise: "promise"
    case .transfer: "transfer"
    case .wait: "wait"
    case .resolve: "resolve"
    case .reopen: "reopen"
    case .snooze: "snooze"
    case .silence: "silence"
    case .erase: "erase"
    case .approve: "approve"
    case .decline: "decline"
    case .cancel: "cancel"
    case .settle: "settle"
    case .giveBack: "return"
    }
  }
}
