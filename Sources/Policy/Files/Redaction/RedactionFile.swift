// Owns redaction.yaml: which personal data is taken out of free text before anything leaves INTAKE.
import Privacy

struct RedactionDraft: Sendable {
  var emails: Located<Bool>?
  var phones: Located<Bool>?
  var cards: Located<Bool>?
  var ibans: Located<Bool>?

  /// Everything that is not switched off is on.
  var rules: RedactionRules {
    RedactionRules(
      emails: emails?.value ?? true, phones: phones?.value ?? true, cards: cards?.value ?? true,
      ibans: ibans?.value ?? true)
  }
}

enum RedactionFile: PolicyFile {
  static let name = "redaction.yaml"
  static let isRequired = false

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    let redaction = root.fields(["redaction"], required: ["redaction"], findings)?["redaction"]
    guard let fields = redaction?.fields(["emails", "phones", "cards", "ibans"], findings) else { return }
    draft.redaction.emails = fields["emails"]?.boolean(findings)
    draft.redaction.phones = fields["phones"]?.boolean(findings)
    draft.redaction.cards = fields["cards"]?.boolean(findings)
    draft.redaction.ibans = fields["ibans"]?.boolean(findings)
  }

  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    let switches = [
      draft.redaction.emails, draft.redaction.phones, draft.redaction.cards, draft.redaction.ibans,
    ]
    for off in switches.compactMap({ $0 }) where !off.value {
      findings.warning(
        off.place, "is off: such data stays readable in signals, and erasing a person cannot remove it")
    }
  }
}
