// Owns a policy's ladders by number: 0 is the one of a team that names none.

struct LadderTable: Sendable {
  private let ladders: [LadderRules]

  init(_ document: PolicyDocument) { ladders = [LadderRules()] }

  /// Of the ladder that a team names; nil when it names none.
  func number(_ name: String?) -> Int32 { 0 }

  subscript(number: Int32) -> LadderRules {
    number >= 0 && Int(number) < ladders.count ? ladders[Int(number)] : LadderRules()
  }
}
