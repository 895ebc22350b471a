// Owns who is on duty: calendars, absences, and who stands in for whom.
import Events

extension CaseworkRules {
  /// Stand-ins of stand-ins are followed so far.
  public static let longestStandIn = 4

  /// Whether somebody works at a moment: in their own calendar, else in their team's or its on-call calendar. Somebody
  /// who is absent is on duty when who stands in is.
  public func onDuty(_ person: Person, at time: Int64) -> Bool {
    present(person, at: time) != nil
  }

  /// The person, or who stands in, if on duty at a moment.
  public func present(_ person: Person, at time: Int64) -> Person? {
    acting(person, at: time).flatMap { isOpen($0, time) ? $0 : nil }
  }

  /// The person, or who stands in during an absence; nil when nobody does.
  public func acting(_ person: Person, at time: Int64) -> Person? {
    var person = person
    for _ in 0...Self.longestStandIn {
      if !person.isAbsent(at: time) { return person }
      guard !person.delegate.isEmpty, let delegate = self.person(person.delegate) else { return nil }
      person = delegate
    }
    return nil
  }

  /// For whom somebody stands in at a moment, in the order of the directory.
  public func absentees(of standIn: Person, at time: Int64) -> [Person] {
    people.absent(at: time).filter { acting($0, at: time)?.id == standIn.id }
  }

  /// Who is absent at another time than this, and names somebody as who stands in then, in the order of the directory.
  public func absenteesAtOtherTimes(than time: Int64, of standIn: Person) -> [Person] {
    people.absentees(naming: standIn.id).filter { !$0.isAbsent(at: time) }
  }

  /// When somebody of a role is on duty next, at `time` or after it; nil when nobody holds it or ever works. An empty
  /// team or site takes any, as `holders` does. Without a directory a role works when its team does.
  public func nextDuty(of role: ByteSlice, team: ByteSlice, site: ByteSlice, after time: Int64) -> Int64? {
    guard hasDirectory else {
      guard let team = self.team(team) else { return team.isEmpty ? time : nil }
      return earliest(calendar(team.calendar).nextOpen(from: time), onCall(team.onCall, from: time))
    }
    return holders(of: role, team: team, site: site).reduce(nil) {
      earliest($0, nextDuty(of: $1, after: time))
    }
  }

  /// When somebody, or who stands in, is on duty next, at `time` or after it; nil for never.
  public func nextDuty(of person: Person, after time: Int64) -> Int64? {
    // Who acts changes only where an absence in the chain begins or ends: two for each of them.
    var time = time
    for _ in 0...2 * (Self.longestStandIn + 1) {
      let acting = acting(person, at: time)
      let opens = acting.flatMap {
        earliest(calendar($0.calendar).nextOpen(from: time), onCall($0.onCall, from: time))
      }
      if opens == time { return time }
      guard let change = nextAbsenceChange(person, after: time) else { return opens }
      if let opens, opens < change { return opens }
      time = change
    }
    return nil
  }

  private func nextAbsenceChange(_ person: Person, after time: Int64) -> Int64? {
    var person = person
    var next: Int64?
    for _ in 0...Self.longestStandIn {
      if person.absentFrom < person.absentUntil {
        for change in [person.absentFrom, person.absentUntil] where change > time && change < Int64.max {
          next = earliest(next, change)
        }
      }
      guard !person.delegate.isEmpty, let delegate = self.person(person.delegate) else { return next }
      person = delegate
    }
    return next
  }

  private func isOpen(_ person: Person, _ time: Int64) -> Bool {
    calendar(person.calendar).isOpen(at: time)
      || person.onCall >= 0 && calendar(person.onCall).isOpen(at: time)
  }

  private func onCall(_ index: Int32, from time: Int64) -> Int64? {
    index < 0 ? nil : calendar(index).nextOpen(from: time)
  }

  private func earliest(_ a: Int64?, _ b: Int64?) -> Int64? {
    guard let a, let b else { return a ?? b }
    return min(a, b)
  }
}
