// Owns the signals that roles and operators send each other: no event from outside stands behind them.

/// A feedback told to the site, or the service, where it was felt: an open incident there may gather it.
public struct Notice {
  /// The case that the feedback opened or joined.
  public var caseID = ByteSlice()
  public var owner = ByteSlice()
  public var site = ByteSlice()
  public var touchpoint = ByteSlice()
  public var journey = ByteSlice()
  public var priority = Priority.p4
  public init() {}
}

/// An incident tells a case that it gathered it.
public struct Link {
  public var caseID = ByteSlice()
  /// The incident's case.
  public var incident = ByteSlice()
  public init() {}
}

/// An operator holds the escalations of one owner, or of all, or releases them.
public struct Hold {
  /// Empty for all.
  public var owner = ByteSlice()
  /// Milliseconds since 1970; in the past or 0: released.
  public var until: Int64 = 0
  public var reason = ByteSlice()
  public var by = ByteSlice()
  public init() {}
}

/// The answer to a claim on its way back to the case.
public struct ClaimAnswer {
  public var claim = ByteSlice()
  public var caseID = ByteSlice()
  public var answer = Delegation.Answer.declined
  public var action = ByteSlice()
  /// Minor units of `currency`; of `settled` and `returned` what was paid or came back.
  public var amount: Int64 = 0
  public var currency = ByteSlice()
  /// Ids of who asked, and of who said yes or no; empty where the grant decided.
  public var requester = ByteSlice()
  public var decider = ByteSlice()
  /// Until when an approval holds or a referral waits; 0 for never.
  public var expiresAt: Int64 = 0
  public var reasonCode = ByteSlice()
  public var reasonText = ByteSlice()
  public init() {}

  /// Whether it is a NO that asking again may lift, `Delegation.Failure.mayBeAskedAgain`.
  public var mayBeAskedAgain: Bool {
    answer == .declined && Delegation.Failure.mayBeAskedAgain(reasonCode)
  }

  /// What the id of a signal that carries one begins with; the answer's own id follows.
  public static let idPrefix = "answer-"

  /// What a case needs of an answer.
  public init(_ record: Delegation) {
    claim = record.claim
    caseID = record.caseID
    answer = record.answer
    action = record.action
    amount = record.amount
    currency = record.currency
    requester = record.requester.id
    decider = record.decider.id
    expiresAt = record.expiresAt
    reasonCode = record.reason.code
    reasonText = record.reason.text
  }
}

/// How far INTAKE has read what people do (`case-updates`): whoever waits for an act can tell silence from delay. No
/// decision is made of it.
public struct Mark {
  /// Kafka takes more, and nobody runs so many.
  public static let mostPartitions: Int32 = 4_096
  /// What ids of marks, and of nothing else, begin with: whoever counts signals passes over them by it.
  public static let idPrefix = "mark-"

  public struct Reach {
    public var partition: Int32
    /// What was appended before this time stands before this mark, milliseconds since 1970.
    public var until: Int64
    public init(partition: Int32, until: Int64) {
      self.partition = partition
      self.until = until
    }
  }
  /// How many partitions there are.
  public var partitions: Int32 = 0
  /// Of the partitions that its teller reads.
  public var through: [Reach] = []
  public init() {}
}
