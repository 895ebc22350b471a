// Tests what each contract decodes to.
import Events
import Testing

@Suite struct ContractTests {
  @Test func everyFieldOfFeedbackIsDecoded() throws {
    try decode(.feedback, Samples.feedback) { event in
      #expect(event.id == "fb-1042")
      #expect(event.occurredAt == 1_772_529_120_000)
      #expect(event.source == "survey-tool")
      guard case .feedback(let feedback) = event.body else { throw Unexpected() }
      #expect(feedback.subject.kind == "customer")
      #expect(feedback.subject.id == "guest-77120")
      #expect(feedback.subject.segment == "premium")
      #expect(feedback.subject.value == 480_000)
      #expect(feedback.respondent == .customer)
      #expect(feedback.channel == "e-mail")
      #expect(feedback.journey == "stay")
      #expect(feedback.touchpoint == "room-comfort")
      #expect(feedback.site == "lyon-1")
      #expect(feedback.entity == "room-214")
      #expect(feedback.rating == Rating(kind: .nps, value: 0, scale: 10_000))
      #expect(feedback.text.string.hasPrefix("Water is leaking"))
      #expect(feedback.language == "en")
      #expect(feedback.labels == ["leak", "night"])
    }
  }

  @Test func everyFieldOfAnIncidentIsDecoded() throws {
    try decode(.incident, Samples.incident) { event in
      #expect(event.occurredAt == 1_772_525_640_000)
      guard case .incident(let incident) = event.body else { throw Unexpected() }
      #expect(incident.subject == nil)
      #expect(incident.site == "lyon-1")
      #expect(incident.entity == "lift-b")
      #expect(incident.service == "lift")
      #expect(incident.severity == .high)
      #expect(incident.status == .open)
      #expect(incident.affected == 14)
      #expect(incident.title == "Lift B out of service")
      #expect(incident.text == "Door sensor.")
      #expect(incident.labels == ["lift"])
    }
  }

  @Test func everyFieldOfACaseUpdateIsDecoded() throws {
    try decode(.caseUpdate, Samples.caseUpdate) { event in
      #expect(event.occurredAt == 1_772_532_000_250)
      guard case .caseUpdate(let update) = event.body else { throw Unexpected() }
      #expect(update.caseID == "c-1")
      #expect(update.actor.id == "e-4")
      #expect(update.actor.team == "housekeeping")
      #expect(update.actor.role == "shift-lead")
      guard case .promise(let due, let what) = update.act else { throw Unexpected() }
      #expect(due == 1_772_625_600_000)
      #expect(what == "a plumber")
      #expect(update.text == "He comes tomorrow.")
    }
  }

  @Test func everyFieldOfARemedyIsDecoded() throws {
    try decode(.remedy, Samples.remedy) { event in
      guard case .remedy(let remedy) = event.body else { throw Unexpected() }
      #expect(remedy.caseID == "c-1")
      #expect(remedy.subject == nil)
      #expect(remedy.actor.id == "e-9")
      #expect(remedy.actor.role == "housekeeper")
      #expect(remedy.actor.site == "lyon-1")
      #expect(remedy.action == "engage-repair")
      #expect(remedy.amount == 12_000)
      #expect(remedy.currency == "EUR")
      #expect(remedy.reason == "Leak in 214")
    }
  }

  @Test func ofWhatSupportsARemedyOnlyTheKindsAreTaken() throws {
    try decode(.remedy, Samples.signedRemedy) { event in
      guard case .remedy(let remedy) = event.body else { throw Unexpected() }
      #expect(remedy.evidence == ["invoice", "photo"])
      #expect(remedy.signature?.key == "e-9-till")
      #expect(remedy.signature?.value.string == Samples.signature)
    }
  }

  @Test func anActAboutARemedyKnowsItsCaseByItsClaim() throws {
    try decode(.caseUpdate, Samples.settlement) { event in
      guard case .caseUpdate(let update) = event.body else { throw Unexpected() }
      #expect(update.caseID == "c-1")
      guard case .settle(let claim, let amount, let currency) = update.act else { throw Unexpected() }
      #expect(claim == "c-1-r1" && amount == 11_850 && currency == "EUR")
    }
  }

  @Test func withoutAnAmountAllOfItWasPaidOrCameBack() throws {
    for act in ["settle", "return"] {
      for amount in ["", ",\"amount\":null"] {
        let text =
          #"{"id":"a","occurredAt":"2026-03-03T09:12:00Z","source":"s","actor":{"id":"e"},"case":"c-1","claim":"c-1-r2","#
          + "\"act\":\"\(act)\"\(amount)}"
        try decode(.caseUpdate, text) { event in
          guard case .caseUpdate(let update) = event.body else { throw Unexpected() }
          switch update.act {
          case .settle(_, let amount, let currency), .giveBack(_, let amount, let currency):
            #expect(amount == 0 && currency.isEmpty)
          default: throw Unexpected()
          }
        }
      }
    }
  }

  @Test func nullAndEmptyMeanAbsentWhereAFieldIsOptional() throws {
    let text = """
      {"id":"a","occurredAt":"2026-03-03T09:12:00Z","source":"s","subject":{"kind":"customer","id":"c","value":null},
       "respondent":null,"channel":"","rating":null,"text":"hello","labels":null}
      """
    try decode(.feedback, text) { event in
      guard case .feedback(let feedback) = event.body else { throw Unexpected() }
      #expect(feedback.subject.value == nil)
      #expect(feedback.respondent == .customer)
      #expect(feedback.channel.isEmpty)
      #expect(feedback.rating == nil)
      #expect(feedback.labels.isEmpty)
    }
  }

  @Test(arguments: [
    ("{\"kind\":\"stars\",\"value\":4.5}", 4500, 5000), ("{\"kind\":\"csat\",\"value\":4.5678}", 4568, 5000),
    ("{\"kind\":\"ces\",\"value\":7}", 7000, 7000),
    ("{\"kind\":\"csat\",\"value\":1e1,\"scale\":10.0}", 10_000, 10_000),
    ("{\"kind\":\"nps\",\"value\":-0.0}", 0, 10_000),
  ])
  func ratingsAreFixedPointThousandths(_ rating: String, _ value: Int64, _ scale: Int64) throws {
    let text = Samples.feedback.replacing("{\"kind\":\"nps\",\"value\":0,\"scale\":10}", with: rating)
    try decode(.feedback, text) { event in
      guard case .feedback(let feedback) = event.body else { throw Unexpected() }
      #expect(feedback.rating?.value == value)
      #expect(feedback.rating?.scale == scale)
    }
  }

  @Test func unknownFieldsAreIgnoredWhateverTheyHold() throws {
    let text = Samples.incident.replacing(
      "\"status\"",
      with: "\"x\":[1,{\"id\":2,\"id\":3}],\"metadata\":{\"severity\":4},\"y\":null,\"z\":1.5,\"status\"")
    try decode(.incident, text) { #expect($0.id == "inc-9") }
  }
}

struct Unexpected: Error {}
