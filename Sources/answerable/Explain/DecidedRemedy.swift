// Owns finding what a remedy was answered when it came in: its first answer, and the claim that casework made of it.
import Events
import Kafka
import Roles
import Streams

/// What the roles answered a remedy, and what they knew of its case.
struct DecidedRemedy {
  /// A claim as casework sent it: how the case stood, and where it stands among all claims of its root.
  struct SentClaim {
    var place: BudgetBook.ClaimPlace
    var owner: String
    var site: String
    var journey: String
    var priority: Priority
    var status: CaseStatus
  }

  var answer: DelegationEntry
  /// Nil where casework answered by itself, and where claims that old are not kept any more.
  var claim: SentClaim?

  /// Casework found no case that is open.
  var hadNoCase: Bool { ["unknown-case", "no-open-case"].contains(answer.reason.code) }

  /// Its number in its case; nil of what never became one of the case's remedies.
  var number: Int? { claim == nil ? nil : Self.number(of: answer.claim) }

  /// 2 of `CASE-r2`.
  static func number(of claim: String) -> Int? {
    claim.lastIndex(of: "r").flatMap { Int(claim[claim.index(after: $0)...]) }
  }
}

extension KnownCase {
  /// What a remedy was answered first; nil while it has no answer, and when its answer has left the topic.
  ///
  /// - Parameter since: when it came in, milliseconds since 1970; nil reads all that is kept.
  func decided(_ remedy: String, since: Int64?) throws -> DecidedRemedy? {
    // A worker's clock may be behind the broker's.
    let start = since.map { RecordScan<L>.Start.time(max(0, $0 - 300_000)) } ?? .earliest
    let found = FoundAnswers(remedy)
    try scan.read([Topic.delegations.name(prefix: prefix)], from: start) { found.keep($0) }
    if let error = found.error { throw error }
    for (answer, cause) in found.answers.sorted(by: { $0.0.at < $1.0.at }) {
      guard let cause, cause.partition.topic == Topic.claims.name(prefix: prefix),
        let record = try scan.record(at: cause.partition, offset: cause.offset)
      else { return DecidedRemedy(answer: answer) }
      // An act may have the id of a remedy: what was answered to it is passed over.
      if let claim = try Self.request(record, at: cause) {
        return DecidedRemedy(answer: answer, claim: claim)
      }
    }
    return nil
  }

  /// Nil of a claim that is no request.
  private static func request(
    _ record: ScannedRecord, at place: BudgetBook.ClaimPlace
  ) throws(UnreadableRecord) -> DecidedRemedy.SentClaim? {
    let result = (record.value ?? []).withUnsafeBytes { bytes in
      Result { () throws(EventRefusal) -> DecidedRemedy.SentClaim? in
        let claim = try ClaimDecoder().decode(bytes)
        guard claim.kind == .request else { return nil }
        return DecidedRemedy.SentClaim(
          place: place, owner: claim.owner.string, site: claim.site.string, journey: claim.journey.string,
          priority: claim.priority, status: claim.status)
      }
    }
    switch result {
    case .success(let claim): return claim
    case .failure(let refusal): throw UnreadableRecord(record, refusal)
    }
  }
}

/// Answers to one remedy, out of a scan.
private final class FoundAnswers {
  private let remedy: String
  private let decoder = DelegationDecoder()
  private(set) var answers: [(DelegationEntry, BudgetBook.ClaimPlace?)] = []
  private(set) var error: UnreadableRecord?

  init(_ remedy: String) { self.remedy = remedy }

  func keep(_ record: ScannedRecord) -> Bool {
    let result = (record.value ?? []).withUnsafeBytes { bytes in
      Result { () throws(EventRefusal) in
        let answer = try decoder.decode(bytes)
        guard answer.causeID.string == remedy else { return }
        answers.append((DelegationEntry(answer), BudgetBook.ClaimPlace(answer.cause)))
      }
    }
    guard case .failure(let refusal) = result else { return true }
    error = UnreadableRecord(record, refusal)
    return false
  }
}
