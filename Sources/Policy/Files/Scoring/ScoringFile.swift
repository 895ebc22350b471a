// Owns scoring.yaml's first two steps: reading the named contributions and the cuts.

struct ScoringDraft: Sendable {
  var base: Located<Int64>?
  var points: [PointsDraft] = []
  var cuts: [String: Located<Int64>] = [:]
}

/// One named contribution: points `add`ed when a condition holds, or made `from` an attribute by a map of
/// straight lines, by a map of words, or by a factor.
struct PointsDraft: Sendable {
  var place: Place
  var name: Located<String>?
  var when: ConditionDraft?
  var add: Located<Int64>?
  var from: Located<Attribute>?
  var map: Located<[MapPointDraft]>?
  var times: Located<Int64>?
  var cap: Located<Int64>?
}

struct MapPointDraft: Sendable {
  var word: Located<String>
  /// The word as a number, where the attribute is one.
  var x: Int64?
  var y: Located<Int64>
}

enum ScoringFile: PolicyFile {
  static let name = "scoring.yaml"
  static let isRequired = true
  static let defaultBase: Int64 = 20
  static let defaultCuts: [(name: String, least: Int64)] = [("P1", 75), ("P2", 50), ("P3", 30)]
  static let defaultCap: Int64 = 100

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    guard let scoring = root.fields(["scoring"], required: ["scoring"], findings)?["scoring"],
      let fields = scoring.fields(["base", "points", "cuts"], findings)
    else { return }
    draft.scoring.base = fields["base"]?.integer(findings)
    draft.scoring.points = (fields["points"]?.list(findings) ?? []).map { PointsDraft.parse($0, findings) }
    if let cuts = fields["cuts"]?.fields(["P1", "P2", "P3"], findings) {
      draft.scoring.cuts = cuts.compactMapValues { $0.integer(findings) }
    }
  }

  static func fillDefaults(_ draft: inout PolicyDraft) {
    let place = Place(file: name)
    if draft.scoring.base == nil { draft.scoring.base = Located(defaultBase, at: place) }
    for cut in defaultCuts where draft.scoring.cuts[cut.name] == nil {
      draft.scoring.cuts[cut.name] = Located(cut.least, at: place)
    }
    for index in draft.scoring.points.indices where draft.scoring.points[index].cap == nil {
      draft.scoring.points[index].cap = Located(defaultCap, at: draft.scoring.points[index].place)
    }
  }
}

extension PointsDraft {
  private static let fields = ["name", "when", "add", "from", "map", "times", "cap"]

  static func parse(_ cursor: Cursor, _ findings: Findings) -> PointsDraft {
    var points = PointsDraft(place: cursor.place)
    guard let fields = cursor.fields(fields, required: ["name"], findings) else { return points }
    points.name = fields["name"]?.text(findings)
    points.when = fields["when"].map { ConditionDraft.parse($0, findings) }
    points.add = fields["add"]?.integer(findings)
    points.times = fields["times"]?.thousandths(findings)
    points.cap = fields["cap"]?.integer(findings)
    points.from = fields["from"].flatMap { source($0, findings) }
    points.map = fields["map"].flatMap { cursor in
      map(cursor, of: points.from?.value, findings).map { Located($0, at: cursor.place) }
    }
    points.checkForm(fields, findings)
    return points
  }

  private static func source(_ cursor: Cursor, _ findings: Findings) -> Located<Attribute>? {
    guard let text = cursor.text(findings) else { return nil }
    let allowed = Attribute.sources.map(\.rawValue)
    guard let attribute = Attribute(rawValue: text.value), allowed.contains(text.value) else {
      findings.error(
        text.place,
        "unknown source \"\(text.value)\"\(Suggestion.didYouMean(text.value, among: allowed)); allowed: \(Suggestion.list(allowed))"
      )
      return nil
    }
    return Located(attribute, at: text.place)
  }

  private static func map(
    _ cursor: Cursor, of source: Attribute?, _ findings: Findings
  ) -> [MapPointDraft]? {
    guard let entries = cursor.entries(findings) else { return nil }
    if entries.isEmpty { findings.error(cursor.place, "is empty: give each value its points") }
    if entries.count == 1, source?.shape == .number {
      findings.error(
        cursor.place, "has one point, and a line needs two; for one amount use \"when\" with \"add\"")
    }
    return entries.compactMap { key, value in
      guard let y = value.integer(findings) else { return nil }
      guard source?.shape == .number else { return MapPointDraft(word: key, x: nil, y: y) }
      switch Thousandths.parse(key.value) {
      case .success(let x): return MapPointDraft(word: key, x: x, y: y)
      case .failure(let mistake):
        findings.error(key.place, Cursor.explain(mistake, YAMLScalar(text: key.value, isPlain: true)))
        return nil
      }
    }
  }

  /// `add` alone, or `from` with `map` or `times`.
  private func checkForm(_ fields: [String: Cursor], _ findings: Findings) {
    let forms = ["add", "map", "times"].filter { fields[$0] != nil }
    if forms.count > 1, let second = fields[forms[1]] {
      findings.error(
        second.place, "\"\(forms[0])\" and \"\(forms[1])\" exclude each other: make two contributions")
      return
    }
    switch forms.first {
    case nil:
      findings.error(
        place, "gives no points; it needs \"when\" with \"add\", or \"from\" with \"map\" or \"times\"")
    case "add":
      if let from = fields["from"] {
        findings.error(from.place, "\"add\" takes no \"from\": say with \"when\" which events get the points")
      } else if fields["when"] == nil {
        findings.error(place, "adds to every event: say with \"when\" which, or put it into \"base\"")
      }
    default:
      if fields["from"] == nil {
        findings.error(
          place, "missing field \"from\": it names the attribute that \"\(forms[0])\" makes points from")
      }
    }
  }
}
