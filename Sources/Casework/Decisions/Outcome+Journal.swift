// Owns how a decision is written down: the one journal record, and the assignments that follow from it.
import Events
import Policy
import StateBytes

extension Outcome {
  /// A decision about a signal begins.
  mutating func begin(_ signal: Signal, _ moment: Moment) {
    reset(moment)
    journal.cause = .signal(
      id: signal.id, signal.cause, causeID: signal.causeID, occurredAt: signal.occurredAt)
    journal.kind = signal.kind
    journal.subjectKey = signal.subjectKey
    journal.traceparent = signal.event.traceparent
    if case .caseUpdate(let update) = signal.event.body, signal.kind == .caseUpdate {
      journal.act = update.act.word
      journal.actor = update.actor
      journal.reason.note = update.act.note
    }
    if case .hold(let hold) = signal.message { journal.reason.note = hold.reason }
    guard signal.isAssessed else { return }
    journal.priority = signal.priority
    journal.score = signal.score
    journal.contributions = signal.contributions
    journal.owner = signal.owner
    journal.worker = signal.worker
    journal.witness = signal.witness
    journal.rule = signal.rule
    journal.ruleAt = signal.ruleAt
    journal.alsoMatched = signal.alsoMatched
  }

  /// A decision about a timer begins.
  mutating func begin(timerDue due: Int64, subjectKey: ByteSlice, _ moment: Moment) {
    reset(moment)
    journal.cause = .timer(due: due, heardUntil: moment.heardUntil)
    journal.subjectKey = subjectKey
    journal.decision = .rearmed
    journal.reason = Reason(code: "nothing-due", text: "nothing was due any more")
  }

  private mutating func reset(_ moment: Moment) {
    outputs.removeAll(keepingCapacity: true)
    isDecided = false
    journal = JournalRecord()
    journal.at = moment.now
    journal.epoch = moment.epoch
  }

  /// Writes down what was decided. What one decision told before stays beside it, and is not told twice.
  mutating func decide(_ decision: JournalRecord.Decision, _ code: ByteSlice, _ text: ByteSlice) {
    if isDecided, journal.decision != decision || journal.reason.code != code {
      journal.earlier.append(
        JournalRecord.Step(journal.decision, code: journal.reason.code, text: journal.reason.text))
    }
    isDecided = true
    journal.decision = decision
    // What people said about it stays.
    journal.reason.code = code
    journal.reason.text = text
  }

  /// The NO.
  mutating func refuse(_ code: ByteSlice, _ text: ByteSlice) { decide(.refused, code, text) }

  /// Writes down whose case it was about and how it stands.
  mutating func describe(_ current: Case, _ moment: Moment) {
    journal.caseID = moment.texts.caseID(current.id)
    journal.owner = current.owner
    journal.worker = current.worker
    journal.witness = current.witness
    journal.priority = current.priority
    journal.status = CaseShow.status(of: current)
  }

  /// Whether the last word is how the case stands now.
  var endsWithAssignment: Bool {
    if case .assignment(let last)? = outputs.last { return last.view.status != .withdrawn }
    return false
  }

  /// Publishes how the case stands now.
  mutating func assign(_ state: inout CaseworkState, _ code: ByteSlice, _ text: ByteSlice, _ moment: Moment) {
    state.current.revision = plus(state.current.revision, 1)
    var assignment = Assignment()
    assignment.view = CaseShow.view(of: state.current, state.ladder, moment)
    assignment.id = moment.texts.numbered(assignment.view.id, "-a", state.current.revision)
    assignment.revision = state.current.revision
    assignment.at = moment.now
    assignment.reason = Reason(code: code, text: text)
    assignment.reason.note = journal.reason.note
    assignment.epoch = moment.epoch
    assignment.cause = moment.cause
    assignment.traceparent = moment.traceparent
    journal.clocks = assignment.view.clocks
    journal.outputs.append(assignment.id)
    outputs.append(.assignment(assignment))
  }

  /// Answers a remedy.
  mutating func tell(_ answer: Delegation) {
    journal.outputs.append(answer.id)
    outputs.append(.delegation(answer))
  }

  /// Tells the previous owner that the case is not theirs any more.
  mutating func withdraw(_ state: inout CaseworkState, to owner: ByteSlice, _ moment: Moment) {
    state.current.revision = plus(state.current.revision, 1)
    var assignment = Assignment()
    assignment.view = CaseShow.view(of: state.current, state.ladder, moment)
    assignment.view.status = .withdrawn
    assignment.id = moment.texts.numbered(assignment.view.id, "-a", state.current.revision)
    assignment.revision = state.current.revision
    assignment.to = owner
    assignment.at = moment.now
    assignment.reason = Reason(code: "transferred", text: "the case has another owner")
    assignment.reason.note = journal.reason.note
    assignment.epoch = moment.epoch
    assignment.cause = moment.cause
    assignment.traceparent = moment.traceparent
    journal.outputs.append(assignment.id)
    outputs.append(.assignment(assignment))
  }
}
