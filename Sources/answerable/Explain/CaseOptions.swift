// Owns how a case is said on a command line: what an answer to a remedy depends on and the event does not carry.
import Console
import Events
import Policy
import Roles

enum CaseOptions {
  static let group = OptionGroup(
    "The case of a remedy", [priority.spec, status.spec, journey.spec, owner.spec, site.spec])

  private static let priority = choice(
    "priority", "PRIORITY", "Its priority", Priority.allCases, word: \.wire.string)
  private static let status = choice(
    "status", "STATUS", "How it stands", CaseSketch.statuses, word: \.wire.string)
  private static let journey = Option<String?>.text("journey", nil, "JOURNEY", "Its journey.")
  private static let owner = Option<String?>.text("owner", nil, "TEAM", "The team it belongs to.")
  private static let site = Option<String?>.text("site", nil, "SITE", "Where it is.")

  private static func choice<Value: Sendable>(
    _ name: String, _ placeholder: String, _ summary: String, _ all: [Value],
    word: @escaping @Sendable (Value) -> String
  ) -> Option<Value?> {
    let allowed = all.map(word)
    return .value(name, nil, placeholder, "\(summary).", default: nil, allowed: allowed) {
      (text) throws(BadValue) in
      guard let value = all.first(where: { word($0) == text }) else {
        throw BadValue(Suggestion.refusal(of: text, among: allowed))
      }
      return value
    }
  }

  /// The case as far as it was said; the rest as it is known, or assumed. Throws `UsageError` for what the policy does not
  /// have.
  static func said(_ known: SaidCase, _ invocation: Invocation, _ policy: PolicyDocument) throws -> SaidCase {
    var said = known
    func take(_ fact: SaidCase.Fact, _ isSaid: Bool) {
      // Whoever says how a case stands asks about one that is there.
      if isSaid { said.sketch.exists = true }
      if isSaid { said.assumed.removeAll { $0.fact == fact } }
    }
    if let priority = invocation[priority] { said.sketch.priority = priority }
    take(.priority, invocation[priority] != nil)
    if let status = invocation[status] { said.sketch.status = status }
    take(.status, invocation[status] != nil)
    if let journey = invocation[journey] {
      said.sketch.journey = try existing(journey, policy.journeys.map(\.id), "journey")
      take(.journey, true)
    }
    if let owner = invocation[owner] {
      said.sketch.owner = try existing(owner, policy.teams.map(\.id), "owner")
      take(.owner, true)
    }
    if let site = invocation[site] {
      said.sketch.site = try existing(site, policy.sites.map(\.id), "site")
      take(.site, true)
    }
    return said
  }

  private static func existing(_ word: String, _ known: [String], _ option: String) throws -> String {
    guard !known.contains(word) else { return word }
    throw UsageError(
      "--\(option): \(Suggestion.refusal(of: word, among: known, listing: Suggestion.listed))",
      command: "answerable explain")
  }
}

/// A case that a remedy is explained for, and what of it nobody said.
struct SaidCase {
  enum Fact: String { case priority, status, journey, owner, site }

  struct Assumption {
    var fact: Fact
    /// `P4`, `owner front-desk, the team of who asks`.
    var text: String
  }

  var sketch = CaseSketch()
  var assumed: [Assumption] = []
  /// What was given before is known: it was read from the topics.
  var knowsHistory = false

  /// The topics have no such case.
  static var missing: SaidCase {
    var said = SaidCase()
    said.sketch.exists = false
    return said
  }

  /// What is assumed of the case of a remedy about which nothing is known.
  static func assumed(of remedy: Remedy, _ policy: CompiledPolicy) -> SaidCase {
    var said = SaidCase()
    let person = policy.casework.person(remedy.actor.id)
    said.assumed = [
      .init(fact: .priority, text: said.sketch.priority.wire.string),
      .init(fact: .status, text: said.sketch.status.wire.string), .init(fact: .journey, text: "no journey"),
    ]
    let team = person?.team.string ?? ""
    if !team.isEmpty {
      said.sketch.owner = team
      said.assumed.append(.init(fact: .owner, text: "owner \(team), the team of who asks"))
    }
    let claimed = remedy.actor.site.string
    if policy.document.sites.contains(where: { $0.id == claimed }) {
      said.sketch.site = claimed
      said.assumed.append(.init(fact: .site, text: "at \(claimed), where who asks says to be"))
    } else if let site = person?.site.string, !site.isEmpty {
      said.sketch.site = site
      said.assumed.append(.init(fact: .site, text: "at \(site), where who asks works"))
    } else {
      said.assumed.append(.init(fact: .site, text: "at no site"))
    }
    return said
  }
}
