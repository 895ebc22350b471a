// Owns what an event from outside is, once decoded: one value type per contract, nested in what all share.

/// A decoded, validated event from outside. Text is borrowed from the decoder (see `ByteSlice`).
public struct Event {
  /// Unique at its source; deduplication and proofs go by it.
  public var id = ByteSlice()
  /// When it happened, milliseconds since 1970, UTC.
  public var occurredAt: Int64 = 0
  /// Who reports it (`survey-tool`, `lift-monitor`).
  public var source = ByteSlice()
  /// What it says.
  public var body: Body
  /// W3C trace context to pass on, empty when absent (`traceparent` header or CloudEvents extension).
  public var traceparent = ByteSlice()

  public enum Body {
    case feedback(Feedback)
    case incident(Incident)
    case caseUpdate(CaseUpdate)
    case remedy(Remedy)
  }

  public init(body: Body) { self.body = body }

  /// Which contract it came under.
  public var kind: EventKind {
    switch body {
    case .feedback: .feedback
    case .incident: .incident
    case .caseUpdate: .caseUpdate
    case .remedy: .remedy
    }
  }
}

/// The contracts of the input topics, one topic each.
public enum EventKind: String, Sendable, Hashable, CaseIterable {
  case feedback
  case incident
  case caseUpdate = "case-update"
  case remedy
}

/// Who or what an event is about.
public struct Subject {
  /// `customer`, `employee`, `site`, `contract` … an open set.
  public var kind = ByteSlice()
  /// Personal data: never leaves INTAKE except as a subject key.
  public var id = ByteSlice()
  public var segment = ByteSlice()
  /// What the relation is worth a year, in minor units of the deployment's currency; nil when unknown.
  public var value: Int64?
  public init() {}
}

/// Who speaks.
public enum Respondent: String, Sendable, Hashable, CaseIterable { case customer, employee, partner }

/// A measured rating. Values and scales are fixed-point thousandths: 4.5 stars is 4500.
public struct Rating: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable { case nps, csat, ces, stars }
  public var kind: Kind
  /// Thousandths, halves rounded up; within 0…scale for nps, within 1…scale for the others (checked by the
  /// decoder).
  public var value: Int64
  /// The top of the scale in thousandths, one of `scales`; defaults: nps 10, csat 5, ces 7, stars 5.
  public var scale: Int64
  public init(kind: Kind, value: Int64, scale: Int64) {
    self.kind = kind
    self.value = value
    self.scale = scale
  }

  /// The tops of scales that are in use, whole points; nps always has 10.
  public static let scales: [Int64] = [2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100]
}

extension Rating.Kind {
  /// The scale when none is sent, whole points.
  public var defaultScale: Int64 {
    switch self {
    case .nps: 10
    case .csat, .stars: 5
    case .ces: 7
    }
  }
  /// The lowest value, whole points.
  public var lowest: Int64 { self == .nps ? 0 : 1 }
}

public struct Feedback {
  public var subject = Subject()
  public var respondent = Respondent.customer
  public var channel = ByteSlice()
  public var journey = ByteSlice()
  public var touchpoint = ByteSlice()
  public var site = ByteSlice()
  public var entity = ByteSlice()
  public var rating: Rating?
  public var text = ByteSlice()
  /// BCP 47 tag as sent, empty when not said.
  public var language = ByteSlice()
  public var labels: [ByteSlice] = []
  public init() {}
}

public enum Severity: String, Sendable, Hashable, CaseIterable { case low, medium, high, critical }
public enum IncidentStatus: String, Sendable, Hashable, CaseIterable { case open, update, resolved }

public struct Incident {
  public var subject: Subject?
  public var site = ByteSlice()
  public var entity = ByteSlice()
  public var service = ByteSlice()
  public var severity = Severity.medium
  public var status = IncidentStatus.open
  /// How many people are affected, when known.
  public var affected: Int64?
  public var title = ByteSlice()
  public var text = ByteSlice()
  public var labels: [ByteSlice] = []
  public init() {}
}

/// Who acts on a case or asks for a remedy.
public struct Actor {
  public var id = ByteSlice()
  public var role = ByteSlice()
  public var team = ByteSlice()
  public var site = ByteSlice()
  public init() {}
}

/// What somebody did to a case. Times are milliseconds since 1970, UTC.
public enum Act {
  case acknowledge
  case progress
  case respond
  case promise(due: Int64, what: ByteSlice)
  case transfer(to: ByteSlice, reason: ByteSlice)
  case wait(for: ByteSlice, until: Int64)
  case resolve(evidence: ByteSlice)
  case reopen
  case snooze(until: Int64, reason: ByteSlice)
  case silence(until: Int64, reason: ByteSlice)
  /// Forget the subject: its state, and what outputs keep of it.
  case erase(reason: ByteSlice)
  /// About a remedy, by its claim: an approver says yes or no to one that was referred.
  case approve(claim: ByteSlice, note: ByteSlice)
  case decline(claim: ByteSlice, reason: ByteSlice)
  /// Whoever asked for it takes it back.
  case cancel(claim: ByteSlice, reason: ByteSlice)
  /// It was paid, and some of it came back: minor units of `currency`; 0 and an empty currency for all of it.
  case settle(claim: ByteSlice, amount: Int64, currency: ByteSlice)
  case giveBack(claim: ByteSlice, amount: Int64, currency: ByteSlice)

  /// Why, for what, or with what evidence, in the words of who acts; empty where the act has none. Not of `erase`:
  /// nothing that was said about a subject outlives it.
  public var note: ByteSlice {
    switch self {
    case .acknowledge, .progress, .respond, .promise, .reopen, .erase, .settle, .giveBack: ByteSlice()
    case .approve(_, let note): note
    case .decline(_, let reason), .cancel(_, let reason): reason
    case .transfer(_, let reason), .snooze(_, let reason), .silence(_, let reason): reason
    case .wait(let what, _): what
    case .resolve(let evidence): evidence
    }
  }

  /// The word on the wire.
  public enum Word: String, Sendable, Hashable, CaseIterable {
    case acknowledge, progress, respond, promise, transfer, wait, resolve, reopen, snooze, silence, erase
    case approve, decline, cancel, settle
    case giveBack = "return"

    /// Whether it is about a remedy and names its claim.
    public var isAboutClaim: Bool {
      switch self {
      case .approve, .decline, .cancel, .settle, .giveBack: true
      default: false
      }
    }
  }

  public var word: Word {
    switch self {
    case .acknowledge: .acknowledge
    case .progress: .progress
    case .respond: .respond
    case .promise: .promise
    case .transfer: .transfer
    case .wait: .wait
    case .resolve: .resolve
    case .reopen: .reopen
    case .snooze: .snooze
    case .silence: .silence
    case .erase: .erase
    case .approve: .approve
    case .decline: .decline
    case .cancel: .cancel
    case .settle: .settle
    case .giveBack: .giveBack
    }
  }

  /// The claim that it is about; empty of an act about the case itself.
  public var claim: ByteSlice {
    switch self {
    case .approve(let claim, _), .decline(let claim, _), .cancel(let claim, _), .settle(let claim, _, _),
      .giveBack(let claim, _, _):
      claim
    default: ByteSlice()
    }
  }
}

public struct CaseUpdate {
  /// The case id; it carries its subject key. Empty of `erase`; of an act about a claim that claim's, said or not.
  public var caseID = ByteSlice()
  /// Whom to forget; of `erase` only.
  public var subject: Subject?
  public var actor = Actor()
  public var act = Act.acknowledge
  public var text = ByteSlice()
  public init() {}
}

public struct Remedy {
  /// Kinds of evidence at most.
  public static let mostEvidence = 16

  /// Either a case or a subject is named.
  public var caseID = ByteSlice()
  public var subject: Subject?
  public var actor = Actor()
  public var action = ByteSlice()
  /// Minor units of `currency`, above zero.
  public var amount: Int64 = 0
  /// ISO 4217, three capitals.
  public var currency = ByteSlice()
  public var reason = ByteSlice()
  /// Kinds of what is shown to support it: `photo`, `invoice`.
  public var evidence: [ByteSlice] = []
  /// Of who asks; nil where it is not signed.
  public var signature: Signature?
  public init() {}

  /// An Ed25519 signature.
  public struct Signature {
    /// The key's id, as the policy names it.
    public var key = ByteSlice()
    /// 64 bytes, base64url without padding.
    public var value = ByteSlice()
    public init() {}
  }
}
