// Owns what the world is about to say: events as values, before they become bytes on a topic.
import Events

/// An event that will be sent.
struct Draft: Sendable {
  /// When it happened.
  var occurredAt: Int64
  /// How much later its system sends it.
  var delay: Int64
  /// Who reports it.
  var source: Source
  var body: Body

  enum Body: Sendable {
    case feedback(FeedbackDraft)
    case incident(IncidentDraft)
    case caseUpdate(CaseUpdateDraft)
    case remedy(RemedyDraft)
  }

  var sentAt: Int64 { occurredAt + delay }

  var kind: EventKind {
    switch body {
    case .feedback: .feedback
    case .incident: .incident
    case .caseUpdate: .caseUpdate
    case .remedy: .remedy
    }
  }
}

/// The systems around, each with its habits on the wire.
enum Source: String, Sendable {
  case surveyTool = "survey-tool"
  case guestApp = "guest-app"
  case frontDeskTablet = "front-desk-tablet"
  case bookingSite = "booking-site"
  case employeePulse = "employee-pulse"
  case partnerPortal = "partner-portal"
  case buildingMonitor = "building-monitor"
  case networkMonitor = "network-monitor"
  case paymentMonitor = "payment-monitor"
  case serviceDesk = "service-desk"
  case frontlineApp = "frontline-app"

  /// The hotel's own systems write Paris time.
  var zone: WeekTime.Zone {
    switch self {
    case .frontDeskTablet, .serviceDesk, .frontlineApp: .paris
    default: .utc
    }
  }

  /// What the channel is called in feedback from there.
  var channel: String {
    switch self {
    case .surveyTool: "email"
    case .guestApp, .frontlineApp: "app"
    case .frontDeskTablet: "tablet"
    case .bookingSite: "web"
    case .employeePulse, .partnerPortal, .serviceDesk: "portal"
    case .buildingMonitor, .networkMonitor, .paymentMonitor: "monitor"
    }
  }
}

/// Somebody or something an event is about. `value` in cents a year.
struct SubjectDraft: Sendable, Hashable {
  var kind: String
  var id: String
  var segment: String?
  var value: Int?
}

struct FeedbackDraft: Sendable {
  var subject: SubjectDraft
  var respondent: Respondent
  var channel: String
  var journey: Journey
  /// Nil where nobody asked for one: a survey about all of it.
  var touchpoint: Touchpoint?
  var site: Site
  var entity: String?
  /// Thousandths, as in the contract.
  var rating: Rating?
  var text: String?
  var language: Tongue?
  var labels: [String] = []
}

struct IncidentDraft: Sendable {
  var site: Site
  var entity: String
  var service: Service
  var severity: Severity
  var status: IncidentStatus
  var affected: Int?
  var title: String
  var text: String?
  var labels: [String] = []
}

/// Who acts: teams and roles by the policy's names.
struct ActorDraft: Sendable {
  var id: String
  var role: String
  var team: String
  /// Nil where it is not known.
  var site: Site?
}

struct CaseUpdateDraft: Sendable {
  var subject: SubjectDraft
  var actor: ActorDraft
  var act: ActDraft
  var text: String?
}

enum ActDraft: Sendable {
  case acknowledge
  case progress
  case respond
  case promise(due: Int64, what: String)
  case transfer(to: String, reason: String)
  case wait(for: String, until: Int64)
  case resolve(evidence: String)
  case reopen
}

struct RemedyDraft: Sendable {
  var subject: SubjectDraft
  /// Whether it is asked for on the subject's case; else for the subject itself.
  var namesCase: Bool
  var actor: ActorDraft
  var action: String
  /// Cents.
  var amount: Int
  var currency: String
  var reason: String
}
