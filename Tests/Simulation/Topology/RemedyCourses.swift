// Owns what people ask for in a topology, and what they do about it one after the other.

/// Something that somebody may ask for.
struct RemedyRequest {
  let person: String
  let action: String
  var minor: Int
  let currency: String
  /// Who is asked to say yes, rightly or not.
  let approvers: [String]
  /// What mostly comes of it.
  let courses: [[RemedyStep]]
  /// What the grant wants to see; some forget it.
  let evidence: String?

  /// Within grants, beyond them, in the name of somebody else, in any currency, and what nobody may give at all.
  static let all =
    // The smallest gesture, and the one that is easiest to cut in two.
    some("receptionist-7", "voucher", [2_500, 2_500, 2_000, 500], beyond: [9_000, 12_000, 30_000])
    // In the name of a receptionist who is away.
    + some("technician-6", "voucher", [1_000, 2_000], beyond: [9_000])
    + some("technician-4", "engage-repair", [4_000, 9_000], beyond: [30_000, 35_000, 40_000])
    + some("technician-4", "engage-repair", [9_000, 30_000], beyond: [90_000], "KWD")
    + some("housekeeper-12", "engage-repair", [6_000, 12_000], evidence: "photo")
    // Some say yes to themselves.
    + some(
      "duty-manager-2", "refund", [10_000, 10_000], beyond: [30_000, 30_000, 40_000],
      by: payers + ["duty-manager-2", "duty-manager-2"])
    + some("duty-manager-2", "refund", [4_000, 12_000], beyond: [60_000], "JPY", by: payers)
    // In the name of a duty manager who is away, and who may approve.
    + some(
      "head-of-housekeeping-1", "refund", [9_000], beyond: [30_000],
      by: payers + ["head-of-housekeeping-1"])
    + some("billing-clerk-2", "refund", [5_000, 15_000, 15_000], beyond: [30_000], by: payers)
    + some("receptionist-7", "refund", [5_000, 7_000], beyond: [18_000, 20_000], by: payers)
    // No policy knows what a dollar is, and from tomorrow on they know what a crown is.
    + some("receptionist-7", "refund", [5_000], "USD")
    + some("receptionist-7", "voucher", [1_500], "USD")
    + some("duty-manager-2", "refund", [60_000, 80_000], "SEK")
    // These lapse at once, from pots that hold one of them, and are paid all the same.
    + late("duty-manager-2", [5_500, 6_000, 6_000, 6_000, 6_500, 6_500, 6_500, 6_500])
    + late("receptionist-7", [5_500, 6_000, 6_500, 6_500, 6_500])
    + late("duty-manager-2", [7_000, 9_000], "JPY")
    + some("nobody-1", "voucher", [100])

  private static let directors = [
    "director-lyon-1", "front-desk-manager-1", "front-desk-manager-1", "director-paris-3", "duty-manager-2",
    "head-of-housekeeping-1", "regional-director-1", "regional-director-1", "technician-4",
  ]
  private static let payers = [
    "duty-manager-2", "head-of-billing-1", "head-of-housekeeping-1", "head-of-housekeeping-1",
    "regional-director-1", "regional-director-1", "technician-4",
  ]

  private static func some(
    _ person: String, _ action: String, _ within: [Int], beyond: [Int] = [], _ currency: String = "EUR",
    by approvers: [String] = directors, evidence: String? = nil
  ) -> [RemedyRequest] {
    let amounts = within.map { ($0, RemedyStep.within) } + beyond.map { ($0, RemedyStep.beyond) }
    return amounts.map { minor, courses in
      RemedyRequest(
        person: person, action: action, minor: minor, currency: currency, approvers: approvers,
        courses: courses, evidence: evidence)
    }
  }

  private static func late(_ person: String, _ amounts: [Int], _ currency: String = "EUR") -> [RemedyRequest]
  {
    amounts.map {
      RemedyRequest(
        person: person, action: "upgrade", minor: $0, currency: currency, approvers: directors,
        courses: RemedyStep.late, evidence: nil)
    }
  }
}

/// One thing that somebody does about a claim.
struct RemedyStep {
  enum Word: String { case approve, decline, cancel, settle, giveBack = "return" }
  enum Who { case requester, approver, other }
  enum Amount { case untold, part, tooMuch, foreign }

  let word: Word
  var who = Who.requester
  var amount = Amount.untold

  /// What happens one after the other, each some time after the one before, to what is approved at once.
  static let within: [[RemedyStep]] = [
    [], [paid], [paid, paid], [paidInPart], [tooMuchPaid, foreignPaid, paid],
    [paid, back], [paid, partBack, back], [paid, partBack, partBack], [paid, tooMuchBack, back, back],
    [paidInPart, partBack, back], [back, paid],
    [takenBack], [takenBack, paid], [paid, takenBack], [Step(word: .cancel, who: .other), paid],
  ]

  /// And to what is not.
  static let beyond: [[RemedyStep]] = [
    [yes, yes], [yes, yes, paid], [yes, yes, yes, paid, partBack, back], [yes, yes, yes, paidInPart],
    [yes, yes, takenBack], [Step(word: .approve), yes, yes, paid],
    [Step(word: .approve, who: .other), yes, yes, paid], [no], [no, no], [no, yes],
    [Step(word: .decline), no], [Step(word: .decline, who: .other), yes, paid], [takenBack],
    [takenBack, yes],
  ]

  /// And to what is soon over.
  static let late: [[RemedyStep]] = [[paid], [paid], [paid, partBack, back], [paidInPart], [paid, back]]

  private typealias Step = RemedyStep
  private static let paid = Step(word: .settle)
  private static let paidInPart = Step(word: .settle, amount: .part)
  private static let tooMuchPaid = Step(word: .settle, amount: .tooMuch)
  private static let foreignPaid = Step(word: .settle, amount: .foreign)
  private static let back = Step(word: .giveBack)
  private static let partBack = Step(word: .giveBack, amount: .part)
  private static let tooMuchBack = Step(word: .giveBack, amount: .tooMuch)
  private static let takenBack = Step(word: .cancel)
  private static let yes = Step(word: .approve, who: .approver)
  private static let no = Step(word: .decline, who: .approver)
}
