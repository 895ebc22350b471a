// Owns text on a terminal: how wide it is, how it is cut and wrapped, tables and progress.
import Testing

@testable import Console

@Suite struct TextTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👍", 2), ("👩‍👩‍👧", 2), ("❤️", 2), ("ﾊ", 1),
    ("Ａ", 2),
    ("\u{200B}", 0), ("\u{1B}[31mred\u{1B}[0m", 3), ("🇫🇷", 2),
  ])
  func aTextIsAsWideAsATerminalShowsIt(text: String, columns: Int) {
    #expect(TextWidth.columns(text) == columns)
  }

  @Test func cutTextNeverExceedsItsRoomAndShowsThatItIsCut() {
    let texts = ["", "a", "hello world", "日本語のテキスト", "👍👍👍", "cafe\u{301}s"]
    for text in texts {
      for width in 0...14 {
        let cut = TextWidth.cut(text, to: width)
        #expect(TextWidth.columns(cut) <= width)
        #expect(cut == text || width == 0 || cut.hasSuffix("…"))
      }
    }
  }

  @Test func wrappingKeepsEveryWordAndTheWidth() {
    let text = "the last rung is never silence, it names a role and a record follows"
    for width in 8...80 {
      let lines = TextWidth.wrap(text, to: width)
      #expect(lines.joined(separator: " ") == text)
      #expect(lines.allSatisfy { TextWidth.columns($0) <= width })
    }
    #expect(TextWidth.wrap("incomprehensibilities", to: 5) == ["incomprehensibilities"])
    #expect(TextWidth.wrap("", to: 5) == [""])
  }

  @Test func textFromOutsideCannotMoveTheCursor() {
    #expect(TextWidth.printable("a\u{1B}[2Jb\r\nc\u{7}\u{202E}d\u{2028}") == "a [2Jb  c  d ")
    #expect(TextWidth.printable("été 👍") == "été 👍")
  }

  @Test func aTableGivesWayInItsFlexibleColumnOnly() {
    var table = Table([.init("place"), .init("n", alignRight: true), .init("why", isFlexible: true)])
    table.add(["0:1", "7", "a reason that is longer than the terminal is wide"])
    table.add(["10:22", "1234", "short"])
    let stream = TextStream.memory(width: 30)
    table.print(to: stream)
    #expect(
      stream.text == """
        place     n  why
        0:1       7  a reason that is…
        10:22  1234  short

        """)
  }

  @Test func progressIsShownAfterASecondAndNotOftenerThanItCanBeRead() {
    var meter = ProgressMeter("sending", total: 1_000)
    #expect(meter.line(done: 10, at: 0.9) == nil)
    #expect(!meter.isShown)
    #expect(meter.line(done: 250, at: 1) == "sending 250 of 1000 (25 %) · 250/s · 3 s left")
    #expect(meter.line(done: 260, at: 1.05) == nil)
    #expect(meter.line(done: 300, at: 1.2) == "sending 300 of 1000 (30 %) · 250/s · 3 s left")
    var open = ProgressMeter("reading")
    #expect(open.line(done: 0, at: 2) == "reading 0 · 0/s")
  }

  @Test func progressIsPrintedOnATerminalOnlyAndTakenAway() {
    let pipe = TextStream.memory()
    var silent = Progress("sending", Terminal(out: pipe, err: pipe))
    silent.update(1)
    silent.finish()
    #expect(pipe.text == "")
  }

  @Test func theNearestWordIsSuggestedAndNoFarOne() {
    let words = ["threads", "brokers", "prefix", "partitions"]
    #expect(Suggestion.nearest(to: "thraeds", among: words) == "threads")
    #expect(Suggestion.nearest(to: "BROKERS", among: words) == "brokers")
    #expect(Suggestion.nearest(to: "part", among: words) == "partitions")
    #expect(Suggestion.nearest(to: "zzz", among: words) == nil)
    #expect(Suggestion.nearest(to: "", among: words) == nil)
  }

  @Test func theDistanceIsAMetricOnSwapsAndEdits() {
    #expect(Suggestion.distance("abcd", "abdc") == 1)
    #expect(Suggestion.distance("abc", "") == 3)
    #expect(Suggestion.distance("kitten", "sitting") == 3)
    var random = SeededNumbers(seed: 3)
    for _ in 0..<500 {
      let (a, b) = (Self.word(&random), Self.word(&random))
      let distance = Suggestion.distance(a, b)
      #expect(distance == Suggestion.distance(b, a))
      #expect((distance == 0) == (a == b))
      #expect(distance <= max(a.count, b.count) && distance >= abs(a.count - b.count))
    }
  }

  private static func word(_ random: inout SeededNumbers) -> String {
    String((0..<random.below(6)).map { _ in Character(["a", "b", "c"][random.below(3)]) })
  }
}
