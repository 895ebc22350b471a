// Owns what people who work in the buildings say: employees, partners, and those who come for a meeting.
import Events

enum Workplace {
  /// Pulses of the week from offices and hotels, with what outages do to them.
  static func drafts(seed: UInt64, outages: [Outage]) -> [Draft] {
    var chance = Chance(seed: seed, part: "workplace")
    var drafts: [Draft] = []
    for day in 0..<7 {
      for site in Site.all {
        let weekend = day > 4
        let colleagues = site.kind == .office ? (weekend ? 0 : site.size * 13 / 100) : (weekend ? 6 : 9)
        for _ in 0..<colleagues { drafts.append(pulse(site, day, outages, &chance)) }
        let visitors = site.kind == .office ? (weekend ? 0 : site.size / 30) : (weekend ? 2 : 11)
        for _ in 0..<visitors { drafts.append(visitor(site, day, &chance)) }
        if !weekend {
          for _ in 0..<chance.between(1, 3) { drafts.append(partner(site, day, &chance)) }
        }
      }
    }
    for outage in outages where outage.site.kind == .office && outage.burst > 0 {
      for _ in 0..<(outage.affected * outage.burst / 4000) { drafts.append(complaint(outage, &chance)) }
    }
    return drafts
  }

  private static func employee(_ site: Site, _ chance: inout Chance) -> SubjectDraft {
    SubjectDraft(
      kind: "employee", id: "staff-\(site.id)-\(chance.between(1, site.kind == .office ? site.size : 60))")
  }

  private static func tongue(_ site: Site, _ chance: inout Chance) -> Tongue {
    chance.perMille(site.french) ? .french : .english
  }

  private static func pulse(_ site: Site, _ day: Int, _ outages: [Outage], _ chance: inout Chance) -> Draft {
    let office = site.kind == .office
    let touchpoints: [Touchpoint] =
      office ? [.wifi, .meetingRoom, .lift, .workspace] : [.housekeeping, .checkIn, .lift, .wifi]
    let touchpoint = touchpoints[chance.weighted([5, 5, 2, 2])]
    let time = WeekTime.at(day: day, minute: (office ? 9 : 7) * 60 + chance.below(540))
    let ailing = outages.contains { $0.site == site && $0.covers(time) && $0.severity.isGrave }
    let opinion = Opinion(mood: chance.between(ailing ? -90 : -55, ailing ? 10 : 80))
    let tongue = tongue(site, &chance)
    return feedback(
      employee(site, &chance), .employee, .workplace, touchpoint, site, .employeePulse, at: time, opinion,
      chance.perMille(300) ? .nps : .csat, Phrases.work(touchpoint, opinion.tone, tongue), tongue, &chance)
  }

  private static func visitor(_ site: Site, _ day: Int, _ chance: inout Chance) -> Draft {
    let touchpoint = [Touchpoint.meetingRoom, .wifi, .breakfast, .invoice, .checkIn][
      chance.weighted([8, 3, 1, 2, 2])]
    let time = WeekTime.at(day: day, minute: 9 * 60 + chance.below(600))
    let opinion = Opinion(mood: chance.between(-70, 90))
    let tongue = tongue(site, &chance)
    let subject = SubjectDraft(
      kind: "customer", id: "company-\(chance.between(100, 460))", segment: "business",
      value: chance.between(2_000, 60_000) * 100)
    return feedback(
      subject, .customer, .meeting, touchpoint, site, .surveyTool, at: time, opinion, .csat,
      Phrases.about(touchpoint, opinion.tone, tongue), tongue, &chance)
  }

  private static func partner(_ site: Site, _ day: Int, _ chance: inout Chance) -> Draft {
    let time = WeekTime.at(day: day, minute: 8 * 60 + chance.below(560))
    let opinion = Opinion(mood: chance.between(-80, 80))
    let tongue = tongue(site, &chance)
    let subject = SubjectDraft(kind: "partner", id: "supplier-\(chance.between(10, 48))")
    let isAboutMoney = chance.perMille(600)
    return feedback(
      subject, .partner, .workplace, isAboutMoney ? .invoice : .lift, site, .partnerPortal, at: time, opinion,
      .csat, Phrases.partner(aboutMoney: isAboutMoney, opinion.tone, tongue), tongue, &chance)
  }

  private static func complaint(_ outage: Outage, _ chance: inout Chance) -> Draft {
    let tongue = tongue(outage.site, &chance)
    let length = Int((outage.until - outage.from) / WeekTime.minute)
    let time = outage.from + Int64(chance.between(3, max(4, length))) * WeekTime.minute
    return feedback(
      employee(outage.site, &chance), .employee, .workplace, outage.service.feltAt, outage.site,
      .employeePulse, at: time, Opinion(mood: -75), .csat, Phrases.failure(of: outage, tongue),
      tongue,
      &chance)
  }

  private static func feedback(
    _ subject: SubjectDraft, _ respondent: Respondent, _ journey: Journey, _ touchpoint: Touchpoint,
    _ site: Site, _ source: Source, at time: Int64, _ opinion: Opinion, _ kind: Rating.Kind,
    _ phrases: [String], _ tongue: Tongue, _ chance: inout Chance
  ) -> Draft {
    let text = chance.perMille(opinion.writes) ? opinion.text(phrases, tongue, &chance) : nil
    return Draft(
      occurredAt: time + Int64(chance.below(60_000)), delay: Int64(chance.between(1, 45)) * WeekTime.second,
      source: source,
      body: .feedback(
        FeedbackDraft(
          subject: subject, respondent: respondent, channel: source.channel, journey: journey,
          touchpoint: touchpoint, site: site, rating: opinion.rating(kind, &chance), text: text,
          language: text == nil ? nil : tongue)))
  }
}
