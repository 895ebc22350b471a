// Owns the book of answers to claims that an audit keeps: their numbers, one terminal answer each, told to their case.
import Events
import Kafka

/// A record of `delegations` as far as an audit needs it.
struct AnswerReceipt {
  var id: UInt64
  var claim: UInt64
  /// Of the claim's records; nil of an answer that no claim's account counts.
  var number: Int64?
  var isTerminal: Bool
  /// Whether DELEGATION told the case about it: CASEWORK needs no telling of what it answers itself.
  var isTold: Bool
  /// The claim's record that it answers; nil of a timer, and of what never became a claim.
  var cause: (partition: Int32, offset: Int64)?
}

struct AnswerReceiptReader {
  private let decoder = DelegationDecoder()

  /// Nil for a record that is none. `claims`: the physical name of the topic.
  func read(_ record: ScannedRecord, claims: String) -> AnswerReceipt? {
    guard let value = record.value else { return nil }
    return value.withUnsafeBytes { bytes in
      guard let answer = try? decoder.decode(bytes) else { return nil }
      let isOurs = record.header("ce_source") == RoleName.delegation.eventSource
      let id = Array(answer.id.bytes)
      let start = Array(answer.claim.bytes) + Array("-d".utf8)
      var receipt = AnswerReceipt(
        id: ContentHash.of(id), claim: ContentHash.of(Array(answer.claim.bytes)),
        isTerminal: answer.answer.isTerminal,
        isTold: isOurs && !answer.subjectKey.isEmpty && !record.isCopiedAnswer)
      if isOurs, id.starts(with: start) {
        receipt.number = Int64(String(decoding: id.dropFirst(start.count), as: UTF8.self))
      }
      if answer.cause.topic.string == claims { receipt.cause = (answer.cause.partition, answer.cause.offset) }
      return receipt
    }
  }
}

/// Hashes only, some thirty bytes for an answer.
struct AnswerLedger {
  private struct Course {
    var number: Int64
    var hasTerminal: Bool
  }
  private var courses: [UInt64: Course] = [:]
  /// Where an answer of the window stands that has not been told yet, and answers that were told and not seen yet.
  private var untold: [UInt64: AuditPlace] = [:]
  private var unseen: [UInt64: AuditPlace] = [:]

  /// Adds a record in the order of its claim, and says what is wrong with it. `isWhole`: whether its claim's first record
  /// has to be there.
  mutating func add(
    _ receipt: AnswerReceipt, at place: AuditPlace, isInWindow: Bool, isWhole: Bool
  ) -> (kind: AuditGap.Kind, what: String)? {
    if receipt.isTold, unseen.removeValue(forKey: receipt.id) == nil, isInWindow {
      untold[receipt.id] = place
    }
    let course = courses[receipt.claim]
    let isSecond = receipt.isTerminal && course?.hasTerminal == true
    courses[receipt.claim] = Course(
      number: max(course?.number ?? 0, receipt.number ?? 0),
      hasTerminal: receipt.isTerminal || course?.hasTerminal == true)
    if let number = receipt.number {
      if let course, number <= course.number {
        return (.doubledNumber, "the claim has answer \(number) more than once")
      }
      let next = course.map { $0.number + 1 } ?? (isWhole ? 1 : number)
      if number != next { return (.skippedNumber, "the claim's answer \(next) is missing before it") }
    }
    return isSecond ? (.doubled, "is a second terminal answer to its claim") : nil
  }

  /// A signal told a case about the answer of that id.
  mutating func tell(_ id: UInt64, at place: AuditPlace, isInWindow: Bool) {
    if untold.removeValue(forKey: id) == nil, isInWindow { unseen[id] = place }
  }

  var isComplete: Bool { untold.isEmpty && unseen.isEmpty }

  func gaps(_ add: (AuditGap.Kind, AuditPlace, String) -> Void) {
    for place in untold.values { add(.undecided, place, "answered, and its case was not told") }
    for place in unseen.values { add(.stray, place, "tells a case of an answer that is not on delegations") }
  }
}

/// Where a record stands.
struct AuditPlace {
  var partition: TopicPartition
  var offset: Int64
}
