// Owns the guarantees of a deployment whose clock is moved by hand: decided at once, the same bytes again.
import Events
import Policy
import Roles
import Streams
import Testing

@Suite struct TheatreTests {
  private static let monday: Int64 = 1_772_434_800_000

  private func theatre() throws -> Theatre {
    let theatre = try Theatre(at: Self.monday, secret: IntakeWorld.secret)
    try theatre.publish(try IntakeWorld.policy())
    return theatre
  }

  private func feedback(_ number: Int) -> [UInt8] {
    Array(
      (#"{"id":"fb-\#(number)","occurredAt":"2026-03-02T07:00:00Z","source":"s","#
        + #""subject":{"kind":"customer","id":"guest-\#(number % 3)"},"touchpoint":"invoice","rating":"#
        + #"{"kind":"nps","value":\#(number % 11)}}"#).utf8)
  }

  @Test func anEventIsDecidedWhenSendReturns() throws {
    let theatre = try theatre()
    var tail = theatre.tail(of: [.signals, .deadLetters])
    try theatre.send(.feedback, key: [1], value: feedback(1))
    #expect(try tail.read().map(\.partition.topic) == ["signals"])
    try theatre.send(.feedback, key: [1], value: Array("nonsense".utf8))
    #expect(try tail.read().map(\.partition.topic) == ["dead-letters"])
    #expect(try tail.read().isEmpty)
  }

  @Test func theSameCallsLeaveTheSameBytes() throws {
    func played() throws -> [UInt8] {
      let theatre = try theatre()
      for number in 0..<20 {
        try theatre.send(.feedback, key: [UInt8(number % 3)], value: feedback(number))
        try theatre.advance(to: theatre.now + 3_600_000)
      }
      return theatre.log.dump()
    }
    #expect(try played() == played())
  }

  @Test func timeGoesToTheMomentAndNeverBack() throws {
    let theatre = try theatre()
    try theatre.advance(to: Self.monday + 90 * 86_400_000)
    #expect(theatre.now == Self.monday + 90 * 86_400_000)
    try theatre.advance(to: Self.monday)
    #expect(theatre.now == Self.monday + 90 * 86_400_000)
    var tail = theatre.tail(of: [.signals])
    try theatre.send(.feedback, key: [1], value: feedback(1))
    #expect(try tail.read().map(\.timestamp) == [theatre.now])
  }

  @Test func aPolicyDecidesFromItsPublicationOn() throws {
    let theatre = try theatre()
    var changed = try IntakeWorld.policy()
    changed.document.unrouted.owner = "front-desk"
    changed.revision = changed.document.revision
    let epoch = try theatre.publish(changed)
    try theatre.send(.feedback, key: [1], value: feedback(1))
    var tail = theatre.tail(of: [.signals])
    #expect(try tail.read().map { $0.header("epoch") } == ["\(epoch)"])
  }
}
