// Owns what a proof says without its being a mistake: what no rule takes, and where the order of rules decides.
import Testing

@testable import Policy

@Suite struct ProofNoteTests {
  private func notes(_ sample: Sample, allOverlaps: Bool = false) throws -> [String] {
    let files = sample.files.map { SourceFile(name: $0.key, text: $0.value) }
    let proof = try #require(PolicyLoader.check(files: files, allOverlaps: allOverlaps).proof)
    return proof.notes.flatMap { note in
      [note.description] + note.examples.map { "\($0.event) → \($0.rule), \($0.owner)" }
    }
  }

  @Test func whatNoRuleTakesIsSaidByKindAndTouchpoint() throws {
    let sample = Sample(
      ownership: """
        ownership:
          rules:
            - { when: { touchpoint: invoice }, owner: billing }
            - { when: { touchpoint: room, site.kind: hotel }, owner: front-desk }
            - { when: { kind: incident }, owner: technique }
          unrouted: { owner: care }
        """)
    #expect(
      try notes(sample) == [
        "ownership.yaml:6:13: note: ownership.unrouted: feedback that no rule takes goes to care, also with touchpoint room",
        #"{"kind":"feedback"} → ownership.unrouted, care"#,
      ])
  }

  @Test func aPolicyThatTakesEverythingSaysThatNothingIsLeft() throws {
    let sample = Sample(
      ownership: """
        ownership:
          rules:
            - { when: { kind: incident }, owner: technique }
            - { owner: front-desk }
          unrouted: { owner: care }
        """)
    #expect(
      try notes(sample) == [
        "ownership.yaml:5:13: note: ownership.unrouted: no event falls here: the rules take all"
      ])
  }

  private var withTable: Sample {
    Sample(
      ownership: """
        ownership:
          rules:
            - { when: { labels: safety }, owner: technique }
            - lookup: owners.csv
            - { when: { touchpoint: invoice }, owner: billing }
            - { when: { touchpoint: room }, owner: front-desk }
            - { owner: care }
          unrouted: { owner: care }
        """,
      ["owners.csv": "site,touchpoint,owner\nlyon-1,invoice,billing-lyon\ngeneva-1,invoice,billing\n"])
  }

  @Test func aTableThatSharesEventsWithRulesIsSaid() throws {
    #expect(
      try notes(withTable) == [
        "ownership.yaml:8:13: note: ownership.unrouted: no event falls here: the rules take all",
        "ownership.yaml:4:7: note: ownership.rules[1]: rows of owners.csv share events with rules that name other owners, and the first wins: rules[0] (line 3) before them; rules[2] (line 5) and rules[4] (line 7) after them",
        #"{"kind":"feedback","touchpoint":"invoice","site":"lyon-1"} → ownership.rules[1].lookup[0], billing-lyon"#,
      ])
  }

  @Test func everyRuleOfWhichEarlierOnesTakeSomeIsSaidWhenAsked() throws {
    let all = try notes(withTable, allOverlaps: true)
    #expect(
      all.contains(
        "ownership.yaml:6:7: note: ownership.rules[3]: rules[0] (line 3) stands before it and takes some of what it matches, for another owner than front-desk"
      ))
    #expect(
      all.contains(
        #"{"kind":"feedback","touchpoint":"room","labels":["safety"]} → ownership.rules[0], technique"#))
  }

  @Test func nothingIsNotedOfAPolicyWithMistakes() throws {
    let sample = Sample(
      ownership: """
        ownership:
          rules:
            - { when: { touchpoint: invoice }, owner: nobody }
          unrouted: { owner: care }
        """)
    #expect(try notes(sample) == [])
  }
}
