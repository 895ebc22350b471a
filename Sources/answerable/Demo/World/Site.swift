// Owns the places of the demo's group: its hotels and offices, by the names the policy knows them under.

/// A hotel or an office.
struct Site: Sendable, Hashable {
  enum Kind: Sendable { case hotel, office }

  /// The policy's name: `lyon-1`.
  let id: String
  /// What people call it: `Lyon 1`.
  let name: String
  let kind: Kind
  /// Rooms of a hotel, desks of an office.
  let size: Int
  /// How many of a thousand guests or colleagues write French; the others write English.
  let french: Int

  static let all = hotels + offices

  static let hotels = [
    Site(id: "lyon-1", name: "Lyon 1", kind: .hotel, size: 210, french: 700),
    Site(id: "lyon-2", name: "Lyon 2", kind: .hotel, size: 130, french: 720),
    Site(id: "paris-3", name: "Paris 3", kind: .hotel, size: 310, french: 450),
    Site(id: "lille-1", name: "Lille 1", kind: .hotel, size: 170, french: 650),
    Site(id: "geneva-1", name: "Geneva 1", kind: .hotel, size: 190, french: 500),
  ]

  static let offices = [
    Site(id: "paris-hq", name: "Paris HQ", kind: .office, size: 620, french: 750),
    Site(id: "lyon-office", name: "Lyon office", kind: .office, size: 240, french: 850),
  ]

  /// What people call the site of that id; the id itself when it is none of ours.
  static func name(of id: String) -> String { all.first { $0.id == id }?.name ?? id }
}

/// The languages of the group.
enum Tongue: String, Sendable, CaseIterable {
  case french = "fr"
  case english = "en"
}

/// Where an experience is made, by the policy's names.
enum Touchpoint: String, Sendable, CaseIterable {
  case booking
  case checkIn = "check-in"
  case roomComfort = "room-comfort"
  case housekeeping
  case breakfast
  case wifi
  case invoice
  case checkOut = "check-out"
  case meetingRoom = "meeting-room"
  case lift
  case workspace
}

/// The paths people take, by the policy's names.
enum Journey: String, Sendable, CaseIterable { case stay, meeting, workplace }

/// What a building provides, by the policy's names.
enum Service: String, Sendable, CaseIterable {
  case lift, heating, water, wifi, payment, access

  /// Where people feel it when it fails.
  var feltAt: Touchpoint {
    switch self {
    case .lift: .lift
    case .heating, .water: .roomComfort
    case .wifi: .wifi
    case .payment: .checkOut
    case .access: .checkIn
    }
  }
}
