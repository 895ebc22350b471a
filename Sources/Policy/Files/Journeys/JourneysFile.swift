// Owns journeys.yaml: what customers live through, and which moments count most.

struct JourneyDraft: Sendable {
  var id: Located<String>
  var name: Located<String>?
  var weight: Located<Int64>?
  var touchpoints: [TouchpointDraft] = []
}

struct TouchpointDraft: Sendable {
  var id: Located<String>
  var name: Located<String>?
  var weight: Located<Int64>?
}

enum JourneysFile: PolicyFile {
  static let name = "journeys.yaml"
  static let isRequired = false
  /// Thousandths.
  static let defaultWeight: Int64 = 1000

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    guard let journeys = root.fields(["journeys"], required: ["journeys"], findings)?["journeys"],
      let entries = journeys.entries(findings)
    else {
      draft.unread.insert(name)
      return
    }
    for (id, cursor) in entries {
      let fields = cursor.fields(["name", "weight", "touchpoints"], findings) ?? [:]
      let touchpoints = fields["touchpoints"].map { $0.entries(findings) }
      if case .some(nil) = touchpoints { draft.unread.insert(name) }
      draft.journeys.append(
        JourneyDraft(
          id: id,
          name: fields["name"]?.text(findings),
          weight: fields["weight"]?.thousandths(findings),
          touchpoints: ((touchpoints ?? nil) ?? []).map { id, cursor in
            let fields = cursor.fields(["name", "weight"], findings) ?? [:]
            return TouchpointDraft(
              id: id, name: fields["name"]?.text(findings), weight: fields["weight"]?.thousandths(findings))
          }))
    }
  }

  static func fillDefaults(_ draft: inout PolicyDraft) {
    for index in draft.journeys.indices {
      draft.journeys[index].fillDefaults()
    }
  }

  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    for journey in draft.journeys {
      Checks.identifier(journey.id, findings)
      if let weight = journey.weight { Checks.range(weight, 0...10_000, thousandths: true, findings) }
      for touchpoint in journey.touchpoints {
        Checks.identifier(touchpoint.id, findings)
        if let weight = touchpoint.weight { Checks.range(weight, 0...10_000, thousandths: true, findings) }
      }
    }
  }

  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    Checks.unique("touchpoint", draft.touchpoints.map(\.id), findings)
  }
}

extension JourneyDraft {
  fileprivate mutating func fillDefaults() {
    if name == nil { name = id }
    if weight == nil { weight = Located(JourneysFile.defaultWeight, at: id.place) }
    for index in touchpoints.indices {
      let id = touchpoints[index].id
      if touchpoints[index].name == nil { touchpoints[index].name = id }
      if touchpoints[index].weight == nil {
        touchpoints[index].weight = Located(JourneysFile.defaultWeight, at: id.place)
      }
    }
  }
}
