// Owns the law of the proof about grants: those it names, and no others, never decide.
import Events
import Testing

@testable import Policy

@Suite struct GrantProofProperties {
  private static let sites = ["lyon-1", "geneva-1"]
  private static let states = CaseStatus.allCases.map(\.wire.string)

  /// Grants of one role that differ in what they ask for.
  private static func grants(_ random: inout SeededGenerator) -> String {
    func list(_ name: String, _ values: [String], _ random: inout SeededGenerator) -> String {
      random.once(in: 2)
        ? "" : ", \(name): [\(random.some(values, most: values.count).joined(separator: ", "))]"
    }
    let grants = (0..<Int.random(in: 2...7, using: &random)).map { _ in
      let actions = random.some(["repair", "voucher"], most: 2).joined(separator: ", ")
      return "{ role: housekeeper, action: [\(actions)], up-to: 100 EUR"
        + list("sites", sites, &random) + list("priorities", LadderDraft.priorities, &random)
        + list("states", states, &random) + list("segments", ["vip"], &random) + " }"
    }
    return "[\(grants.joined(separator: ", "))]"
  }

  /// Everything that such grants can tell apart.
  private static func eachMoment(_ body: (GrantFacts) -> Void) {
    var facts = GrantFacts()
    facts.role = "housekeeper"
    facts.team = "front-desk"
    for action: ByteSlice in ["repair", "voucher"] {
      for site: ByteSlice in ["lyon-1", "geneva-1", "elsewhere"] {
        for priority in Priority.allCases {
          for status in CaseStatus.allCases {
            for segment: ByteSlice in ["vip", ""] {
              facts.action = action
              facts.site = site
              facts.priority = priority
              facts.status = status
              facts.segment = segment
              body(facts)
            }
          }
        }
      }
    }
  }

  @Test(arguments: UInt64(1)...60) func aGrantIsSaidToNeverApplyIfAndOnlyIfItNeverDecides(_ seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    var sample = DelegationSample()
    var document = try #require(sample.check.document)
    sample.actions = "{ repair: { from: \"repairs-{site}\" }, voucher: { from: \"repairs-{site}\" } }"
    sample.grants = Self.grants(&random)
    let files = sample.sample.files.map { SourceFile(name: $0.key, text: $0.value) }
    let named = Set(
      PolicyLoader.check(files: files).findings.filter { $0.message.hasPrefix("can never apply") }.map(\.path)
    )
    let draft = PolicyLoader.parse(files, Findings())
    document.delegation = draft.delegation.map(PolicyDocument.Delegation.init)
    let policy = CompiledPolicy(document)
    var deciding: Set<String> = []
    Self.eachMoment { if let grant = policy.delegation.grant(for: $0) { deciding.insert(grant.path.string) } }
    #expect(
      named == Set(policy.delegation.grants.map(\.path.string)).subtracting(deciding), "\(sample.grants)")
    withExtendedLifetime(policy) {}
  }
}
