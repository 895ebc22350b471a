// Owns what casework is given of a policy's ladders: defaults, what a case of each priority opens with, and the shape it
// pins.
import Events
import Testing

@testable import Policy

@Suite struct LadderTests {
  private static let ladders = """
    ladders:
      urgent:
        clocks: { acknowledge: 15m, silence: none }
        by-priority: { P1: { acknowledge: 5m }, P4: { respond: 1 day } }
        rungs:
          - { unless: acknowledged, to: shift-lead of owner }
          - { unless: acknowledged, after: 30m, to: accountable of owner, tell: frontline }
          - { after: 1 day, to: customer-director, tell: executive }
        start: { P1: 2 }
        repeat: { every: 4h }
    """

  private static func policy(_ ladders: String? = LadderTests.ladders) throws -> CompiledPolicy {
    var files = [
      "teams.yaml": Sample.teams.replacing(
        "{ accountable: chief-engineer", with: "{ accountable: chief-engineer, ladder: urgent")
    ]
    files["ladders.yaml"] = ladders
    return try Sample(files).compiled()
  }

  private static func ladder(of team: StaticString, _ policy: CompiledPolicy) throws -> Int32 {
    try #require(policy.casework.team(ByteSlice(team))).ladder
  }

  @Test func aTeamThatNamesNoLadderClimbsTheStandardOne() throws {
    let policy = try Sample().compiled()
    let ladder = policy.casework.ladder(try Self.ladder(of: "billing", policy))
    #expect(ladder.nameText == "standard")
    #expect(ladder.clocks.count == 4)
    for clocks in ladder.clocks {
      #expect(clocks.acknowledge == .time(3_600_000) && clocks.respond == .time(14_400_000))
      #expect(clocks.resolve == .days(2) && clocks.silence == .days(6))
    }
    #expect(ladder.rungs.map(\.unless) == [.acknowledged, .responded, .resolved])
    #expect(ladder.rungs.allSatisfy { $0.target == .accountableOfOwner && $0.audience == .owner })
    #expect(ladder.repeatEvery == nil)
  }

  @Test func theStandardLadderExistsBesideOthersThatAreWritten() throws {
    let policy = try Self.policy()
    #expect(try Self.ladder(of: "billing", policy) == 0)
    #expect(policy.casework.ladder(0).nameText == "standard")
    #expect(policy.casework.ladder(try Self.ladder(of: "technique", policy)).nameText == "urgent")
  }

  @Test func aCaseOpensWithTheClocksAndTheRungOfItsPriority() throws {
    let policy = try Self.policy()
    let number = try Self.ladder(of: "technique", policy)
    let openings = Priority.allCases.map { policy.casework.opening(ladder: number, priority: $0) }
    #expect(openings.map(\.start) == [1, 0, 0, 0])
    #expect(
      openings.map(\.clocks.acknowledge) == [.time(300_000), .time(900_000), .time(900_000), .time(900_000)])
    #expect(
      openings.map(\.clocks.respond) == [.time(14_400_000), .time(14_400_000), .time(14_400_000), .days(1)])
    #expect(
      openings.allSatisfy { $0.clocks.silence == nil && $0.clocks.resolve == .days(2) && $0.rungs == 3 })
    #expect(openings.allSatisfy { $0.ladder == "urgent" })
  }

  @Test func aLadderThatThePolicyDoesNotHaveIsTheStandardOne() throws {
    let policy = try Self.policy()
    for number in [Int32.min, -1, 2, .max] {
      #expect(policy.casework.ladder(number).nameText == "standard")
      #expect(policy.casework.opening(ladder: number, priority: .p4).ladder == "standard")
    }
  }

  /// Bytes that stand in the state of cases for months: they may be added to, never changed.
  @Test func aShapeHasTheSameBytesInEveryRelease() throws {
    let policy = try Self.policy()
    let ladder = policy.casework.ladder(try Self.ladder(of: "technique", policy))
    var bytes: [UInt8] = [1, 1, 6]
    bytes += Array("urgent".utf8)
    bytes += [3]
    bytes += [0b01_00_00, 0, 10] + Array("shift-lead".utf8)
    bytes += [0b00_01_00, 1, 0x80, 0xDD, 0xDB, 0x01, 0]
    bytes += [0b10_10_11, 2, 2, 17] + Array("customer-director".utf8)
    bytes += [1, 0x80, 0xE8, 0xDD, 0x0D, 6]
    #expect(Array(ladder.shapeBytes.bytes) == bytes)
    #expect(ladder.shapeHash == 0x4843_242c_cad1_99d4)
    for priority in Priority.allCases {
      let opening = policy.casework.opening(ladder: 1, priority: priority)
      #expect(opening.shapeBytes == ladder.shapeBytes && opening.shapeHash == ladder.shapeHash)
    }
  }

  @Test(arguments: UInt64(1)...40)
  func shapesThatDifferHaveBytesThatDiffer(_ seed: UInt64) {
    var random = RandomCasework(seed: seed)
    let shapes = (0..<20).map { number in
      var ladder = random.ladder(number % 2 == 0 ? "even" : "odd")
      // What a case does not pin.
      ladder.clocks = []
      ladder.start = []
      ladder.calendars = nil
      return ladder
    }
    let arena = Arena()
    let calendars = CalendarTable(RandomPolicy.sound)
    let rules = shapes.map { LadderRules($0, calendars, arena) }
    for (a, left) in zip(shapes, rules) {
      for (b, right) in zip(shapes, rules) {
        #expect((a == b) == (left.shapeBytes == right.shapeBytes))
        #expect((a == b) == (left.shapeHash == right.shapeHash))
      }
    }
  }

  /// A record may hold any document that can be decoded.
  @Test func aLadderThatNoCheckWouldPassDoesNotTrap() {
    var document = RandomPolicy.sound
    var rung = RungRules()
    rung.after = .time(.max)
    for (rungs, start) in [([], [5]), ([rung], [-1, .max]), ([rung], [])] as [([RungRules], [Int32])] {
      document.ladders = [
        .init(
          id: "standard", clocks: [], rungs: rungs, start: start, repeatEvery: .days(.max), repeatAtMost: .min
        ),
        .init(id: "standard", clocks: [], rungs: [], start: [], repeatEvery: nil, repeatAtMost: 0),
      ]
      let casework = CompiledPolicy(document).casework
      let ladder = casework.ladder(0)
      #expect(ladder.clocks.count == 4 && ladder.start == [0, 0, 0, 0] && ladder.repeatAtMost == 0)
      #expect(casework.opening(ladder: 0, priority: .p2).rungs == Int32(rungs.count))
    }
  }

  @Test func aPolicyOfBeforeThereWereLaddersKeepsItsBytesAndHasTheDefaults() throws {
    let document = RandomPolicy.sound
    #expect(document.ladders.isEmpty && document.cases == nil)
    let text = String(decoding: try document.canonicalBytes(), as: UTF8.self)
    #expect(!text.contains("ladders") && !text.contains("cases"))
    let record = PolicyRecord(document, files: [], publishedAt: 1, by: "somebody", note: "")
    let read = try PolicyRecord.decode(try record.encode())
    let casework = read.compiled().casework
    #expect(casework.ladder(0).rungs.count == 3)
    #expect(casework.cases == CaseRules() && casework.memory == MemoryRules())
  }

  @Test func whoClimbsALadderThatNobodyWroteIsNoted() throws {
    let notes = Sample().check.notes.map(\.description)
    #expect(
      notes.first
        == "ladders.yaml: note: 5 teams climb the ladder \"standard\" of the defaults, whose last rung names no role outside of the team: write one that ends with somebody else"
    )
    let written = Sample([
      "ladders.yaml": "ladders: { standard: { rungs: [{ unless: resolved, to: site-director }] } }"
    ])
    #expect(written.check.notes.allSatisfy { $0.file != "ladders.yaml" })
  }

  @Test func servicesOfCasesGatherWhatWasFeltWithoutASite() throws {
    let casework = try Sample(["cases.yaml": "cases: { gather: { services: [wifi, payment] } }"]).compiled()
      .casework
    #expect(casework.gathersWithoutSite(service: "payment") && casework.gathersWithoutSite(service: "wifi"))
    #expect(!casework.gathersWithoutSite(service: "lift") && !casework.gathersWithoutSite(service: ""))
  }

  @Test func whatCasesLeaveOutKeepsItsDefault() throws {
    let casework = try Sample([
      "cases.yaml": "cases: { open-from: P4, memory: { peak: 10 }, group: { by: cause } }"
    ])
    .compiled().casework
    var rules = CaseRules()
    rules.openFrom = .p4
    rules.groupBy = [.cause]
    var memory = MemoryRules()
    memory.peakShare = 10
    #expect(casework.cases == rules)
    #expect(casework.memory == memory)
  }

  @Test func aPriorityMayCountInACalendarOfItsOwnAndTheOthersInTheirOwners() throws {
    let policy = try Self.policy(
      Self.ladders.replacing("P1: { acknowledge: 5m }", with: "P1: { calendar: always, acknowledge: 5m }"))
    let number = try Self.ladder(of: "technique", policy)
    let calendars = Priority.allCases.map { policy.casework.opening(ladder: number, priority: $0).calendar }
    #expect(calendars == [0, -1, -1, -1], "0 is always")
  }

  @Test func aCalendarBesideTheClocksIsThatOfAllPriorities() throws {
    let policy = try Self.policy(
      Self.ladders.replacing("{ acknowledge: 15m,", with: "{ calendar: always, acknowledge: 15m,"))
    let number = try Self.ladder(of: "technique", policy)
    for priority in Priority.allCases {
      #expect(policy.casework.opening(ladder: number, priority: priority).calendar == 0)
    }
  }

  @Test func whereNoLadderNamesACalendarTheDocumentSaysNothingOfThem() throws {
    let document = try #require(Sample(["ladders.yaml": Self.ladders]).check.document)
    #expect(document.ladders.allSatisfy { $0.calendars == nil })
  }
}
