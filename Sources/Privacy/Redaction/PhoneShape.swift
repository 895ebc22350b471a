// Owns what a telephone number looks like in free text, and what only looks like one.

enum PhoneShape {
  /// The number whose first group is `first`: how many groups it takes, or nil.
  static func match(_ text: TextBytes, _ run: DigitRun, from first: Int, cue: PhoneCue) -> Int? {
    let groups = run.groups
    let last = run.groups.count
    if first == 0, run.plus { return international(text, run, from: 0, skip: 0) }
    if startsWith(text, groups[first], 0x30, 0x30) {
      if let taken = international(text, run, from: first, skip: 2) { return taken }
    }
    if let taken = fivePairs(text, run, from: first) { return taken }
    guard cue != .other else { return nil }
    if let taken = northAmerican(text, run, from: first) { return taken }
    if text[groups[first].start] == 0x30, let taken = trunk(text, run, from: first) { return taken }
    guard cue == .phone else { return nil }
    // `tel. 555 0123`, `mon portable : 612345678`: the word before says what it is.
    for end in stride(from: min(last, first &+ 6), to: first, by: -1)
    where (7...13).contains(run.digits(first..<end)) && isTight(run, first..<end) {
      if dateLength(text, run, from: first) != nil { return nil }
      return ends(text, groups[end &- 1]) ? end &- first : nil
    }
    return nil
  }

  /// How many groups from `first` on are a date, or nil: `24/11/2026`, `24.11.26`, `2026-11-24`.
  static func dateLength(_ text: TextBytes, _ run: DigitRun, from first: Int) -> Int? {
    guard run.groups.count &- first >= 3 else { return nil }
    let (a, b, c) = (run.groups[first], run.groups[first &+ 1], run.groups[first &+ 2])
    guard b.joint == c.joint, !b.opened, !c.opened else { return nil }
    let (x, y, z) = (value(text, a), value(text, b), value(text, c))
    let isDayMonth =
      a.length <= 2 && b.length <= 2 && (1...31).contains(x) && (1...31).contains(y) && min(x, y) <= 12
    if isDayMonth, c.length == 4, (1900...2199).contains(z) { return 3 }
    // Two digits more with the same sign between make it a telephone number: 06.12.34.56.78.
    let goesOn = run.groups.count &- first > 3 && run.groups[first &+ 3].joint == b.joint
    if isDayMonth, c.length == 2, b.joint != .space, !goesOn { return 3 }
    if a.length == 4, b.length == 2, c.length == 2, (1900...2199).contains(x), (1...12).contains(y),
      (1...31).contains(z), b.joint != .space
    {
      return 3
    }
    return nil
  }

  /// `+33 6 …` (`skip` 0), `0033 6 …` (`skip` 2).
  private static func international(_ text: TextBytes, _ run: DigitRun, from first: Int, skip: Int) -> Int? {
    // Digits after the prefix, without the `(0)` that is not dialled from abroad.
    var digits: [UInt8] = []
    var best: Int?
    for index in first..<run.groups.count {
      let group = run.groups[index]
      if index > first, group.opened, group.length == 1, text[group.start] == 0x30 { continue }
      if index > first, !isInside(group) { break }
      guard digits.count &+ group.length <= 17 else { break }
      for position in group.start..<group.end { digits.append(text[position] &- 0x30) }
      guard digits.count > skip &+ 7 else { continue }
      let number = digits.dropFirst(skip)
      guard let plan = PhoneNumbering.plan({ Int(number[number.startIndex &+ $0]) }) else { break }
      var national = number.dropFirst(plan.code)
      // `+33 06 …`: the trunk zero written by mistake. Italy keeps its zero.
      if national.first == 0, !plan.national.contains(national.count) || plan.code == 2 {
        national = national.dropFirst()
      }
      // No subscriber number starts with two zeros: `+20 000 000` is an amount.
      if national.first == 0 { break }
      let least = skip > 0 ? max(8, plan.national.lowerBound) : plan.national.lowerBound
      if national.count >= least, national.count <= plan.national.upperBound, ends(text, group) {
        best = index &- first &+ 1
      }
    }
    return best
  }

  /// `(415) 555-2671`, `1-415-555-2671`, `415.555.2671`. Ten digits in one group may be anything.
  private static func northAmerican(_ text: TextBytes, _ run: DigitRun, from first: Int) -> Int? {
    var area = first
    if run.groups[first].length == 1, text[run.groups[first].start] == 0x31 { area &+= 1 }
    guard run.groups.count &- area >= 3 else { return nil }
    let (a, b, c) = (run.groups[area], run.groups[area &+ 1], run.groups[area &+ 2])
    guard a.length == 3, b.length == 3, c.length == 4, text[a.start] >= 0x32, text[b.start] >= 0x32 else {
      return nil
    }
    guard b.joint == c.joint || b.joint == .parenthesis, isInside(b), isInside(c), ends(text, c) else {
      return nil
    }
    return area &- first &+ 3
  }

  /// A national number with its trunk zero: France, the United Kingdom, Germany and most of Europe.
  private static func trunk(_ text: TextBytes, _ run: DigitRun, from first: Int) -> Int? {
    let groups = run.groups
    let head = groups[first]
    if head.length == 1 { return spacedZero(text, run, from: first) }
    guard text[head.start &+ 1] != 0x30 else { return nil }
    if (10...11).contains(head.length) {
      return text.isWord(at: head.end) ? nil : 1
    }
    guard (2...6).contains(head.length), dateLength(text, run, from: first) == nil else { return nil }
    var candidates: (tenOrEleven: Int?, twelve: Int?, nine: Int?)
    for end in (first &+ 1)..<min(groups.count, first &+ 6) {
      guard (2...8).contains(groups[end].length), isTight(run, first..<end &+ 1) else { break }
      guard ends(text, groups[end]) else { continue }
      switch run.digits(first..<end &+ 1) {
      case 10, 11: candidates.tenOrEleven = end
      case 12: candidates.twelve = end
      case 9: candidates.nine = end
      default: break
      }
    }
    guard let end = candidates.tenOrEleven ?? candidates.twelve ?? candidates.nine else { return nil }
    return end &- first &+ 1
  }

  /// `06 12 34 56 78`, with the same sign between all of them.
  private static func fivePairs(_ text: TextBytes, _ run: DigitRun, from first: Int) -> Int? {
    guard run.groups.count &- first >= 5 else { return nil }
    let head = run.groups[first].start
    guard text[head] == 0x30, text[head &+ 1] != 0x30 else { return nil }
    let joint = run.groups[first &+ 1].joint
    for index in first..<first &+ 5 {
      let group = run.groups[index]
      guard group.length == 2, index == first || group.joint == joint, !group.opened || index == first else {
        return nil
      }
    }
    return ends(text, run.groups[first &+ 4]) ? 5 : nil
  }

  /// `0 800 123 456`, `(0)6 12 34 56 78`.
  private static func spacedZero(_ text: TextBytes, _ run: DigitRun, from first: Int) -> Int? {
    guard text[run.groups[first].start] == 0x30, run.groups.count &- first >= 3,
      run.groups[first &+ 1].joint == .space || run.groups[first &+ 1].joint == .parenthesis
    else { return nil }
    for end in (first &+ 2)..<min(run.groups.count, first &+ 7) {
      guard isTight(run, first..<end &+ 1) else { return nil }
      if run.digits(first..<end &+ 1) == 10, ends(text, run.groups[end]) { return end &- first &+ 1 }
    }
    return nil
  }

  /// Whether these groups are joined as inside of one number. A slash stands only after an area code (Germany).
  private static func isTight(_ run: DigitRun, _ range: Range<Int>) -> Bool {
    for index in range.dropFirst() {
      let group = run.groups[index]
      if group.joint == .slash, index > range.lowerBound &+ 1 { return false }
      if group.opened, index > range.lowerBound &+ 1 { return false }
    }
    return true
  }

  private static func isInside(_ group: DigitGroup) -> Bool { group.joint != .slash }

  /// A number ends where no letter or digit follows, and no decimals do.
  private static func ends(_ text: TextBytes, _ group: DigitGroup) -> Bool {
    if text[group.end] == 0x2C, TextBytes.isDigit(text[group.end &+ 1]) { return false }
    return !TextBytes.isAlphanumeric(text[group.end])
  }

  private static func startsWith(_ text: TextBytes, _ group: DigitGroup, _ a: UInt8, _ b: UInt8) -> Bool {
    group.length >= 2 && text[group.start] == a && text[group.start &+ 1] == b
  }

  private static func value(_ text: TextBytes, _ group: DigitGroup) -> Int {
    guard group.length <= 4 else { return Int.max }
    var value = 0
    for position in group.start..<group.end { value = value &* 10 &+ Int(text[position] &- 0x30) }
    return value
  }
}
