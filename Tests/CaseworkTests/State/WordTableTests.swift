import Events
import StateBytes
import Testing

@testable import Casework

@Suite struct WordTableTests {
  private let random = RandomState(seed: 1)

  private func fill(_ words: WordTable, _ texts: [String]) -> [UInt64?] {
    texts.map { words.number(random.keep($0)) }
  }

  @Test func aTextKeepsItsNumberAndANumberItsText() {
    let words = WordTable()
    let texts = (0..<1_000).map { "word-\($0)" }
    #expect(fill(words, texts) == (0..<1_000).map { UInt64($0) })
    #expect(fill(words, texts.reversed()) == (0..<1_000).reversed().map { UInt64($0) })
    #expect(texts.indices.allSatisfy { words.text(UInt64($0))?.string == texts[$0] })
    #expect(words.text(1_000) == nil)
  }

  @Test func wordsThatAnAbortTookBackAreForgottenAndTheirNumbersGivenAnew() {
    let words = WordTable()
    _ = fill(words, ["a", "b"])
    let (count, hash) = (words.count, words.hash)
    _ = fill(words, ["c", "d"])
    #expect(words.follow(count: count, hash: hash) { _ in nil })
    #expect(fill(words, ["e", "a"]) == [2, 0])
    #expect(words.text(2)?.string == "e")
  }

  @Test func wordsThatAnotherWorkerWroteAreReadFromTheStore() {
    let mine = WordTable()
    _ = fill(mine, ["a", "b", "mine"])
    let its = WordTable()
    let texts = ["a", "b", "its", "more"]
    _ = fill(its, texts)
    let loaded = mine.follow(count: its.count, hash: its.hash) { number in
      random.keep(texts[Int(number)]).bytes
    }
    #expect(loaded)
    #expect((0..<4).map { mine.text(UInt64($0))?.string } == texts)
  }

  @Test func asManyWordsOfAnotherHistoryAreNotTakenForTheSame() {
    let mine = WordTable()
    _ = fill(mine, ["a", "mine"])
    let its = WordTable()
    _ = fill(its, ["a", "its"])
    #expect(mine.follow(count: its.count, hash: its.hash) { random.keep(["a", "its"][Int($0)]).bytes })
    #expect(mine.text(1)?.string == "its")
  }

  @Test func aStoreThatLacksAWordIsRefused() {
    #expect(!WordTable().follow(count: 2, hash: 1) { $0 == 0 ? random.keep("a").bytes : nil })
    #expect(!WordTable().follow(count: 1, hash: 1) { _ in random.keep("a").bytes })
    #expect(!WordTable().follow(count: WordTable.limit + 1, hash: 1) { _ in random.keep("a").bytes })
  }

  @Test func whatIsBeyondTheLimitOrTooLongStandsInFull() throws {
    let desk = CodecDesk()
    for number in 0..<WordTable.limit { _ = desk.words.number(random.keep("word-\(number)")) }
    #expect(desk.words.number("one more") == nil)
    #expect(desk.words.number(random.keep(String(repeating: "x", count: WordTable.longest + 1))) == nil)
    var item = random.fullCase()
    item.owner = "one more"
    #expect(described(try desk.decodeCase(desk.encode(item), id: item.id)) == described(item))
    #expect(desk.words.count == WordTable.limit)
  }
}
