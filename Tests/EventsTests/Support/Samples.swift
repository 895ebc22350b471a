// Owns one good value of each contract, in JSON; tests change one thing in it.
import Events

enum Samples {
  static let feedback = """
    {"id":"fb-1042","occurredAt":"2026-03-03T09:12:00Z","source":"survey-tool",\
    "subject":{"kind":"customer","id":"guest-77120","segment":"premium","value":480000},\
    "respondent":"customer","channel":"e-mail","journey":"stay","touchpoint":"room-comfort","site":"lyon-1",\
    "entity":"room-214","rating":{"kind":"nps","value":0,"scale":10},\
    "text":"Water is leaking through the ceiling of 214 since last night and nobody came.",\
    "language":"en","labels":["leak","night"]}
    """
  static let incident = """
    {"id":"inc-9","occurredAt":"2026-03-03T09:14:00+01:00","source":"lift-monitor","site":"lyon-1",\
    "entity":"lift-b","service":"lift","severity":"high","status":"open","affected":14,\
    "title":"Lift B out of service","text":"Door sensor.","labels":["lift"]}
    """
  static let caseUpdate = """
    {"id":"cu-1","occurredAt":"2026-03-03T10:00:00.250Z","source":"desk","case":"c-1",\
    "actor":{"id":"e-4","team":"housekeeping","role":"shift-lead"},"act":"promise",\
    "due":"2026-03-04T12:00:00Z","what":"a plumber","text":"He comes tomorrow."}
    """
  static let remedy = """
    {"id":"rm-1","occurredAt":"2026-03-03T09:15:00Z","source":"desk","case":"c-1",\
    "actor":{"id":"e-9","role":"housekeeper","team":"housekeeping","site":"lyon-1"},\
    "action":"engage-repair","amount":{"minor":12000,"currency":"EUR"},"reason":"Leak in 214"}
    """

  /// 64 bytes in base64url.
  static let signature = String(repeating: "aZ0-_9", count: 14) + "QA"
  /// With what supports it, signed.
  static let signedRemedy =
    String(remedy.dropLast()) + """
      ,"evidence":["invoice",{"kind":"photo","ref":"dam-8812"}],\
      "signature":{"key":"e-9-till","value":"\(signature)"}}
      """
  static let settlement = """
    {"id":"cu-2","occurredAt":"2026-03-03T10:00:00.250Z","source":"till","actor":{"id":"e-9"},"act":"settle",\
    "claim":"c-1-r1","amount":{"minor":11850,"currency":"EUR"}}
    """

  static func of(_ kind: EventKind) -> String {
    switch kind {
    case .feedback: feedback
    case .incident: incident
    case .caseUpdate: caseUpdate
    case .remedy: remedy
    }
  }
}
