// Owns what came in while an outage lasted, counted from the decisions.
import Events

/// What an outage did to its place: feedback from there with the same owner, between open and resolved.
struct Aftermath: Sendable {
  var owner: String
  var site: String
  var feedback = 0
  var urgent = 0
}

struct OutageLedger {
  private var open: [String: Aftermath] = [:]

  /// Follows the decisions in their order. Returns what an outage came to when this decision is about its end.
  mutating func follow(_ decision: Decision) -> Aftermath? {
    guard case .assessed(let matter, let assessment) = decision.outcome else { return nil }
    guard case .incident(let service, let entity, _, let status, _, _) = matter.kind else {
      count(matter, assessment)
      return nil
    }
    let name = "\(matter.site)/\(service)/\(entity)"
    switch status {
    case .open:
      open[name] = Aftermath(owner: assessment.owner, site: matter.site)
      return nil
    case .update: return nil
    case .resolved: return open.removeValue(forKey: name)
    }
  }

  private mutating func count(_ matter: Matter, _ assessment: Assessment) {
    for (name, outage) in open where outage.site == matter.site && outage.owner == assessment.owner {
      var outage = outage
      outage.feedback += 1
      if assessment.priority <= .p2 { outage.urgent += 1 }
      open[name] = outage
    }
  }
}
