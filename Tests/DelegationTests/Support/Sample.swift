// Owns the small policy that the tests of delegation are written against.
import Events
import Testing

@testable import Policy

/// A policy in memory; each test changes what it is about.
struct Sample {
  var delegation: PolicyDocument.Delegation
  var people: [PolicyDocument.Person]
  /// False for a policy without delegation.yaml.
  var hasDelegation = true
  private let base: PolicyDocument

  static let euro = "EUR"

  /// Monday 2025-06-02 10:00 in Lyon.
  static let monday: Int64 = 1_748_851_200_000
  /// When its day began by the budgets' clock, UTC.
  static let midnight = monday - 8 * hour
  static let day: Int64 = 86_400_000
  static let hour: Int64 = 3_600_000

  init() throws {
    base = try Self.plain.get()
    people = Self.directory
    delegation = Self.rules
  }

  func compiled() -> CompiledPolicy {
    var document = base
    document.people = people
    document.delegation = hasDelegation ? delegation : nil
    return CompiledPolicy(document)
  }

  private static let plain: Result<PolicyDocument, any Error> = Result {
    let files = [
      "teams.yaml": """
      teams:
        front-desk: { accountable: duty-manager }
        housekeeping: { accountable: head-housekeeper }
        technique: { accountable: chief-engineer }
        direction: { accountable: site-director }
        finance: { accountable: finance-director }
      """,
      "sites.yaml": """
      sites:
        lyon-1: { kind: hotel, country: FR, zone: Europe/Paris }
        geneva-1: { kind: hotel, country: CH, zone: Europe/Zurich }
      """,
      "journeys.yaml": "journeys: { stay: { touchpoints: { room: {} } } }",
      "ownership.yaml": "ownership: { unrouted: { owner: technique } }",
      "scoring.yaml": "scoring: { base: 20 }",
    ]
    let check = PolicyLoader.check(files: files.map { SourceFile(name: $0.key, text: $0.value) })
    guard let document = check.document else { throw check.errors[0] }
    return document
  }

  /// Everybody works always, so that nobody is off duty unless a test says so.
  static let directory =
    [
      PolicyDocument.Person(id: "rita", role: "receptionist", team: "front-desk", site: "lyon-1"),
      PolicyDocument.Person(id: "remo", role: "receptionist", team: "front-desk", site: "lyon-1"),
      PolicyDocument.Person(id: "mia", role: "housekeeper", team: "housekeeping", site: "lyon-1"),
      PolicyDocument.Person(id: "dora", role: "duty-manager", team: "front-desk", site: "lyon-1"),
      PolicyDocument.Person(id: "dirk", role: "duty-manager", team: "front-desk", site: "lyon-1"),
      PolicyDocument.Person(id: "sven", role: "site-director", team: "direction", site: "lyon-1"),
      PolicyDocument.Person(id: "sara", role: "site-director", team: "direction", site: "geneva-1"),
      PolicyDocument.Person(id: "fina", role: "finance-director", team: "finance"),
    ]
    + (0..<10).map {
      PolicyDocument.Person(id: "desk-\($0)", role: "receptionist", team: "front-desk", site: "lyon-1")
    }

  static func position(_ line: Int) -> PolicyDocument.Position {
    PolicyDocument.Position(file: "delegation.yaml", line: line)
  }

  static func euros(_ amount: Int64) -> PolicyDocument.Money { .init(minor: amount * 100, currency: euro) }

  static let rules: PolicyDocument.Delegation = {
    var rules = PolicyDocument.Delegation()
    rules.zones = ["UTC": [PolicyDocument.Offset(from: 0, minutes: 0)]]
    rules.actions = [
      action("refund", line: 2, from: ["desk-lyon-1"], ceiling: euros(5_000)),
      action("repair", line: 3, needs: ["photo"], from: ["repairs-lyon-1"]),
      action("voucher", line: 4, from: ["vouchers-lyon-1", "desk-lyon-1"]),
    ]
    rules.grants = [
      grant("receptionist", line: 6, actions: ["refund", "voucher"], euros(100)),
      grant("housekeeper", line: 7, actions: ["repair"], euros(150)),
      grant("duty-manager", line: 8, actions: [], euros(300)),
    ]
    rules.approvers = [
      approver("duty-manager", line: 10, euros(300)),
      approver("site-director", line: 11, euros(2_000), from: ["director-lyon-1"]),
      approver("finance-director", line: 12, nil),
    ]
    rules.budgets = [
      budget("desk-lyon-1", line: 14, euros(1_000), .sliding(days: 7)),
      budget("repairs-lyon-1", line: 15, euros(600), .week),
      budget("vouchers-lyon-1", line: 16, euros(120), .day, per: .person),
      budget("director-lyon-1", line: 17, euros(3_000), .month),
    ]
    return rules
  }()

  static func action(
    _ id: String, line: Int, needs: [String] = [], from: [String] = [], ceiling: PolicyDocument.Money? = nil
  ) -> PolicyDocument.Delegation.Action {
    PolicyDocument.Delegation.Action(
      at: position(line), id: id, name: id, needs: needs, from: from, validFor: 2 * day, referFor: 4 * hour,
      ceiling: ceiling)
  }

  static func grant(
    _ role: String, line: Int, actions: [String], _ upTo: PolicyDocument.Money
  ) -> PolicyDocument.Delegation.Grant {
    PolicyDocument.Delegation.Grant(at: position(line), role: role, actions: actions, upTo: upTo)
  }

  static func approver(
    _ role: String, line: Int, _ upTo: PolicyDocument.Money?, from: [String] = []
  ) -> PolicyDocument.Delegation.Approver {
    PolicyDocument.Delegation.Approver(at: position(line), role: role, upTo: upTo, from: from)
  }

  static func budget(
    _ id: String, line: Int, _ limit: PolicyDocument.Money, _ window: PolicyDocument.Delegation.Budget.Window,
    per: PolicyDocument.Delegation.Budget.Holder? = nil, overdraft: Int64 = 0
  ) -> PolicyDocument.Delegation.Budget {
    PolicyDocument.Delegation.Budget(
      at: position(line), id: id, root: "site/lyon-1", limit: limit, window: window, per: per,
      overdraft: overdraft, zone: "UTC")
  }

  /// From the first day on.
  static func rate(_ from: String, _ to: String, _ billionths: Int64, since: Int64 = 0)
    -> PolicyDocument.Delegation.Rate
  {
    PolicyDocument.Delegation.Rate(at: position(30), from: from, to: to, billionths: billionths, since: since)
  }
}
