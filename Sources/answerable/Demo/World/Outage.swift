// Owns what breaks in the week: outages with a place, a span of time and the people they reach.
import Events

/// A service that fails at a site for a while.
struct Outage: Sendable {
  var site: Site
  var service: Service
  /// The machine or place: `lift-2`, `room-214`.
  var entity: String
  var severity: Severity
  var from: Int64
  var until: Int64
  var affected: Int
  var title: String
  var source: Source

  func covers(_ time: Int64) -> Bool { time >= from && time < until }

  /// How many in a thousand of the guests in house write about it, and how far it drags their mood down.
  var burst: Int {
    switch severity {
    case .low: 0
    case .medium: 40
    case .high: 260
    case .critical: 340
    }
  }

  var blow: Int {
    switch severity {
    case .low: 4
    case .medium: 14
    case .high: 42
    case .critical: 60
    }
  }
}

extension Outage {
  /// The week's outages: eight that everybody will remember, at places and hours the seed chooses, and a
  /// few dozen small ones.
  static func week(seed: UInt64) -> [Outage] {
    var chance = Chance(seed: seed, part: "outages")
    var outages = big(&chance)
    for day in 0..<7 {
      for _ in 0..<chance.between(6, 10) { outages.append(small(day: day, &chance)) }
    }
    return outages.sorted { ($0.from, $0.site.id, $0.entity) < ($1.from, $1.site.id, $1.entity) }
  }

  private static func big(_ chance: inout Chance) -> [Outage] {
    let hotels = Site.hotels
    func hour(_ hour: Int, _ chance: inout Chance) -> Int { hour * 60 + chance.between(-25, 25) }
    return [
      outage(Site.offices[0], .access, .high, day: 0, minute: hour(8, &chance), lasts: 95, &chance),
      outage(hotels[0], .lift, .critical, day: 1, minute: hour(9, &chance), lasts: 265, &chance),
      outage(chance.pick(hotels), .water, .critical, day: 2, minute: hour(22, &chance), lasts: 200, &chance),
      outage(Site.offices[1], .wifi, .high, day: 2, minute: hour(10, &chance), lasts: 90, &chance),
      outage(chance.pick(hotels), .wifi, .high, day: 3, minute: hour(19, &chance), lasts: 190, &chance),
      outage(chance.pick(hotels), .water, .high, day: 4, minute: hour(7, &chance), lasts: 140, &chance),
      outage(chance.pick(hotels), .heating, .critical, day: 5, minute: hour(5, &chance), lasts: 400, &chance),
      outage(chance.pick(hotels), .payment, .high, day: 6, minute: hour(9, &chance), lasts: 110, &chance),
    ]
  }

  private static func small(day: Int, _ chance: inout Chance) -> Outage {
    let site = Site.all[chance.weighted([5, 4, 6, 4, 4, 4, 2])]
    let service = Service.allCases[chance.weighted([5, 4, 4, 6, 3, 4])]
    let severity: Severity = chance.perMille(300) ? .medium : .low
    return outage(
      site, service, severity, day: day, minute: chance.between(6 * 60, 21 * 60),
      lasts: chance.between(20, 180), &chance)
  }

  private static func outage(
    _ site: Site, _ service: Service, _ severity: Severity, day: Int, minute: Int, lasts: Int,
    _ chance: inout Chance
  ) -> Outage {
    let from = WeekTime.at(day: day, minute: minute) + Int64(chance.below(60)) * WeekTime.second
    let entity = Self.entity(service, site, &chance)
    let share =
      switch severity {
      case .low: 0
      case .medium: 30
      case .high: 450
      case .critical: 700
      }
    return Outage(
      site: site, service: service, entity: entity, severity: severity, from: from,
      until: from + Int64(lasts + chance.between(0, 20)) * WeekTime.minute,
      affected: max(1, site.size * share / 1000), title: Self.title(service, severity, site),
      source: Self.source(service))
  }

  private static func entity(_ service: Service, _ site: Site, _ chance: inout Chance) -> String {
    switch service {
    case .lift: "lift-\(chance.between(1, site.kind == .hotel ? 3 : 4))"
    case .heating: "boiler-\(chance.between(1, 2))"
    case .water:
      site.kind == .hotel
        ? "room-\(chance.between(1, 6))\(chance.between(10, 29))" : "riser-\(chance.between(1, 4))"
    case .wifi: "access-point-\(chance.between(1, 40))"
    case .payment: "terminal-\(chance.between(1, 4))"
    case .access: "door-\(chance.between(1, 8))"
    }
  }

  private static func title(_ service: Service, _ severity: Severity, _ site: Site) -> String {
    let grave = severity.isGrave
    return switch service {
    case .lift: grave ? "Lift out of service" : "Lift door slow to close"
    case .heating: grave ? "Heating out of service" : "Boiler pressure low"
    case .water:
      severity == .critical
        ? "Water leak through the ceiling" : grave ? "No hot water" : "Dripping tap reported"
    case .wifi: grave ? "Wi-Fi down" : "Wi-Fi access point unreachable"
    case .payment: grave ? "Payment terminals down" : "Payment terminal restarted"
    case .access: grave ? "Access badges refused" : "Door reader offline"
    }
  }

  private static func source(_ service: Service) -> Source {
    switch service {
    case .lift, .heating, .water, .access: .buildingMonitor
    case .wifi: .networkMonitor
    case .payment: .paymentMonitor
    }
  }

  /// What the monitors send: open, at times an update, resolved.
  func drafts(_ chance: inout Chance) -> [Draft] {
    var drafts = [draft(.open, at: from, text: nil)]
    let length = until - from
    if severity != .low {
      let text = chance.pick([
        "Technician called.", "Part ordered, expected within the hour.", "Technician on site.",
        "Cause found, repair under way.",
      ])
      drafts.append(draft(.update, at: from + length * Int64(chance.between(30, 60)) / 100, text: text))
    }
    if until < WeekTime.end { drafts.append(draft(.resolved, at: until, text: "Back in service.")) }
    return drafts
  }

  private func draft(_ status: IncidentStatus, at time: Int64, text: String?) -> Draft {
    Draft(
      occurredAt: time, delay: 2 * WeekTime.second, source: source,
      body: .incident(
        IncidentDraft(
          site: site, entity: entity, service: service, severity: severity, status: status,
          affected: affected, title: title, text: text)))
  }
}

extension Severity {
  /// Whether people in the building notice by themselves.
  var isGrave: Bool { self == .high || self == .critical }
}
