// Owns what decoders look names up in: the fields of every object of the contracts, the words of the closed sets.

/// Made once a process. A decoder keeps a reference: on Linux each access to a static goes through `call_once`.
final class Vocabulary: Sendable {
  static let shared = Vocabulary()

  let fields = NameTable(Field.allCases.map(\.wireName))

  // The names that each object knows; all others are ignored in it.
  let feedback: FieldSet = [
    .id, .occurredAt, .source, .subject, .respondent, .channel, .journey, .touchpoint, .site, .entity,
    .rating, .text, .language, .labels, .specversion,
  ]
  let subject: FieldSet = [.kind, .id, .segment, .value]
  let rating: FieldSet = [.kind, .value, .scale]
  let incident: FieldSet = [
    .id, .occurredAt, .source, .subject, .site, .entity, .service, .severity, .status, .affected, .title,
    .text, .labels, .specversion,
  ]
  let caseUpdate: FieldSet = [
    .id, .occurredAt, .source, .case, .subject, .actor, .act, .due, .what, .to, .reason, .for, .until,
    .evidence, .text, .claim, .amount, .specversion,
  ]
  let actor: FieldSet = [.id, .role, .team, .site]
  let remedy: FieldSet = [
    .id, .occurredAt, .source, .case, .subject, .actor, .action, .amount, .reason, .evidence, .signature,
    .specversion,
  ]
  let evidence: FieldSet = [.kind, .ref]
  let signature: FieldSet = [.key, .value]
  let amount: FieldSet = [.minor, .currency]
  let cloudEvent: FieldSet = [
    .specversion, .id, .source, .type, .time, .data, .dataBase64, .datacontenttype, .traceparent,
  ]
  let signal: FieldSet = [
    .id, .causeId, .cause, .kind, .subjectKey, .occurredAt, .owner, .worker, .witness, .priority, .score,
    .contributions, .rule, .ruleAt, .alsoMatched, .epoch, .redactions, .textTruncated, .traceparent, .event,
    .notice, .link, .hold, .mark, .answer, .signedBy,
  ]
  let notice: FieldSet = [.case, .owner, .site, .touchpoint, .journey, .priority]
  let link: FieldSet = [.case, .incident]
  let hold: FieldSet = [.owner, .until, .reason, .by]
  let answer: FieldSet = [
    .claim, .case, .answer, .action, .amount, .requester, .decider, .expiresAt, .reason,
  ]
  let mark: FieldSet = [.count, .through]
  let reach: FieldSet = [.until, .partitions]

  // What casework publishes.
  let assignment: FieldSet = [
    .id, .case, .subjectKey, .revision, .status, .owner, .worker, .witness, .to, .kind, .priority, .score,
    .contributions, .rule, .ruleAt, .site, .journey, .touchpoint, .service, .entity, .respondent, .openedAt,
    .at, .signals, .incident, .gathered, .edges, .promisesBroken, .clocks, .promises, .climbed, .rungs,
    .nextRungAt, .evidence, .remedies, .reason, .epoch, .cause, .traceparent,
  ]
  let escalation: FieldSet = [
    .id, .type, .case, .subjectKey, .status, .owner, .worker, .witness, .kind, .priority, .score,
    .contributions, .rule, .ruleAt, .site, .journey, .touchpoint, .service, .entity, .respondent, .openedAt,
    .at, .signals, .incident, .gathered, .edges, .promisesBroken, .clocks, .promises, .climbed, .rungs,
    .nextRungAt, .evidence, .rung, .skipped, .to, .canAct, .unless, .due, .dueBy, .retracts, .wakeAt, .next,
    .ownerGone, .heardUntil, .digest, .audience, .remedies, .reason, .epoch, .cause, .traceparent,
  ]
  let journal: FieldSet = [
    .id, .task, .number, .at, .kind, .cause, .case, .subjectKey, .decision, .reason, .earlier, .owner,
    .worker, .witness, .priority, .score, .contributions, .memory, .rule, .ruleAt, .alsoMatched, .status,
    .act, .actor,
    .edge, .clocks, .outputs, .epoch, .traceparent,
  ]
  let journalStep: FieldSet = [.decision, .code, .text]
  let journalCause: FieldSet = [
    .kind, .id, .topic, .partition, .offset, .causeId, .occurredAt, .due, .heardUntil,
  ]
  let reason: FieldSet = [.code, .text, .note]
  let clock: FieldSet = [.kind, .state, .due, .rule]
  let promise: FieldSet = [.what, .due, .state]
  let remedyView: FieldSet = [.claim, .action, .amount, .state, .by, .expiresAt]
  let target: FieldSet = [.role, .team, .site, .people]
  let person: FieldSet = [.id, .role, .team, .standsInFor]
  let next: FieldSet = [.rung, .at, .role, .team]
  let digest: FieldSet = [.count, .cases]
  let memory: FieldSet = [.before, .after]
  let edge: FieldSet = [.from, .to]
  let coordinates: FieldSet = [.topic, .partition, .offset]
  let contribution: FieldSet = [.name, .points, .because]

  // What goes to DELEGATION, and what it publishes.
  let claim: FieldSet = [
    .format, .oldestReader, .id, .kind, .claim, .root, .case, .subjectKey, .owner, .site, .journey, .segment,
    .priority, .status, .action, .amount, .budgets, .grant, .actor, .evidence, .signedBy, .note, .occurredAt,
    .at, .epoch, .cause, .causeId, .traceparent,
  ]
  let delegation: FieldSet = [
    .id, .claim, .answer, .case, .subjectKey, .owner, .root, .action, .amount, .requester, .decider, .grant,
    .grantAt, .failed, .passes, .canSayYes, .sum, .budgets, .movements, .expiresAt, .signature, .at, .reason,
    .epoch, .cause, .causeId, .traceparent,
  ]
  let failure: FieldSet = [.code, .ruleAt, .text]
  let passing: FieldSet = [.minor, .at]
  let approver: FieldSet = [.role, .team, .site, .upTo, .people, .dutyAt]
  let budget: FieldSet = [
    .id, .currency, .limit, .held, .spent, .left, .overdrawn, .windowFrom, .roomAt, .roomThen,
  ]
  let movement: FieldSet = [.budget, .from, .to, .minor, .day]

  // The closed sets.
  let respondents = WordTable(Respondent.self)
  let ratings = WordTable(Rating.Kind.self)
  let severities = WordTable(Severity.self)
  let statuses = WordTable(IncidentStatus.self)
  let acts = WordTable(Act.Word.self)
  let kinds = WordTable(SignalKind.self)
  let priorities = WordTable(Priority.Word.self)
}
