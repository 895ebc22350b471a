// Owns what an event and its exceptions come to: when it is in the end.

/// Once that an event is.
struct Occurrence {
  var start: EventStart
  var length: EventLength
}

/// An event with the exceptions of the same UID.
struct HolidaySeries {
  var event: HolidayEvent
  var exceptions: [HolidayEvent] = []

  struct Expanded {
    var occurrences: [Occurrence] = []
    var goesOn = false
  }

  /// Until the end of the reader's last year.
  ///
  /// First what the event, its rules and its RDATEs name, then without what EXRULE and EXDATE name, then with every
  /// exception in the place of what it names.
  func expanded(_ reader: inout EventReader) -> Expanded {
    var result = Expanded()
    if event.isCancelled { return result }
    var starts: Set<Int64> = [event.start.local]
    for line in event.rules {
      guard let rule = Self.rule(line, event, &reader) else { return result }
      starts.formUnion(rule.starts)
      result.goesOn = result.goesOn || rule.goesOn
      if rule.isAskew {
        reader.mistakes.add(.rule(.askew, value: line.text(line.value)), line, at: line.value.lowerBound)
      }
    }
    for line in event.exceptRules {
      guard let rule = Self.rule(line, event, &reader) else { return result }
      starts.subtract(rule.starts)
    }
    var all = starts.sorted().map { local in
      Occurrence(
        start: EventStart(isDay: event.start.isDay, local: local, clock: event.start.clock),
        length: event.length)
    }
    for (start, length) in event.more {
      let isThere = length == nil && start.clock == event.start.clock && starts.contains(start.local)
      if !isThere { all.append(Occurrence(start: start, length: length ?? event.length)) }
    }
    Self.remove(event.except, from: &all)
    for exception in exceptions.sorted(by: Self.isEarlier) {
      replace(exception, in: &all, &reader)
    }
    result.occurrences = all
    return result
  }

  private static func isEarlier(_ a: HolidayEvent, _ b: HolidayEvent) -> Bool {
    // What changes all that follow comes before what changes one of them.
    let (first, second) = (a.exception, b.exception)
    if first?.isFollowing != second?.isFollowing { return first?.isFollowing ?? false }
    return (first?.start.time ?? 0) < (second?.start.time ?? 0)
  }

  private static func remove(_ names: [EventStart], from all: inout [Occurrence]) {
    if names.isEmpty { return }
    let days = Set(names.filter(\.isDay).map(\.day))
    let times = names.filter { !$0.isDay }
    let timesByDay = Set(times.map(\.day))
    let locals = Set(times.filter { $0.clock == nil }.map(\.local))
    let instants = Set(times.filter { $0.clock != nil }.map(\.time))
    all.removeAll { occurrence in
      let start = occurrence.start
      if days.contains(start.day) { return true }
      if start.isDay { return timesByDay.contains(start.day) }
      if start.clock == nil { return locals.contains(start.local) || instants.contains(start.local) }
      return instants.contains(start.time) || locals.contains(start.local)
    }
  }

  private func replace(_ other: HolidayEvent, in all: inout [Occurrence], _ reader: inout EventReader) {
    guard let named = other.exception else { return }
    // It looks at all of them.
    guard (try? reader.effort.spend(all.count / 10)) != nil else {
      return reader.mistakes.add(.tooMuch, other.line)
    }
    let index = all.firstIndex { $0.start.isNamed(by: named.start) }
    let lastYear = LocalDate.number(.init(year: reader.lastYear, month: 12, day: 31))
    if index == nil, named.start.day <= lastYear {
      reader.mistakes.add(.noSuchOccurrence, named.line, at: named.line.value.lowerBound)
    }
    if named.isFollowing {
      let from = named.start.time
      if other.isCancelled {
        all.removeAll { $0.start.time >= from }
      } else {
        let shift = other.start.local - (index.map { all[$0].start.local } ?? named.start.local)
        for index in all.indices where all[index].start.time >= from {
          all[index].start.local += shift
          all[index].start.isDay = other.start.isDay
          all[index].start.clock = other.start.clock
          all[index].length = other.length
        }
      }
    } else {
      if let index { all.remove(at: index) }
      if !other.isCancelled { all.append(Occurrence(start: other.start, length: other.length)) }
    }
  }

  private static func rule(_ line: ContentLine, _ event: HolidayEvent, _ reader: inout EventReader)
    -> Recurrence?
  {
    do throws(Recurrence.Mistake) {
      return try Recurrence(
        line, from: event.written, clock: event.start.clock, lastYear: reader.lastYear, &reader.effort)
    } catch {
      let value = line.text(line.value)
      let kind: HolidayFile.Kind =
        switch error {
        case .unreadable: .rule(.unreadable, value: value)
        case .tooOften: .rule(.tooOften, value: value)
        case .numberedDay: .rule(.numberedDay, value: value)
        case .mixedDays: .rule(.mixedDays, value: value)
        case .never: .rule(.never, value: value)
        case .untilBeforeStart: .rule(.untilBeforeStart, value: value)
        case .tooMuch: .tooMuch
        }
      reader.mistakes.add(kind, line, at: line.value.lowerBound)
      return nil
    }
  }
}
