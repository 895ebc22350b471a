// Owns a policy's ladders by number: 0 is the one of a team that names none.

struct LadderTable: Sendable {
  private let ladders: [LadderRules]
  private let numbers: [String: Int32]
  /// Four for each ladder, P1 first.
  private let openings: Table<LadderOpening>

  init(_ document: PolicyDocument, _ calendars: CalendarTable, _ arena: Arena) {
    var documents = document.ladders
    // A policy of before there were ladders has none.
    let standard = documents.firstIndex { $0.id == LaddersFile.standard }
    documents.insert(standard.map { documents.remove(at: $0) } ?? .standard, at: 0)
    ladders = documents.map { LadderRules($0, calendars, arena) }
    numbers = Dictionary(
      documents.enumerated().map { ($1.id, Int32(clamping: $0)) }, uniquingKeysWith: { first, _ in first })
    openings = arena.table(
      ladders.flatMap { ladder in
        (0..<4).map { priority in
          LadderOpening(
            clocks: ladder.clocks[priority], start: Int32(clamping: ladder.start[priority]),
            rungs: Int32(clamping: ladder.rungs.count), shapeHash: ladder.shapeHash,
            calendar: ladder.calendars[priority],
            name: arena.text(ladder.nameText), shape: ladder.shape)
        }
      })
  }

  /// Of the ladder that a team names; nil when it names none. One that the policy does not have is the standard one.
  func number(_ name: String?) -> Int32 { name.flatMap { numbers[$0] } ?? 0 }

  subscript(number: Int32) -> LadderRules {
    number >= 0 && Int(number) < ladders.count ? ladders[Int(number)] : ladders[0]
  }

  /// `priority` is from 0 for P1.
  func opening(_ number: Int32, priority: Int32) -> LadderOpening {
    let isKnown = number >= 0 && Int(number) < ladders.count
    return openings[(isKnown ? number : 0) &* 4 &+ max(0, min(3, priority))]
  }
}

extension LadderRules {
  /// `document` may be any that can be decoded: what is missing or out of range is put right.
  init(_ document: PolicyDocument.Ladder, _ table: CalendarTable, _ arena: Arena) {
    nameText = document.id
    rungs = document.rungs
    for priority in 0..<4 {
      clocks.append(priority < document.clocks.count ? document.clocks[priority] : ClockRules())
      let first = priority < document.start.count ? Int(document.start[priority]) : 0
      let named = document.calendars ?? []
      if priority < named.count, !named[priority].isEmpty {
        calendars[priority] = table.number(named[priority])
      }
      start[priority] = max(0, min(rungs.count - 1, first))
    }
    repeatEvery = document.repeatEvery
    repeatAtMost = Int(max(0, document.repeatAtMost))
    let shape = LadderShapeBytes(self)
    self.shape = arena.bytes(shape.bytes)
    shapeHash = shape.hash
  }
}
