// Owns the record on `signals`, as it is encoded and decoded: an event as INTAKE decided, or a message of a role.

/// A validated, scored, routed event, or a message that roles and operators send each other. Borrowed like
/// `Event`: valid until its producer's next call.
///
/// Feedback and incidents are routed and scored. A case update or a remedy acts on a case that has its owner
/// already: owner, worker, witness, rule, priority, score and contributions are absent from its signal
/// (`isAssessed` is false; the schema requires them only of feedback and incidents). A signal of an internal kind
/// carries `message` in place of an event; one of an operator, and a mark, has no cause and no subject either.
public struct Signal {
  /// Deterministic: made from the cause's coordinates only. Of an operator's and of a mark, unique.
  public var id = ByteSlice()
  /// The id that the record at `cause` carried: the event's; of a notice or a link, the signal's that led to it; of an
  /// answer, that of its record on `delegations`. Empty of an operator's.
  public var causeID = ByteSlice()
  /// An empty topic of an operator's.
  public var cause = Coordinates()
  public var kind = SignalKind.feedback
  /// Pseudonymous; the record's key. Empty of an operator's.
  public var subjectKey = ByteSlice()
  public var occurredAt: Int64 = 0
  /// Where the cause is: the one accountable team.
  public var owner = ByteSlice()
  /// The subcontractor that does the work, empty when the owner does it.
  public var worker = ByteSlice()
  /// Where it was felt; empty when nobody but the owner.
  public var witness = ByteSlice()
  public var priority = Priority.p4
  /// 0–100.
  public var score: Int32 = 0
  /// What the score is made of, in the policy's order; their sum, clamped to 0…100, is the score.
  public var contributions: [Contribution] = []
  /// Path of the ownership rule that won: `ownership.rules[1].rules[0]`, or `ownership.unrouted`.
  public var rule = ByteSlice()
  /// Where that rule stands: `ownership.yaml:12`.
  public var ruleAt = ByteSlice()
  /// Paths of the rules that matched too and did not win, in the policy's order.
  public var alsoMatched: [ByteSlice] = []
  /// The policy's epoch that decided.
  public var epoch: Int64 = 0
  /// How many pieces of personal data were taken out of the texts.
  public var redactions: Int32 = 0
  /// Of a remedy: the id of the key whose signature it carries; empty where it is not signed.
  public var signedBy = ByteSlice()
  /// The event as decided on: redacted text, no subject id. Of an internal kind nothing but `traceparent` of it
  /// means anything.
  public var event: Event
  /// What an internal signal says; `none` where there is an event.
  public var message = Message.none

  /// True when the text was longer than a signal carries and has been cut at a character boundary.
  public var textTruncated = false

  public enum Message {
    case none
    case notice(Notice)
    case link(Link)
    case hold(Hold)
    case answer(ClaimAnswer)
    case mark(Mark)
  }

  public init(event: Event) { self.event = event }

  /// An internal signal; its kind is that of the message.
  public init(message: Message) {
    event = Event(body: .caseUpdate(CaseUpdate()))
    self.message = message
    switch message {
    case .notice: kind = .notice
    case .link: kind = .link
    case .hold: kind = .hold
    case .answer: kind = .answer
    case .mark: kind = .mark
    case .none: break
    }
  }

  /// Whether this kind of event is routed and scored by itself.
  public var isAssessed: Bool { kind == .feedback || kind == .incident }

  public struct Contribution {
    public var name: ByteSlice
    public var points: Int32
    /// What in the event earned it (`rating.nps 0`, `touchpoint.weight 3`), without personal data.
    public var because: ByteSlice
    public init(name: ByteSlice, points: Int32, because: ByteSlice) {
      self.name = name
      self.points = points
      self.because = because
    }
  }
}

/// Where a record stands.
public struct Coordinates {
  public var topic = ByteSlice()
  public var partition: Int32 = 0
  public var offset: Int64 = 0
  public init() {}
  public init(topic: ByteSlice, partition: Int32, offset: Int64) {
    self.topic = topic
    self.partition = partition
    self.offset = offset
  }
}

/// How soon. Cut from the score by the policy.
public enum Priority: Int, Sendable, Hashable, CaseIterable, Comparable {
  case p1 = 1
  case p2, p3, p4
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// On the wire.
  public enum Word: String, Sendable, Hashable, CaseIterable {
    case p1 = "P1", p2 = "P2", p3 = "P3", p4 = "P4"
  }
}
