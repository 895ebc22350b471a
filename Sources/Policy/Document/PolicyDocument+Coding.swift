// Owns a document's members as JSON: what came with a later format is left out where it says nothing, so that a
// policy of an earlier format keeps its bytes, and with them its revision.
import Privacy

extension PolicyDocument {
  private enum Member: String, CodingKey {
    case teams, sites, journeys, rules, unrouted, witness, scoring, redaction
    // Format 2.
    case calendars, people, ladders, cases
    // Format 3.
    case delegation
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Member.self)
    teams = try members.decode([Team].self, forKey: .teams)
    sites = try members.decode([Site].self, forKey: .sites)
    journeys = try members.decode([Journey].self, forKey: .journeys)
    rules = try members.decode([Rule].self, forKey: .rules)
    unrouted = try members.decode(Unrouted.self, forKey: .unrouted)
    witness = try members.decode(Witness.self, forKey: .witness)
    scoring = try members.decode(Scoring.self, forKey: .scoring)
    redaction = try members.decode(RedactionRules.self, forKey: .redaction)
    calendars = try members.decodeIfPresent([Calendar].self, forKey: .calendars) ?? []
    people = try members.decodeIfPresent([Person].self, forKey: .people) ?? []
    ladders = try members.decodeIfPresent([Ladder].self, forKey: .ladders) ?? []
    cases = try members.decodeIfPresent(Cases.self, forKey: .cases)
    delegation = try members.decodeIfPresent(Delegation.self, forKey: .delegation)
  }

  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Member.self)
    try members.encode(teams, forKey: .teams)
    try members.encode(sites, forKey: .sites)
    try members.encode(journeys, forKey: .journeys)
    try members.encode(rules, forKey: .rules)
    try members.encode(unrouted, forKey: .unrouted)
    try members.encode(witness, forKey: .witness)
    try members.encode(scoring, forKey: .scoring)
    try members.encode(redaction, forKey: .redaction)
    if !calendars.isEmpty { try members.encode(calendars, forKey: .calendars) }
    if !people.isEmpty { try members.encode(people, forKey: .people) }
    if !ladders.isEmpty { try members.encode(ladders, forKey: .ladders) }
    try members.encodeIfPresent(cases, forKey: .cases)
    try members.encodeIfPresent(delegation, forKey: .delegation)
  }
}
