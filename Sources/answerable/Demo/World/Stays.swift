// Owns the guests of the hotels: who comes when, how the stay goes, and what they say of it.
import Events

/// One guest's stay.
struct Stay: Sendable {
  var site: Site
  var guest: SubjectDraft
  var tongue: Tongue
  var room: String
  var arrival: Int64
  var departure: Int64
  /// What the guest came with, before anything happened.
  var temper: Int
}

extension Stay {
  /// Every stay that touches the week: guests have been arriving since the Thursday before.
  static func week(seed: UInt64) -> [Stay] {
    var chance = Chance(seed: seed, part: "stays")
    var stays: [Stay] = []
    for site in Site.hotels {
      for day in -4..<7 {
        // Business hotels fill up in the middle of the week, and a little less on Sundays.
        let share = [380, 440, 470, 460, 430, 420, 300][((day % 7) + 7) % 7]
        let arrivals = site.size * share / 1000 + chance.between(-6, 6)
        for _ in 0..<arrivals { stays.append(stay(site, day, number: stays.count, &chance)) }
      }
    }
    return stays
  }

  private static func stay(_ site: Site, _ day: Int, number: Int, _ chance: inout Chance) -> Stay {
    let hour = 14 + chance.weighted([4, 7, 11, 15, 16, 13, 9, 6, 4, 2])
    let arrival = WeekTime.at(day: day, minute: hour * 60 + chance.below(60))
    let nights = 1 + chance.weighted([52, 26, 14, 8])
    let leaving = 6 + chance.weighted([5, 14, 24, 26, 18, 10, 3])
    let departure = WeekTime.at(day: day + nights, minute: leaving * 60 + chance.below(60))
    let tier = chance.weighted([58, 27, 12, 3])
    let guest = SubjectDraft(
      kind: "customer", id: "guest-\(40_000 + number * 7 + chance.below(7))",
      segment: ["standard", "business", "premium", "vip"][tier],
      value: [
        chance.between(80, 400), chance.between(600, 4_000), chance.between(2_000, 9_000),
        chance.between(8_000, 30_000),
      ][tier] * 100)
    return Stay(
      site: site, guest: guest, tongue: chance.perMille(site.french) ? .french : .english,
      room: "room-\(chance.between(1, 6))\(WeekTime.twoDigits(chance.between(1, 40)))",
      arrival: arrival, departure: departure, temper: chance.between(-15, 75))
  }

  /// What this guest says over the week, outages included.
  func drafts(outages: [Outage], _ chance: inout Chance) -> [Draft] {
    var drafts: [Draft] = []
    var mood = temper
    var worst: (touchpoint: Touchpoint, mood: Int) = (.roomComfort, 101)

    /// The guest meets a touchpoint; perhaps somebody asks what it was like.
    func meets(
      _ touchpoint: Touchpoint, at time: Int64, asked: Int, _ source: Source, _ kind: Rating.Kind
    ) {
      let luck = chance.weighted([7, 22, 46, 25])
      let felt = min(100, max(-100, mood + [-95, -30, 5, 30][luck] + chance.between(-10, 10)))
      mood = (mood * 4 + felt) / 5
      if felt < worst.mood { worst = (touchpoint, felt) }
      guard chance.perMille(asked) else { return }
      drafts.append(draft(touchpoint, Opinion(mood: felt), at: time, source, kind, &chance))
    }

    let minute = WeekTime.minute
    meets(
      .booking, at: arrival - Int64(chance.between(5, 60)) * WeekTime.hour, asked: 170, .bookingSite, .ces)
    meets(.checkIn, at: arrival + Int64(chance.between(4, 50)) * minute, asked: 470, .frontDeskTablet, .csat)
    meets(.roomComfort, at: arrival + Int64(chance.between(60, 240)) * minute, asked: 390, .guestApp, .csat)
    meets(.wifi, at: arrival + Int64(chance.between(90, 300)) * minute, asked: 160, .guestApp, .csat)
    meets(.lift, at: arrival + Int64(chance.between(10, 600)) * minute, asked: 25, .guestApp, .stars)
    var morning = arrival - Int64(WeekTime.minuteOfDay(arrival)) * minute + WeekTime.day
    while morning < departure {
      let breakfast = morning + Int64(7 * 60 + chance.below(180)) * minute
      if breakfast < departure { meets(.breakfast, at: breakfast, asked: 320, .guestApp, .stars) }
      let cleaned = morning + Int64(14 * 60 + chance.below(240)) * minute
      if cleaned < departure { meets(.housekeeping, at: cleaned, asked: 360, .guestApp, .csat) }
      morning += WeekTime.day
    }
    for outage in outages where outage.site == site && outage.burst > 0 {
      guard arrival < outage.until && departure > outage.from else { continue }
      mood -= outage.blow
      let felt = max(-100, mood - 35)
      if felt < worst.mood { worst = (outage.service.feltAt, felt) }
      guard chance.perMille(outage.burst) else { continue }
      let noticed = max(arrival, outage.from) + Int64(chance.between(4, 95)) * minute
      drafts.append(
        complaint(about: outage, Opinion(mood: felt), at: min(noticed, outage.until + 30 * minute), &chance))
    }
    meets(
      .checkOut, at: departure + Int64(chance.between(1, 20)) * minute, asked: 330, .frontDeskTablet, .ces)
    meets(.invoice, at: departure + Int64(chance.between(60, 3_000)) * minute, asked: 150, .surveyTool, .csat)
    if chance.perMille(600) {
      // The survey after the stay: asked how likely they are to come back, people speak of the worst of it.
      let asked = departure + Int64(chance.between(180, 1_800)) * minute
      let mood = (mood + min(worst.mood, mood)) / 2
      // Some forms do not ask what it was about.
      let touchpoint = chance.perMille(50) ? nil : worst.touchpoint
      drafts.append(draft(touchpoint, Opinion(mood: mood), at: asked, .surveyTool, .nps, &chance))
    }
    return drafts
  }

  private func draft(
    _ touchpoint: Touchpoint?, _ opinion: Opinion, at time: Int64, _ source: Source, _ kind: Rating.Kind,
    _ chance: inout Chance
  ) -> Draft {
    let rating = opinion.rating(kind, &chance)
    let phrases =
      touchpoint.map { Phrases.about($0, opinion.tone, tongue) } ?? Phrases.stay(opinion.tone, tongue)
    let text = chance.perMille(opinion.writes) ? opinion.text(phrases, tongue, &chance) : nil
    return Draft(
      occurredAt: time + Int64(chance.below(60_000)), delay: Int64(chance.between(1, 45)) * WeekTime.second,
      source: source,
      body: .feedback(
        FeedbackDraft(
          subject: guest, respondent: .customer, channel: source.channel, journey: .stay,
          touchpoint: touchpoint, site: site, entity: touchpoint == .roomComfort ? room : nil, rating: rating,
          text: text, language: text == nil ? nil : tongue,
          labels: (kind == .nps ? ["after-stay"] : []) + Phrases.labels(of: text))))
  }

  private func complaint(
    about outage: Outage, _ opinion: Opinion, at time: Int64, _ chance: inout Chance
  ) -> Draft {
    let text = Opinion(mood: -80).text(Phrases.failure(of: outage, tongue), tongue, &chance)
    let touchpoint = outage.service.feltAt
    return Draft(
      occurredAt: time, delay: Int64(chance.between(1, 20)) * WeekTime.second,
      source: .guestApp,
      body: .feedback(
        FeedbackDraft(
          subject: guest, respondent: .customer, channel: Source.guestApp.channel, journey: .stay,
          touchpoint: touchpoint, site: site, entity: touchpoint == .roomComfort ? room : outage.entity,
          rating: Opinion(mood: min(opinion.mood, -35)).rating(.csat, &chance), text: text, language: tongue,
          labels: ["outage"] + Phrases.labels(of: text))))
  }
}
