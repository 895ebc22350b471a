// Owns how digits that belong together are cut into groups: `+33 (0)1 42 34 56 78` is one run.

/// One group of digits in a run, and how it is joined to the one before.
struct DigitGroup {
  enum Joint: UInt8 { case first, space, dash, dot, slash, parenthesis }
  var start: Int
  var end: Int
  var joint: Joint
  /// An opening parenthesis stands right before it.
  var opened = false
  /// Spaces stand before it, so that it can be the start of something else.
  var spaced = false

  var length: Int { end &- start }
}

/// A maximal sequence of digit groups with no more between them than people write inside of one number.
struct DigitRun {
  /// Reused from run to run.
  var groups: [DigitGroup] = []
  /// Where the run starts, with its `+` or `(`.
  var start = 0
  /// A `+` stands before the first digit.
  var plus = false
  /// The first group continues a word (`a716`): it is no number by itself.
  var glued = false

  /// More groups than this are read as another run: no number has as many.
  private static let mostGroups = 64

  /// Reads the run that starts at `index` (a digit, or a `+` or `(` before one); false when there is none.
  /// `boundary`: what stands before `index` is no part of this text any more.
  mutating func read(_ text: TextBytes, at index: Int, boundary: Bool) -> Bool {
    groups.removeAll(keepingCapacity: true)
    start = index
    plus = false
    var opened = false
    var position = index
    if text[position] == 0x28 {
      opened = true
      position &+= 1
    }
    if text[position] == 0x2B {
      plus = true
      position &+= 1
      position &+= text.space(at: position)
      if text[position] == 0x28 { position &+= 1 }
    }
    guard TextBytes.isDigit(text[position]) else { return false }
    glued = !boundary && position == index && text.isWord(before: index)
    appendGroup(text, at: &position, .first, opened: opened, spaced: false)

    while groups.count < Self.mostGroups {
      var next = position
      guard let joint = Self.joint(text, at: &next) else { break }
      appendGroup(text, at: &next, joint.joint, opened: joint.opened, spaced: joint.spaced)
      position = next
    }
    return true
  }

  /// Digits of groups `first..<last`.
  func digits(_ range: Range<Int>) -> Int {
    var sum = 0
    for index in range { sum &+= groups[index].length }
    return sum
  }

  private mutating func appendGroup(
    _ text: TextBytes, at position: inout Int, _ joint: DigitGroup.Joint, opened: Bool, spaced: Bool
  ) {
    let start = position
    while TextBytes.isDigit(text[position]) { position &+= 1 }
    groups.append(
      DigitGroup(start: start, end: position, joint: joint, opened: opened, spaced: spaced))
  }

  /// What stands between two groups; nil when the run ends. On success `position` is at the next digit.
  private static func joint(
    _ text: TextBytes, at position: inout Int
  ) -> (joint: DigitGroup.Joint, opened: Bool, spaced: Bool)? {
    var kind: DigitGroup.Joint?
    var opened = false
    let before = text.space(at: position)
    position &+= before
    if text[position] == 0x29 {
      kind = .parenthesis
      position &+= 1
      position &+= text.space(at: position)
    }
    let dash = text.dash(at: position)
    if dash > 0 {
      kind = .dash
      position &+= dash
    } else if text[position] == 0x2E, before == 0 {
      kind = .dot
      position &+= 1
      return TextBytes.isDigit(text[position]) ? (.dot, false, false) : nil
    } else if text[position] == 0x2F {
      kind = .slash
      position &+= 1
    }
    let after = text.space(at: position)
    position &+= after
    if text[position] == 0x28 {
      opened = true
      position &+= 1
    }
    guard TextBytes.isDigit(text[position]) else { return nil }
    if kind == nil, before == 0, after == 0, !opened { return nil }
    return (kind ?? .space, opened, before > 0 || after > 0)
  }
}
