// Owns the record on `delegations` as bytes: the JSON value and the CloudEvents headers beside it.

/// Encodes answers to claims. One for each thread; allocates only when one is larger than any before. The same answer
/// gives the same bytes, always.
///
/// Headers: those that CloudEvents requires (`ce_specversion`, `ce_id`, `ce_source`, `ce_type`), `content-type`, and what
/// consumers filter by without reading the value: `answer`, `owner`, `action`; `traceparent` where the cause had one. The
/// value has all else. The record's key is `Delegation.recordKey`.
public final class DelegationEncoder {
  /// `ce_type` of an answer; its last part is the format's major version.
  public static let type: StaticString = "answerable.delegation.v1"

  private var value = OutputBuffer(capacity: 4096)
  private var headers: HeaderList

  /// `source` becomes `ce_source`, a URI reference: who decides.
  public init(source: String = "/answerable/delegation") {
    headers = HeaderList(source: source, type: Self.type)
  }

  public func encode(_ delegation: Delegation) -> EncodedRecord {
    headers.begin(id: delegation.id)
    headers.add("content-type", "application/json")
    headers.add("answer", delegation.answer.wire)
    headers.add("owner", delegation.owner)
    headers.add("action", delegation.action)
    headers.add("traceparent", delegation.traceparent)
    value.removeAll()
    value.delegation(delegation)
    return EncodedRecord(value: value.bytes, headers: headers.all)
  }
}

extension OutputBuffer {
  fileprivate mutating func delegation(_ delegation: Delegation) {
    append("{\"id\":")
    string(delegation.id)
    member(",\"claim\":", delegation.claim)
    member(",\"answer\":", word: delegation.answer.wire)
    member(",\"case\":", delegation.caseID)
    member(",\"subjectKey\":", delegation.subjectKey)
    member(",\"owner\":", delegation.owner)
    member(",\"root\":", delegation.root)
    member(",\"action\":", delegation.action)
    if delegation.amount > 0 { write(delegation.amount, delegation.currency) }
    object(",\"requester\":") { $0.members(of: delegation.requester) }
    object(",\"decider\":") { $0.members(of: delegation.decider) }
    member(",\"grant\":", delegation.grant)
    member(",\"grantAt\":", delegation.grantAt)
    grounds(delegation)
    books(delegation)
    if delegation.expiresAt != 0 { member(",\"expiresAt\":", time: delegation.expiresAt) }
    object(",\"signature\":") { buffer in
      buffer.member(",\"key\":", delegation.key)
      buffer.member(",\"value\":", delegation.signature)
    }
    member(",\"at\":", time: delegation.at)
    reason(delegation.reason)
    member(",\"epoch\":", delegation.epoch)
    cause(delegation.cause)
    member(",\"causeId\":", delegation.causeID)
    member(",\"traceparent\":", delegation.traceparent)
    append(UInt8(ascii: "}"))
  }

  /// What kept it from being approved, what would be, and by whom.
  private mutating func grounds(_ delegation: Delegation) {
    list(",\"failed\":", delegation.failed) { buffer, failure in
      buffer.member(",\"code\":", failure.code)
      buffer.member(",\"ruleAt\":", failure.at)
      buffer.member(",\"text\":", failure.text)
    }
    list(",\"passes\":", delegation.passes) { buffer, passing in
      buffer.member(",\"minor\":", passing.amount)
      if passing.from != 0 { buffer.member(",\"at\":", time: passing.from) }
    }
    list(",\"canSayYes\":", delegation.canSayYes) { buffer, approver in
      buffer.member(",\"role\":", approver.role)
      buffer.member(",\"team\":", approver.team)
      buffer.member(",\"site\":", approver.site)
      if approver.upTo >= 0 {
        buffer.member(",\"upTo\":{\"minor\":", approver.upTo)
        buffer.member(",\"currency\":", approver.currency)
        buffer.append(UInt8(ascii: "}"))
      }
      buffer.people(approver.people)
      if approver.dutyAt != 0 { buffer.member(",\"dutyAt\":", time: approver.dutyAt) }
    }
    if delegation.sum > 0 { member(",\"sum\":", delegation.sum) }
  }

  /// How budgets stand, and what was booked.
  private mutating func books(_ delegation: Delegation) {
    list(",\"budgets\":", delegation.budgets) { buffer, budget in
      buffer.member(",\"id\":", budget.id)
      buffer.member(",\"currency\":", budget.currency)
      buffer.member(",\"limit\":", budget.limit)
      buffer.member(",\"held\":", budget.held)
      buffer.member(",\"spent\":", budget.spent)
      buffer.member(",\"left\":", budget.left)
      buffer.member(",\"overdrawn\":", budget.overdrawn)
      buffer.member(",\"windowFrom\":", time: budget.windowFrom)
      if budget.roomAt != 0 {
        buffer.member(",\"roomAt\":", time: budget.roomAt)
        buffer.member(",\"roomThen\":", budget.roomThen)
      }
    }
    list(",\"movements\":", delegation.movements) { buffer, movement in
      buffer.member(",\"budget\":", movement.budget)
      buffer.member(",\"from\":", word: movement.from.wire)
      buffer.member(",\"to\":", word: movement.to.wire)
      buffer.member(",\"minor\":", movement.amount)
      buffer.member(",\"day\":", Int64(movement.day))
    }
  }
}
