// Owns scoring.yaml's last two steps: points in range, maps that ascend, cuts that descend, names that exist.

extension ScoringFile {
  /// Names that the score itself uses.
  static let baseName = "base"

  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    let scoring = draft.scoring
    if let base = scoring.base { Checks.range(base, 0...100, findings) }
    for points in scoring.points { points.validate(findings) }
    validateCuts(scoring.cuts, findings)
  }

  private static func validateCuts(_ cuts: [String: Located<Int64>], _ findings: Findings) {
    var above: (name: String, least: Int64)?
    for name in ["P1", "P2", "P3"] {
      guard let cut = cuts[name] else { continue }
      Checks.range(cut, 1...100, findings)
      if let above, cut.value >= above.least {
        let isDefault = cut.place.line == 0
        let place = isDefault ? cuts[above.name]?.place ?? cut.place : cut.place
        findings.error(
          place,
          "must descend: \(name) (\(cut.value)\(isDefault ? " unless it is given" : "")) is not below \(above.name) (\(above.least))"
        )
      }
      above = (name, cut.value)
    }
  }

  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    let names = KnownNames(draft)
    let points = draft.scoring.points
    Checks.unique("contribution", points.compactMap(\.name), findings)
    for points in points {
      if let name = points.name, name.value == baseName {
        findings.error(name.place, "\"base\" is the name of what the score starts from: choose another one")
      }
      points.when?.crossCheck(draft, names, findings)
      guard let source = points.from?.value, source.shape == .symbol else { continue }
      for point in points.map?.value ?? [] { names.check(source, point.word, findings) }
    }
  }
}

extension PointsDraft {
  fileprivate func validate(_ findings: Findings) {
    when?.validate(findings)
    if let name, name.value.utf8.count > 60 {
      findings.error(name.place, "is longer than the 60 bytes of a contribution's name")
    }
    if let add {
      Checks.range(add, -100...100, findings)
      if add.value == 0 {
        findings.error(add.place, "is 0 and never changes the score: give points or remove the contribution")
      }
    }
    if let times {
      Checks.range(times, -100_000...100_000, thousandths: true, findings)
      if times.value == 0 {
        findings.error(
          times.place, "is 0 and makes every product 0: give a factor or remove the contribution")
      }
      if let from, from.value.shape != .number {
        findings.error(
          times.place,
          "\(from.value.rawValue) is a word, not a number to multiply: give its words points with \"map\"")
      }
    }
    if let cap { Checks.range(cap, 1...100, findings) }
    if let map, let from { validateMap(map, of: from.value, findings) }
  }

  private func validateMap(_ map: Located<[MapPointDraft]>, of source: Attribute, _ findings: Findings) {
    for point in map.value { Checks.range(point.y, -100...100, findings) }
    if let closed = source.closedValues {
      for point in map.value where !closed.contains(point.word.value) {
        let word = point.word.value
        findings.error(
          point.word.place,
          "unknown \(source.rawValue) \"\(word)\"\(Suggestion.didYouMean(word, among: closed)); allowed: \(Suggestion.list(closed))"
        )
      }
    }
    guard source.shape == .number else { return }
    var before: Int64?
    for point in map.value {
      guard let x = point.x else { continue }
      if let bounds = source.bounds, !bounds.contains(x) {
        findings.error(
          point.word.place,
          "\(point.word.value) is out of range; \(source.rawValue) goes from \(Thousandths.text(bounds.lowerBound)) to \(Thousandths.text(bounds.upperBound))"
        )
      }
      if let before, x <= before {
        findings.error(
          point.word.place,
          "must ascend: \(Thousandths.text(x)) stands after \(Thousandths.text(before))")
      }
      before = x
    }
  }
}
