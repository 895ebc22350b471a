import Kafka
import Roles
import Streams
import Testing

@Suite struct AuditTests {
  /// `kind topic-partition@offset` of each gap.
  private func gaps(_ report: AuditReport) -> [String] {
    report.gaps.map { "\($0.kind.rawValue) \($0.place.topic)-\($0.place.partition)@\($0.offset)" }
  }

  @Test func aSoundDeploymentIsProvenWithItsCounts() throws {
    let scene = try AuditScene()
    try scene.playSound()
    let report = try scene.audit()
    #expect(report.isProven, "\(gaps(report))")
    let feedback = try #require(report.total(of: "feedback"))
    #expect(
      feedback.records == 3 && feedback.decided == 2 && feedback.deadLetters == 1 && feedback.waiting == 0)
    #expect(report.total(of: "signals")?.decided == 2)
    #expect(report.total(of: "case-journal")?.records == 3)
  }

  @Test func aClaimsAnswersAreProvenToo() throws {
    let scene = try AuditScene()
    try scene.playClaim()
    let report = try scene.audit()
    #expect(report.isProven, "\(gaps(report))")
    #expect(report.total(of: "claims")?.records == 2 && report.total(of: "claims")?.decided == 2)
  }

  @Test func aClaimWithoutAnAnswerIsFoundAndNamed() throws {
    let scene = try AuditScene()
    try scene.playClaim()
    try scene.claim()
    try scene.delegation(next: 3, records: 3)
    let report = try scene.audit()
    #expect(gaps(report) == ["undecided claims-0@2"])
    #expect(report.gaps.first?.what == "read by delegation, and not answered on delegations")
  }

  @Test func aClaimThatNoWorkerHasReadYetIsNoGap() throws {
    let scene = try AuditScene()
    try scene.playClaim()
    try scene.claim()
    let report = try scene.audit()
    #expect(report.isProven && report.total(of: "claims")?.waiting == 1, "\(gaps(report))")
  }

  @Test func aDoubledAnswerIsFoundAndNamed() throws {
    let scene = try AuditScene()
    try scene.playClaim()
    try scene.answer(.approved, number: 2, about: 1, isTold: false)
    let found = gaps(try scene.audit())
    #expect(found.contains("doubled claims-0@1"))
    #expect(found.contains("doubled-number delegations-1@3"))
  }

  @Test func aSecondTerminalAnswerIsFoundAndNamed() throws {
    let scene = try AuditScene()
    try scene.playClaim()
    try scene.answer(.declined, number: 4, about: try scene.claim())
    try scene.delegation(next: 3, records: 3)
    let report = try scene.audit()
    #expect(gaps(report) == ["doubled delegations-1@3"])
    #expect(report.gaps.first?.what == "is a second terminal answer to its claim")
  }

  @Test func anAnswerOfATimerThatIsLostIsFoundByItsNumber() throws {
    let scene = try AuditScene()
    try scene.playClaim()
    try scene.answer(.refused, number: 5, about: try scene.claim())
    try scene.delegation(next: 3, records: 3)
    #expect(gaps(try scene.audit()) == ["skipped-number delegations-1@3"])
  }

  @Test func anAnswerThatItsCaseNeverHearsOfIsFoundAndNamed() throws {
    let scene = try AuditScene()
    try scene.playClaim()
    try scene.answer(.refused, number: 4, about: try scene.claim(), isTold: false)
    try scene.delegation(next: 3, records: 3)
    let report = try scene.audit()
    #expect(gaps(report) == ["undecided delegations-1@3"])
    #expect(report.gaps.first?.what == "answered, and its case was not told")
  }

  @Test func twoAuditsOfOneWindowAgreeInTheirDigestAndAnotherDecisionChangesIt() throws {
    let scene = try AuditScene()
    try scene.playSound()
    let first = try scene.audit(until: scene.clock.now + 1)
    #expect(try scene.audit(until: scene.clock.now + 1).digest == first.digest)
    let other = try AuditScene()
    for _ in 0..<3 { try other.input() }
    try other.signal(about: 0)
    try other.signal(about: 1)
    try other.deadLetter(about: 2)
    #expect(try other.audit().digest != first.digest)
  }

  @Test func aMissingSignalIsFoundAndNamed() throws {
    let scene = try AuditScene()
    for _ in 0..<3 { try scene.input() }
    try scene.signal(about: 0)
    try scene.signal(about: 2)
    try scene.intake(next: 3, records: 3, signals: 3)
    let report = try scene.audit()
    #expect(gaps(report).first == "undecided feedback-0@1")
    #expect(report.gaps.first?.what == "read by intake, and neither on signals nor on dead-letters")
    // The task counted what the topic does not hold.
    #expect(gaps(report).contains("counters feedback-0@3"))
  }

  @Test func aDoubledSignalIsFoundAndNamed() throws {
    let scene = try AuditScene()
    try scene.playSound()
    try scene.signal(about: 2, partition: 1)
    let report = try scene.audit()
    #expect(gaps(report).first == "doubled feedback-0@2")
    #expect(report.gaps.first?.what == "decided more than once, again at signals-1@0")
  }

  @Test func aDoubledDeadLetterIsFoundAndNamed() throws {
    let scene = try AuditScene()
    try scene.playSound()
    try scene.deadLetter(about: 1)
    #expect(gaps(try scene.audit()).first == "doubled feedback-0@1")
  }

  @Test func aSignalBesideADeadLetterIsOneDecisionTooMany() throws {
    let scene = try AuditScene()
    try scene.playSound()
    try scene.signal(about: 1, partition: 1)
    #expect(gaps(try scene.audit()).first == "doubled feedback-0@1")
  }

  @Test func aSkippedJournalNumberIsFoundAndNamed() throws {
    let scene = try AuditScene()
    try scene.input()
    try scene.input()
    try scene.signal(about: 0)
    try scene.signal(about: 1)
    try scene.journal(1, about: 0)
    try scene.journal(3, about: 1)
    try scene.intake(next: 2, records: 2, signals: 2)
    try scene.casework(next: 2, records: 2, journalled: 3)
    let report = try scene.audit()
    #expect(gaps(report).contains("skipped-number case-journal-0@2"))
    #expect(report.gaps.contains { $0.what == "task 0 has journalled more, and number 2 is missing" })
  }

  @Test func aDoubledJournalNumberIsFoundAndNamed() throws {
    let scene = try AuditScene()
    try scene.playSound()
    try scene.journal(2, about: nil)
    let report = try scene.audit()
    #expect(gaps(report) == ["doubled-number case-journal-0@2"])
  }

  @Test func aSignalThatWasReadAndNotJournalledIsFoundAndNamed() throws {
    let scene = try AuditScene()
    try scene.playSound()
    try scene.input()
    let offset = try scene.signal(about: 3)
    try scene.intake(next: 4, records: 4, signals: 3, letters: 1)
    try scene.casework(next: offset + 1, records: 3, journalled: 3)
    #expect(gaps(try scene.audit()) == ["undecided signals-0@\(offset)"])
  }

  @Test func aDecisionAboutARecordThatWasNeverCommittedIsFound() throws {
    let scene = try AuditScene()
    try scene.playSound()
    // A transaction that was aborted leaves an offset without a record.
    let appender = try RecordAppender(scene.log, topics: ["feedback"], transactionalID: "a")
    try appender.append(0, partition: 0, key: nil, value: [1])
    appender.close()
    try scene.input()
    try scene.signal(about: 3)
    #expect(gaps(try scene.audit()).contains("stray feedback-0@3"))
  }

  @Test func whatNobodyHasReadYetWaitsAndIsNoGap() throws {
    let scene = try AuditScene()
    try scene.playSound()
    try scene.input()
    try scene.input(.incidents, partition: 1)
    let report = try scene.audit()
    #expect(report.isProven, "\(gaps(report))")
    #expect(report.total(of: "feedback")?.waiting == 1)
    #expect(report.total(of: "incidents")?.waiting == 1)
  }

  @Test func whatLiesBeforeTheRolesStartIsNeverItsBusiness() throws {
    let scene = try AuditScene()
    for _ in 0..<4 { try scene.input() }
    // Began behind the first two, as `topics apply --from latest` does.
    try scene.signal(about: 2)
    try scene.signal(about: 3)
    try scene.journal(1, about: 0)
    try scene.journal(2, about: 1)
    try scene.intake(next: 4, records: 2, signals: 2)
    try scene.casework(next: 2, records: 2, journalled: 2)
    let report = try scene.audit()
    #expect(report.isProven, "\(gaps(report))")
    #expect(report.total(of: "feedback")?.before == 2)
  }

  @Test func aMessageOfCaseworkThatIsThereTwiceIsFound() throws {
    let scene = try AuditScene()
    try scene.playSound()
    try scene.signal(about: 0, .signals, id: "notice-0-0-0")
    try scene.signal(about: 0, .signals, partition: 1, id: "link-0-0-0")
    #expect(gaps(try scene.audit()) == [])
    try scene.signal(about: 0, .signals, partition: 1, id: "notice-0-0-0")
    #expect(gaps(try scene.audit()) == ["doubled signals-1@1"])
  }

  @Test func ofAWindowOnlyWhatCameInWithinItIsAsked() throws {
    let scene = try AuditScene()
    // Decided wrongly, long ago.
    try scene.input()
    scene.clock.advance(milliseconds: 86_400_000)
    let since = scene.clock.now
    try scene.input()
    try scene.signal(about: 1)
    try scene.journal(1, about: 0)
    try scene.intake(next: 2, records: 2, signals: 2)
    try scene.casework(next: 1, records: 1, journalled: 1)
    #expect(gaps(try scene.audit()).first == "undecided feedback-0@0")
    let report = try scene.audit(since: since)
    #expect(report.isProven, "\(gaps(report))")
    #expect(report.total(of: "feedback")?.records == 1)
  }

  @Test func whereDecisionsHaveLeftTheirTopicNothingIsAskedThatCannotBeAnswered() throws {
    let scene = try AuditScene()
    try scene.input()
    try scene.deadLetter(about: 0)
    scene.clock.advance(milliseconds: 86_400_000)
    try scene.input()
    try scene.deadLetter(about: 1)
    try scene.intake(next: 2, records: 2, signals: 0, letters: 2)
    scene.log.delete(TopicPartition(topic: "dead-letters", partition: 1), before: 1)
    let report = try scene.audit()
    #expect(report.isProven, "\(gaps(report))")
    #expect(report.notes.count == 1 && report.total(of: "feedback")?.records == 1)
  }

  @Test func aWeekThatCaseworkPlayedIsProven() throws {
    let stage = try CaseworkStage()
    try stage.feedback("fb-1")
    try stage.incident("in-1", service: "heating", minutes: 5)
    try stage.feedback("fb-2", guest: "guest-2", minutes: 10)
    try stage.advance(minutes: 3 * 24 * 60)
    let log = stage.theatre.log
    log.settle()
    let report = try Audit(log, prefix: "", sources: AuditSources(log))
      .run(since: nil, until: nil, now: stage.theatre.now)
    #expect(report.isProven, "\(gaps(report))")
    #expect(report.total(of: "feedback")?.decided == 2 && report.total(of: "incidents")?.decided == 1)
    let entries = try stage.journal().count
    #expect(report.total(of: "case-journal").map { Int($0.records) } == entries && entries > 5)
  }

  /// FIELD §3, 1: offsets committed before the effect, as an automatic commit does: the record is lost silently there,
  /// and named here.
  @Test func fieldMistake01_committingBeforeTheEffectIsNamed() throws {
    let scene = try AuditScene()
    try scene.playSound()
    let lost = try scene.input()
    try scene.intake(next: lost + 1, records: 4, signals: 3, letters: 1)
    let report = try scene.audit()
    #expect(gaps(report).first == "undecided feedback-0@\(lost)")
    #expect(!report.isProven)
  }

  /// FIELD §3, 2: an audit that drops under load and is keyed by instance. Here each task's journal is numbered without
  /// a gap whoever wrote it, over all partitions of the journal, and a number that is dropped is named.
  @Test func fieldMistake02_aJournalThatDropsIsNamedWhicheverInstanceWroteIt() throws {
    for dropped in [nil, 1, 37, 99] as [Int64?] {
      let scene = try AuditScene()
      for offset in 0..<100 as Range<Int64> {
        try scene.input()
        try scene.signal(about: offset)
        if offset != dropped {
          try scene.journal(offset + 1, about: offset, partition: Int32(offset % 2))
        }
      }
      try scene.intake(next: 100, records: 100, signals: 100)
      try scene.casework(next: 100, records: 100, journalled: 100)
      let report = try scene.audit()
      #expect(report.isProven == (dropped == nil), "\(gaps(report))")
      if let dropped {
        #expect(gaps(report).first == "undecided signals-0@\(dropped)")
        #expect(gaps(report).contains("skipped-number case-journal-0@\(dropped + 1)"))
      }
    }
  }
}
