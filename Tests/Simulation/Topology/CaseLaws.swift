// Owns the laws of escalations that can be checked without a decider: from the journal, in its order.
import Foundation
import Streams

/// No rung is told twice in one life of a case, and nobody is told for want of what was done.
struct CaseLaws {
  private struct Told {
    var kind: String
    var rung: Int
    var unless: String
    var reason: String
    var retracts: String
  }

  private struct Life {
    var isAcknowledged = false
    var isAnswered = false
    /// Somebody said so, and nobody has shown it yet.
    var isResolved = false
    var rungs: Set<Int> = []
    var rungOf: [String: Int] = [:]
  }

  private let journal: CaseJournal
  /// By id; of ids that an erased subject used before, one after the other.
  private var escalations: [String: [Told]] = [:]

  init(_ journal: CaseJournal, escalations records: [MemoryRecord]) throws(Finding) {
    self.journal = journal
    for record in records {
      guard let value = record.value,
        let fields = try? JSONSerialization.jsonObject(with: Data(value)) as? [String: Any],
        let id = fields["id"] as? String, let kind = fields["type"] as? String
      else { throw Finding(.differs, "an escalation that cannot be read: \(record)") }
      escalations[id, default: []].append(
        Told(
          kind: kind, rung: fields["rung"] as? Int ?? 0, unless: fields["unless"] as? String ?? "",
          reason: (fields["reason"] as? [String: Any])?["code"] as? String ?? "",
          retracts: fields["retracts"] as? String ?? ""))
    }
  }

  func check() throws(Finding) {
    var left = escalations
    for (_, entries) in journal.tasks.sorted(by: { $0.key < $1.key }) {
      var lives: [String: Life] = [:]
      for entry in entries {
        if entry.word == "erased" { lives = lives.filter { !$0.key.hasPrefix(entry.subject) } }
        for id in entry.outputs {
          guard var told = left[id], !told.isEmpty else { continue }
          let first = told.removeFirst()
          left[id] = told
          try check(first, id, entry, &lives[entry.caseID, default: Life()])
        }
        follow(entry, &lives[entry.caseID, default: Life()])
      }
    }
    for (id, rest) in left.sorted(by: { $0.key < $1.key }) where !rest.isEmpty {
      throw Finding(.doubled, "escalation \(id) stands in no journal record, or more often than there")
    }
  }

  private func check(_ told: Told, _ id: String, _ entry: CaseJournal.Entry, _ life: inout Life)
    throws(Finding)
  {
    // Told before a broken promise in the same decision, it is not what the journal record names.
    if told.reason == "unverified" { life = Life() }
    switch told.kind {
    case "retraction": life.rungs.remove(life.rungOf[told.retracts] ?? 0)
    case "rung":
      if told.unless == "responded", life.isAnswered {
        throw Finding(
          .differs, "\(id) tells that nobody answered, and somebody did (number \(entry.decision.number))")
      }
      if told.unless == "acknowledged", life.isAcknowledged {
        throw Finding(
          .differs, "\(id) tells that nobody acknowledged, and somebody did (number \(entry.decision.number))"
        )
      }
      if told.reason != "repeated", !life.rungs.insert(told.rung).inserted {
        throw Finding(
          .doubled, "\(id) tells rung \(told.rung) a second time (number \(entry.decision.number))")
      }
      life.rungOf[id] = told.rung
    default: break
    }
  }

  private func follow(_ entry: CaseJournal.Entry, _ life: inout Life) {
    switch entry.word {
    case "opened", "reopened": life = Life()
    case "refused": break
    // Where the step that is due once nothing was verified is put off, the journal tells the latter.
    case "deferred" where life.isResolved: life = Life()
    default:
      if entry.act == "resolve" { life.isResolved = true }
      if entry.act == "acknowledge" { life.isAcknowledged = true }
      if entry.act == "respond" { life.isAnswered = true }
      if entry.reason == "acknowledgement-lapsed" { life.isAcknowledged = false }
      if entry.reason == "unverified" { life = Life() }
    }
  }
}
