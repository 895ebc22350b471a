// Owns what `delegations` says of the budgets of a root: added up, with the movements and what is held for whom.
import Delegation
import Events
import Kafka
import Streams

/// The book of one root, from committed records alone.
public struct BudgetBook: Sendable {
  /// One booking, and the answer that made it.
  public struct Movement: Sendable, Hashable {
    /// The pot, as records name it.
    public var budget: String
    public var from: Events.Delegation.Movement.Account
    public var to: Events.Delegation.Movement.Account
    /// Minor units of the budget's currency.
    public var amount: Int64
    /// Days since 1970 by the budget's clock: the day whose window it counts in.
    public var day: Int32
    public var at: Int64
    public var claim: String
    public var answer: Events.Delegation.Answer
  }

  /// What an approval was about.
  public struct Approval: Sendable, Hashable {
    public var caseID: String
    public var action: String
    /// Minor units of `currency`, as it was asked for.
    public var amount: Int64
    public var currency: String
    public var requester: String
    /// Who said yes beyond the grant; empty where the grant did.
    public var decider: String
    public var at: Int64
    /// Until when it has to be paid; 0 for never.
    public var expiresAt: Int64
  }

  public let root: String
  public internal(set) var ledger: Ledger
  /// In the order in which they were decided.
  public internal(set) var movements: [Movement] = []
  /// By claim.
  public internal(set) var approvals: [String: Approval] = [:]

  /// What was asked for and answered, by claim.
  public internal(set) var requests: [String: Request] = [:]

  /// Pots that were booked on or shown, by name.
  public var pots: [String] { ledger.accounts.keys.sorted() }

  init(root: String, completeFrom: Int64) {
    self.root = root
    ledger = Ledger(completeFrom: completeFrom)
  }

  mutating func add(_ record: Events.Delegation, isLastOfMoment: Bool) {
    ledger.add(record, isLastOfMoment: isLastOfMoment)
    let claim = record.claim.string
    for movement in record.movements {
      movements.append(
        Movement(
          budget: movement.budget.string, from: movement.from, to: movement.to, amount: movement.amount,
          day: movement.day, at: record.at, claim: claim, answer: record.answer))
    }
    follow(record, claim)
    guard record.answer == .approved else { return }
    approvals[claim] = Approval(
      caseID: record.caseID.string, action: record.action.string, amount: record.amount,
      currency: record.currency.string, requester: record.requester.id.string,
      decider: record.decider.id.string, at: record.at, expiresAt: record.expiresAt)
  }
}

extension BudgetBook {
  /// Reads the whole topic `delegations` of a deployment and keeps what is of `root`, up to and with `time`.
  ///
  /// All claims of a root are decided by one task, whose clock never goes back; their answers stand in the partitions of
  /// their cases. So time orders them, and what is of one millisecond is added as one moment.
  ///
  /// The topic keeps its records for a time. Where the first of a partition have left, the book is complete from the
  /// moment at which the last such partition begins, and in any case from what is kept at `now`.
  ///
  /// Throws `UnreadableRecord` at a record that is no answer, and what the log throws.
  ///
  /// - Parameter claim: leaves out what was answered to this claim of the root and to those behind it, whenever that was.
  public static func read<L: Log>(
    _ log: L, prefix: String, root: String, until time: Int64 = .max, before claim: ClaimPlace? = nil,
    now: Int64 = 0
  ) throws -> BudgetBook {
    let (scan, topic) = (RecordScan(log), Topic.delegations.name(prefix: prefix))
    let found = Found(
      root: root, until: time, before: claim, cut: try cutPartitions(of: topic, scan), now: now)
    try scan.read([topic]) { found.keep($0) }
    if let error = found.error { throw error }
    return found.book()
  }

  /// Those whose first records have left.
  private static func cutPartitions<L: Log>(
    of topic: String, _ scan: RecordScan<L>
  ) throws -> Set<TopicPartition> {
    let reader = try scan.log.reader(ReaderConfiguration())
    defer { reader.close() }
    var cut: Set<TopicPartition> = []
    for place in try scan.places(of: topic) where try scan.bounds(of: place, reader).lowerBound > 0 {
      cut.insert(place)
    }
    return cut
  }

  private final class Found {
    private let root: String
    private let until: Int64
    private let before: ClaimPlace?
    /// Partitions whose first records have left and whose first of those that are left has not been read yet.
    private var cut: Set<TopicPartition>
    private var completeFrom: Int64
    private var values: [(at: Int64, value: [UInt8])] = []
    private(set) var error: UnreadableRecord?
    private let decoder = DelegationDecoder()

    init(root: String, until: Int64, before: ClaimPlace?, cut: Set<TopicPartition>, now: Int64) {
      self.root = root
      self.until = until
      self.before = before
      self.cut = cut
      completeFrom = cut.isEmpty ? .min : max(0, now - TopicCatalogue.answersKept)
    }

    func keep(_ record: ScannedRecord) -> Bool {
      let value = record.value ?? []
      let result = value.withUnsafeBytes { bytes in
        Result { () throws(EventRefusal) in
          let answer = try decoder.decode(bytes)
          if cut.remove(record.partition) != nil { completeFrom = max(completeFrom, answer.at) }
          guard answer.root.string == root, answer.at <= until else { return }
          if let before, let cause = ClaimPlace(answer.cause), cause.isBehindOrAt(before) { return }
          values.append((answer.at, value))
        }
      }
      guard case .failure(let refusal) = result else { return true }
      error = UnreadableRecord(record, refusal)
      return false
    }

    func book() -> BudgetBook {
      var book = BudgetBook(root: root, completeFrom: completeFrom)
      for (place, isLast) in Ledger.order(decidedAt: values.map(\.at)) {
        values[place].value.withUnsafeBytes { bytes in
          // It was read once before.
          guard let record = try? decoder.decode(bytes) else { return }
          book.add(record, isLastOfMoment: isLast)
        }
      }
      return book
    }
  }
}
