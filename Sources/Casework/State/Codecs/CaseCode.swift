// Owns which parts of a case are written: those that a plain case has come first, so that their bits fit one byte.

/// A bit for each part that is left out when it is as in a new case.
struct CaseParts: OptionSet {
  let rawValue: UInt64
  init(rawValue: UInt64) { self.rawValue = rawValue }
  private init(bit: UInt64) { rawValue = 1 << bit }

  static let site = CaseParts(bit: 0)
  static let journey = CaseParts(bit: 1)
  static let touchpoint = CaseParts(bit: 2)
  static let witness = CaseParts(bit: 3)
  static let ladder = CaseParts(bit: 4)
  static let ownershipLease = CaseParts(bit: 5)
  static let lastContact = CaseParts(bit: 6)
  static let acknowledged = CaseParts(bit: 7)
  static let acknowledgementLease = CaseParts(bit: 8)
  static let lastAct = CaseParts(bit: 9)
  static let fired = CaseParts(bit: 10)
  static let responded = CaseParts(bit: 11)
  static let resolved = CaseParts(bit: 12)
  static let service = CaseParts(bit: 13)
  static let entity = CaseParts(bit: 14)
  static let incident = CaseParts(bit: 15)
  static let worker = CaseParts(bit: 16)
  static let closed = CaseParts(bit: 17)
  static let evidence = CaseParts(bit: 18)
  static let expires = CaseParts(bit: 19)
  static let verify = CaseParts(bit: 20)
  static let promises = CaseParts(bit: 21)
  static let promisesBroken = CaseParts(bit: 22)
  static let waiting = CaseParts(bit: 23)
  static let deferred = CaseParts(bit: 24)
  static let edges = CaseParts(bit: 25)
  static let reopened = CaseParts(bit: 26)
  static let gathered = CaseParts(bit: 27)
  static let repeats = CaseParts(bit: 28)
  static let exhausted = CaseParts(bit: 29)
  static let nobody = CaseParts(bit: 30)
  static let standing = CaseParts(bit: 31)
  static let happened = CaseParts(bit: 32)
  // At the end, so that who does not know them skips them.
  static let leasesLeft = CaseParts(bit: 33)
  static let lapses = CaseParts(bit: 34)
  static let transferred = CaseParts(bit: 35)
  static let putOff = CaseParts(bit: 36)
  static let remedies = CaseParts(bit: 37)
  static let behind = CaseParts(bit: 38)
  static let askedAgain = CaseParts(bit: 39)
}
