// Owns the small policy that the tests of casework are written against.
import Events
import Policy

/// A small policy in memory; each test replaces the files that it is about.
struct CaseworkSample {
  private let files: [String: String]
  private let isPlain: Bool

  static let teams = """
    teams:
      front-desk: { accountable: front-desk-lead }
      technique: { accountable: chief-engineer }
      billing: { accountable: billing-lead }
      care: { accountable: care-lead }
      lift-service: { subcontractor-of: technique }
    """
  static let sites = """
    sites:
      lyon-1: { kind: hotel, country: FR, zone: Europe/Paris, witness: front-desk }
      geneva-1: { kind: hotel, country: CH, zone: Europe/Zurich, witness: front-desk }
    """
  static let journeys = """
    journeys:
      stay:
        touchpoints:
          booking: {}
          room: { weight: 3 }
          lift: { weight: 2 }
          invoice: {}
    """
  static let ownership = """
    ownership:
      rules:
        - { when: { touchpoint: room }, owner: technique }
        - { when: { touchpoint: invoice }, owner: billing }
      unrouted: { owner: care }
    """
  static let scoring = "scoring: { base: 20 }"

  init(_ more: [String: String] = [:]) {
    isPlain = more.isEmpty
    let plain = [
      "teams.yaml": Self.teams, "sites.yaml": Self.sites, "journeys.yaml": Self.journeys,
      "ownership.yaml": Self.ownership, "scoring.yaml": Self.scoring,
    ]
    files = plain.merging(more) { $1 }
  }

  /// The policy without changes, compiled once for all tests: it never changes.
  private static let plain = Result { try CaseworkSample().compile() }

  /// Throws the first error, so that a test says what is wrong with its own policy.
  func compiled() throws -> CompiledPolicy { try isPlain ? Self.plain.get() : compile() }

  private func compile() throws -> CompiledPolicy {
    let check = PolicyLoader.check(files: files.map { SourceFile(name: $0.key, text: $0.value) })
    guard let document = check.document else { throw check.errors[0] }
    return CompiledPolicy(document)
  }
}
