// Owns by whose grant somebody asks: their own, or that of somebody they stand in for; and which budgets pay then.
import Events

/// A grant that holds, and whose it is.
public struct Authority {
  /// Who asks.
  public let person: Person
  /// Who is absent; nil for one's own grant.
  public let absent: Person?
  public let grant: GrantRules
  /// Of the case, else of whose grant it is.
  public let site: ByteSlice

  /// Whose grant it is, and whose pots pay where each holder of a budget has their own.
  public var holder: Person { absent ?? person }

  /// The budgets that pay by this grant: its own, else the action's.
  public func budgets(for action: ActionRules, _ rules: DelegationRules) -> BudgetChoice {
    rules.budgets(of: grant.from.isEmpty ? action.from : grant.from, site: site, team: holder.team)
  }

  /// Whether these budgets, in any order, are those that pay by this grant.
  public func pays(from budgets: [ByteSlice], for action: ActionRules, _ rules: DelegationRules) -> Bool {
    guard case .budgets(let found) = self.budgets(for: action, rules) else { return false }
    return found.count == budgets.count && found.allSatisfy { budgets.contains($0.id) }
      && budgets.allSatisfy { id in found.contains { $0.id == id } }
  }

  /// Whether its grant alone takes an amount, by the rates of the moment.
  public func takes(_ money: Money, _ rules: DelegationRules, at time: Int64) -> Bool {
    guard case .amount(let amount) = rules.convert(money, to: grant.upTo.currency, at: time) else {
      return false
    }
    return amount.minor <= grant.upTo.minor
  }
}

extension DelegationRules {
  /// Of more people than these, in the order of the directory, nobody asks in the name: so many pots are looked at.
  public static let mostStoodInFor = 16

  /// Every grant by which somebody may ask at a moment, in milliseconds: their own, then those of the people they stand in
  /// for, in the order of the directory. Somebody who is absent has none of their own: who stands in has it. Absences are
  /// half-open, and stand-ins of stand-ins are followed as far as `CaseworkRules.longestStandIn`.
  ///
  /// - Parameter facts: what is asked for and of which case; `site` is the case's, empty for none. Role, team and, for
  ///   want of the case's, site become those of whose grant it is.
  public func authorities(
    of person: Person, _ facts: GrantFacts, _ people: CaseworkRules, at time: Int64
  ) -> [Authority] {
    askers(for: person, facts, people, at: time).compactMap { absent, facts in
      grant(for: facts).map { Authority(person: person, absent: absent, grant: $0, site: facts.site) }
    }
  }

  /// As whom somebody may ask, in the order of `authorities`, and what grants are asked about each.
  func askers(
    for person: Person, _ facts: GrantFacts, _ people: CaseworkRules, at time: Int64
  ) -> [(absent: Person?, facts: GrantFacts)] {
    func asked(_ absent: Person?) -> (absent: Person?, facts: GrantFacts) {
      let holder = absent ?? person
      var facts = facts
      facts.role = holder.role
      facts.team = holder.team
      if facts.site.isEmpty { facts.site = holder.site }
      return (absent, facts)
    }
    let own = person.isAbsent(at: time) ? [] : [asked(nil)]
    return own + people.absentees(of: person, at: time).prefix(Self.mostStoodInFor).map(asked)
  }

  /// By whose grant a remedy is asked for: the first that takes the amount of those whose budgets exist, else the first
  /// of them, else the first of all. Nil for none. What was asked for before is not looked at, nor what pots hold.
  public func authority(
    of all: [Authority], for action: ActionRules, _ money: Money, at time: Int64
  ) -> Authority? {
    let paying = all.filter {
      if case .budgets = $0.budgets(for: action, self) { return true }
      return false
    }
    return paying.first { $0.takes(money, self, at: time) } ?? paying.first ?? all.first
  }

  /// The budgets that pay for what somebody asks for: those of whose grant it is, and where no grant holds those of the
  /// action, at the case's site (else the asker's) and for the asker's team.
  public func budgets(
    for action: ActionRules, by authority: Authority?, of person: Person, site: ByteSlice
  ) -> BudgetChoice {
    authority?.budgets(for: action, self)
      ?? budgets(of: action.from, site: site.isEmpty ? person.site : site, team: person.team)
  }
}
