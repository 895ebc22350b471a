// Owns one consumer group as its coordinator sees it: members, generations, incremental rebalances, and the
// committed offsets.
import Kafka

/// A consumer group of the classic protocol with cooperative rebalances.
///
/// ```
///            join                     every member has joined this round
///  empty ───────────▶ preparing ──────────────────────────────────────▶ stable
///    ▲                 ▲  │ ▲                                             │
///    │ last one left   │  │ └── join, leave, expulsion, a revocation ─────┘
///    └─────────────────┼──┘     acknowledged, a forced rebalance
///                      └─ a member that does not poll is expelled after the session timeout
/// ```
///
/// Note the following:
/// - While `preparing`, members keep what they own and may commit under the generation that ends.
/// - A partition that changes hands is first withheld from everybody. Its owner learns that at its next poll, gives
///   it up, acknowledges, and thereby opens the next round, which hands it over.
/// - Rounds are joined by polling only, so a member that is frozen holds a round up until it is expelled.
struct GroupState {
  enum Phase: Sendable, Hashable { case empty, preparing, stable }

  struct Member {
    let id: String
    let instanceID: String?
    /// Partitions of the subscribed topics, ascending.
    let eligible: [Int]
    /// Ascending.
    var owned: [Int] = []
    var target: [Int] = []
    var lastSeen: Int64
    var joined = false
    /// The round's answer waits for the member's next poll.
    var answered = false
  }

  /// What a poll tells a member about its place.
  enum Step {
    case nothing
    /// Expelled, or never there: join again.
    case unknownMember
    /// A newer member has the same instance id.
    case fencedInstance
    case changed(revoked: [Int], assigned: [Int])
  }

  private(set) var phase = Phase.empty
  private(set) var generation: Int32 = 0
  /// In the order they came.
  private(set) var members: [Member] = []
  private(set) var committed: [TopicPartition: CommittedOffset] = [:]
  /// Offsets of transactions without a marker here yet, by producer.
  private(set) var pending: [Int32: [TopicPartition: CommittedOffset]] = [:]
  private var fencedMembers: Set<String> = []
  private var memberCount = 0
  /// A forced rebalance turns the preferences by this many places.
  private var turn = 0

  /// Changes whenever a round opens or closes.
  var round: Round { Round(phase: phase, generation: generation) }

  struct Round: Equatable {
    let phase: Phase
    let generation: Int32
  }

  // MARK: Membership

  /// A new member, or a static one that came back: that one takes its predecessor's seat and partitions, and its
  /// predecessor is fenced (KIP-345).
  mutating func join(
    name: String, instanceID: String?, eligible: [Int], now: Int64
  ) -> (id: String, kept: [Int]) {
    memberCount += 1
    let id = "\(name)-\(memberCount)"
    var member = Member(id: id, instanceID: instanceID, eligible: eligible, lastSeen: now)
    if let instanceID, let at = members.firstIndex(where: { $0.instanceID == instanceID }) {
      let before = members[at]
      fencedMembers.insert(before.id)
      if before.eligible == eligible {
        member.owned = before.owned
        member.target = before.target
        member.joined = before.joined
        member.answered = before.answered
        members[at] = member
        return (id, member.owned)
      }
      members.remove(at: at)
    }
    members.append(member)
    prepare()
    return (id, [])
  }

  mutating func leave(_ id: String) {
    guard let at = members.firstIndex(where: { $0.id == id }) else { return }
    members.remove(at: at)
    prepare()
    finishRoundIfAllJoined()
  }

  /// A static member goes without leaving: its partitions wait for it until its session ends.
  func isStatic(_ id: String) -> Bool {
    members.contains { $0.id == id && $0.instanceID != nil }
  }

  /// A sign of life that is not a poll: heartbeats go on while a member works or commits.
  mutating func heartbeat(_ id: String, now: Int64) {
    if let at = members.firstIndex(where: { $0.id == id }) { members[at].lastSeen = now }
  }

  /// Expels the members whose session has ended; answers when the next one would end.
  mutating func expire(now: Int64, sessionTimeout: Int64) -> Int64 {
    let before = members.count
    members.removeAll { $0.lastSeen &+ sessionTimeout <= now }
    if members.count != before {
      prepare()
      finishRoundIfAllJoined()
    }
    return members.map(\.lastSeen).min().map { $0 &+ sessionTimeout } ?? .max
  }

  mutating func expel(_ id: String) { leave(id) }

  /// Opens a round; with `moving`, in favour of other members than now.
  mutating func rebalance(moving: Bool) {
    if moving { turn &+= 1 }
    prepare()
  }

  /// A member polls: it joins an open round, and learns the answer of a closed one.
  mutating func poll(_ id: String, now: Int64) -> Step {
    guard let at = members.firstIndex(where: { $0.id == id }) else {
      return fencedMembers.contains(id) ? .fencedInstance : .unknownMember
    }
    members[at].lastSeen = now
    if phase == .preparing {
      members[at].joined = true
      finishRoundIfAllJoined()
    }
    guard members[at].answered else { return .nothing }
    members[at].answered = false
    let owned = members[at].owned
    let target = members[at].target
    let revoked = owned.filter { !target.contains($0) }
    let assigned = target.filter { !owned.contains($0) }
    if revoked.isEmpty && assigned.isEmpty { return .nothing }
    members[at].owned = (owned + assigned).sorted()
    return .changed(revoked: revoked, assigned: assigned)
  }

  /// The member has given partitions up; whoever waits for them gets them in the round this opens.
  mutating func acknowledge(_ id: String, revoked: [Int]) {
    guard !revoked.isEmpty, let at = members.firstIndex(where: { $0.id == id }) else { return }
    members[at].owned.removeAll(where: revoked.contains)
    prepare()
    members[at].joined = true
    finishRoundIfAllJoined()
  }

  private mutating func prepare() {
    if members.isEmpty {
      phase = .empty
    } else if phase != .preparing {
      phase = .preparing
      for index in members.indices { members[index].joined = false }
    }
  }

  private mutating func finishRoundIfAllJoined() {
    guard phase == .preparing, members.allSatisfy(\.joined) else { return }
    generation &+= 1
    phase = .stable
    let order = members.indices.map { ($0 + turn) % members.count }
    let wanted = StickyAssignment.balance(
      order.map { .init(eligible: members[$0].eligible, owned: preferred(by: $0)) })
    turn = 0
    var owners: [Int: Int] = [:]
    for (index, member) in members.enumerated() {
      for partition in member.owned { owners[partition] = index }
    }
    for (index, partitions) in zip(order, wanted) {
      members[index].target = partitions.filter { owners[$0] == nil || owners[$0] == index }
      members[index].answered = true
    }
  }

  /// What the assignor takes a member to have: what it has, or its neighbour's after a forced rebalance.
  private func preferred(by index: Int) -> [Int] {
    turn == 0 ? members[index].owned : members[(index + turn) % members.count].owned
  }

  // MARK: Offsets

  /// Why offsets may not be committed in this name, if so (KIP-447). An empty member id is taken from anybody,
  /// even while the group lives: measured on Kafka 4.3.1, and why a member without a seat must not commit.
  func refusal(member id: String, generation claimed: Int32) -> KafkaError.Code? {
    if id.isEmpty { return nil }
    if fencedMembers.contains(id) { return .fencedInstance }
    if !members.contains(where: { $0.id == id }) { return .unknownMember }
    return claimed == generation ? nil : .illegalGeneration
  }

  mutating func stage(_ offsets: [TopicPartition: CommittedOffset], producer: Int32) {
    pending[producer, default: [:]].merge(offsets) { _, new in new }
  }

  /// The marker of a transaction arrives in the group's own log.
  mutating func resolve(producer: Int32, committed isCommit: Bool) {
    guard let offsets = pending.removeValue(forKey: producer), isCommit else { return }
    committed.merge(offsets) { _, new in new }
  }

  /// Commits outside of any transaction, as an administrator does.
  mutating func reset(_ offsets: [TopicPartition: CommittedOffset]) {
    committed.merge(offsets) { _, new in new }
  }

  /// The producers whose open transactions hold an offset of one of these partitions.
  func holders(of partitions: [TopicPartition]) -> [Int32] {
    pending.filter { entry in partitions.contains { entry.value[$0] != nil } }.map(\.key).sorted()
  }
}
