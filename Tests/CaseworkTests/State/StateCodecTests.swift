import Events
import Policy
import StateBytes
import Testing

@testable import Casework

@Suite struct StateCodecTests {
  private static var none: CaseID { CaseID(subjectKey: "c-00000000000000000000000000000000", number: 1) }

  @Test(arguments: 0..<200) func aCaseThatWasWrittenIsReadBackAsItWas(_ seed: Int) throws {
    let random = RandomState(seed: UInt64(seed))
    let desk = CodecDesk()
    let used = random.fullCase()
    for item in [random.fullCase(), random.sparseCase(), random.sparseCase()] {
      let read = try desk.decodeCase(desk.encode(item), id: item.id, into: used)
      #expect(described(read) == described(item))
    }
  }

  @Test(arguments: 0..<200) func accountsThatWereWrittenAreReadBackAsTheyWere(_ seed: Int) throws {
    let random = RandomState(seed: UInt64(seed))
    let desk = CodecDesk()
    for subject in [random.subject(), random.sparseSubject(), SubjectAccount()] {
      let read = try desk.decodeSubject(desk.encode(subject), into: random.subject())
      #expect(described(read) == described(subject))
    }
    for owner in [random.owner(), OwnerAccount()] {
      let read = try desk.decodeOwner(desk.encode(owner), into: random.owner())
      #expect(described(read) == described(owner))
    }
  }

  @Test func theRandomCasesThatProveItDifferFromANewOneInEveryField() {
    var same = Set(Mirror(reflecting: Case(id: Self.none)).children.compactMap(\.label))
    for seed in 0..<20 {
      let item = RandomState(seed: UInt64(seed)).fullCase()
      let new = Case(id: Self.none)
      for (mine, its) in zip(Mirror(reflecting: item).children, Mirror(reflecting: new).children) {
        if described(mine.value) != described(its.value) { same.remove(mine.label ?? "") }
      }
    }
    #expect(same.isEmpty, "fields that no random case has: \(same.sorted())")
  }

  @Test(arguments: 0..<40) func bytesThatWereCutAreRefusedOrReadAndNeverTrap(_ seed: Int) {
    let random = RandomState(seed: UInt64(seed))
    let desk = CodecDesk()
    let item = desk.encode(random.fullCase())
    let subject = desk.encode(random.subject())
    let owner = desk.encode(random.owner())
    for length in 0..<item.count { isRefused(item.prefix(length)) { try desk.decodeCase($0, id: Self.none) } }
    for length in 0..<subject.count { isRefused(subject.prefix(length)) { try desk.decodeSubject($0) } }
    for length in 0..<owner.count { isRefused(owner.prefix(length)) { try desk.decodeOwner($0) } }
  }

  /// Nothing that was written may be missing: the last byte of each of these values matters.
  private func isRefused<V>(_ bytes: ArraySlice<UInt8>, _ read: ([UInt8]) throws -> V) {
    #expect(throws: StateFailure.self) { try read(Array(bytes)) }
  }

  @Test(arguments: 0..<100) func bytesThatWereChangedAreRefusedOrReadAndNeverTrap(_ seed: Int) {
    let random = RandomState(seed: UInt64(seed))
    let desk = CodecDesk()
    let values = [
      desk.encode(random.fullCase()), desk.encode(random.subject()), desk.encode(random.owner()),
      desk.encode(TaskRecord()),
    ]
    var outcomes = Set<Bool>()
    for value in values {
      for _ in 0..<60 {
        var bytes = value
        for _ in 0..<(1 + random.below(4)) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
        outcomes.insert((try? desk.decodeCase(bytes, id: Self.none)) != nil)
        outcomes.insert((try? desk.decodeSubject(bytes)) != nil)
        outcomes.insert((try? desk.decodeOwner(bytes)) != nil)
        outcomes.insert((try? desk.decodeTask(bytes)) != nil)
      }
    }
    #expect(outcomes.contains(false), "some of them have to be refused")
  }

  @Test func whatALaterReleaseAppendsIsSkipped() throws {
    let random = RandomState(seed: 4)
    let desk = CodecDesk()
    let item = random.fullCase()
    #expect(described(try desk.decodeCase(desk.encode(item, .next), id: item.id)) == described(item))
    let subject = random.subject()
    #expect(described(try desk.decodeSubject(desk.encode(subject, .next))) == described(subject))
    let owner = random.owner()
    #expect(described(try desk.decodeOwner(desk.encode(owner, .next))) == described(owner))
    var record = TaskRecord()
    record.journalled = 9
    #expect(try desk.decodeTask(desk.encode(record, .next)) == record)
    #expect(desk.encode(record, .next) != desk.encode(record))
  }

  @Test func whatThisBuildIsTooOldForIsRefusedByName() {
    let random = RandomState(seed: 4)
    let desk = CodecDesk()
    let item = desk.encode(random.fullCase(), .incompatible)
    let failure = #expect(throws: StateFailure.self) { try desk.decodeCase(item, id: Self.none) }
    #expect(
      failure?.description
        == "the state of a case has format 4 and needs a reader of format 4, this build reads 2: deploy the "
        + "release that wrote it, or a later one")
  }

  @Test func aPlainSubjectTakesAtMostSixtyBytesAndAPlainOpenCaseAtMost130() {
    let desk = CodecDesk()
    // A task that has seen some hundred words before.
    for index in 0..<400 { _ = desk.words.number(RandomState(seed: 0).keep("word-\(index)")) }
    let item = PlainState.openCase
    #expect(desk.encode(item).count <= 130)
    #expect(desk.encode(PlainState.subject).count <= 60)
  }
}

/// What most of a deployment's state looks like.
private enum PlainState {
  static let openedAt: Int64 = 1_790_000_012_345

  static var openCase: Case {
    var item = Case(id: CaseID(subjectKey: "c-0123456789abcdef0123456789abcdef", number: 1))
    item.openedAt = openedAt
    item.happenedAt = openedAt - 4_321
    item.lastContactAt = item.happenedAt
    item.lastActAt = item.happenedAt
    item.owner = "billing-lyon"
    item.witness = "front-desk"
    item.priority = .p2
    item.score = 71
    item.contributions = [
      .init(name: "base", points: 20, because: "scoring.base"),
      .init(name: "rating", points: 30, because: "rating.nps 0"),
      .init(name: "touchpoint", points: 9, because: "touchpoint.weight 3"),
      .init(name: "words", points: 6, because: "text \"scandalous\""),
      .init(name: "memory", points: 6, because: "memory: peak 71"),
    ]
    item.rule = "ownership.rules[1].rules[0]"
    item.ruleAt = "owners.csv:17"
    item.epoch = 300
    item.site = "lyon-1"
    item.journey = "departure"
    item.touchpoint = "invoice"
    item.group = 0x0123_4567_89ab_cdef
    item.clocks.acknowledge.state = .running
    item.clocks.acknowledge.due = 1_790_000_040_000
    item.clocks.respond.state = .running
    item.clocks.respond.due = openedAt + 4 * 3_600_000
    item.clocks.resolve.state = .running
    item.clocks.resolve.due = 1_790_172_800_000
    item.clocks.silence.state = .running
    item.clocks.silence.due = openedAt + 6 * 86_400_000
    item.ownershipLease = openedAt + 3 * 86_400_000
    item.ladder.shape = 0x8123_4567_89ab_cdef
    item.ladder.due = 1_790_000_040_000
    item.revision = 2
    return item
  }

  static var subject: SubjectAccount {
    var account = SubjectAccount()
    account.nextCase = 2
    account.memory.peak = 7_100
    account.memory.recent = 7_100
    account.memory.at = openedAt
    account.heard = [HeardEvent(hash: 0xfedc_ba98_7654_3210, at: openedAt)]
    var entry = CaseEntry()
    entry.number = 1
    entry.group = 0x0123_4567_89ab_cdef
    entry.touchedAt = openedAt
    account.cases = [entry]
    account.expiresAt = openedAt + 240 * 86_400_000
    return account
  }
}
