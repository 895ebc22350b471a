// Owns the configuration file: what it may say, and that every mistake is told with its place.
import Testing

@testable import Console

@Suite struct ConfigurationFileTests {
  @Test(arguments: [
    ("name = lyon", "lyon"), ("name=lyon", "lyon"), ("  name =   lyon rose  ", "lyon rose"),
    ("name = lyon # a comment", "lyon"), ("name = lyon#1", "lyon#1"),
    ("name = \"  lyon # 1 \"  # so", "  lyon # 1 "),
    ("name = \"a\\\"b\\\\c\\td\"", "a\"b\\c\td"), ("# nothing\n\n\tname = été", "été"), ("name = a=b", "a=b"),
    ("name = lyon\r\nthreads = 3\r\n", "lyon"), ("name = lyon", "lyon"),
  ])
  func aValueIsReadAsItIsMeant(text: String, value: String) throws {
    let run = try Run(["show"], file: text)
    #expect(run.value("name") == value, "\(run.err)")
  }

  @Test func linesMayEndInTheWayOfWindows() throws {
    let run = try Run(["show"], file: "name = lyon\r\n# comment\r\n\r\nthreads = 3\r\n")
    #expect(run.value("name") == "lyon")
    #expect(run.value("threads") == "3")
  }

  private static let mistakes: [(text: String, message: String)] = [
    ("threads", "sample.conf:1:8: expected \"=\" after \"threads\""),
    ("\nthreads 3", "sample.conf:2:9: expected \"=\" after \"threads\""),
    ("  = 3", "sample.conf:1:3: expected a key before \"=\""),
    ("thread = 3", "sample.conf:1:1: unknown key \"thread\" (did you mean \"threads\"?)"),
    ("  xyzzy = 3", "sample.conf:1:3: unknown key \"xyzzy\""),
    ("threads = 3\nthreads = 4", "sample.conf:2:1: \"threads\" is said twice (first on line 1)"),
    ("threads = 0", "sample.conf:1:11: threads: \"0\" is not a whole number from 1 to 64"),
    ("mode =\tfats", "sample.conf:1:8: mode: \"fats\" is none of slow, fast (did you mean \"fast\"?)"),
    ("json = perhaps", "sample.conf:1:8: json: \"perhaps\" is neither on nor off"),
    ("kafka = a=b", "sample.conf:1:1: write kafka.NAME = VALUE"),
    ("name = \"lyon", "sample.conf:1:8: the closing quote is missing"),
    ("name = \"a\\x\"", "sample.conf:1:10: unknown escape; \\\", \\\\, \\n and \\t work"),
    ("name = \"a\" b", "sample.conf:1:11: nothing but a comment may follow the closing quote"),
    (
      "secret = hunter22",
      "sample.conf:1:1: secret is a secret and does not belong here: set ANSWERABLE_SECRET, or name its file: secret-file = …"
    ),
    ("config = other.conf", "sample.conf:1:1: config cannot be set in this file"),
    ("count = 2000", "sample.conf:1:9: count: \"2000\" is not a whole number from 1 to 1000"),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsToldWithItsPlace(text: String, message: String) throws {
    let run = try Run(["show"], file: text)
    #expect(run.err == "sample: \(message)\n")
    #expect(run.code == .configuration)
    #expect(!run.err.contains("hunter22"))
  }

  @Test func allMistakesAreToldAtOnceInTheirOrder() throws {
    let run = try Run(["show"], file: "xyzzy = 1\nthreads = 0\nname = \"a\nmode = fats\n")
    let places = run.err.split(separator: "\n").map {
      $0.split(separator: " ").first { $0.hasPrefix("sample.conf") } ?? ""
    }
    #expect(places == ["sample.conf:1:1:", "sample.conf:2:11:", "sample.conf:3:8:", "sample.conf:4:8:"])
  }

  @Test func mistakesInKeysOfOtherCommandsAreToldToo() throws {
    #expect(try Run(["group", "inner", "intake"], file: "threads = 0").code == .configuration)
  }

  @Test func aKeyThatTwoCommandsReadDifferentlyIsForThoseThatTakeItsValue() throws {
    #expect(try Run(["show"], file: "count = 50").value("count") == "50")
    let narrow = try Run(["group", "inner", "intake"], file: "count = 50")
    #expect(narrow.err == "sample: sample.conf:1:9: count: \"50\" is not a whole number from 1 to 10\n")
    #expect(narrow.code == .configuration)
  }

  @Test func helpDoesNotNeedAFileInOrder() throws {
    #expect(try Run(["show", "--help"], file: "xyzzy = 1").code == .success)
    #expect(try Run(["broken"], file: "xyzzy = 1").err == "sample: it is broken\nRepair it.\n")
  }

  @Test func aFileThatIsNamedMustBeThere() throws {
    let run = try Run(["show", "--config", "/nowhere/at.all"])
    #expect(run.err == "sample: /nowhere/at.all: the configuration file cannot be read\n")
    #expect(run.code == .noInput)
  }

  @Test func bytesThatAreNoTextAreAMistakeOfTheirLine() throws {
    let file = ConfigurationFile(
      parsing: String(decoding: [0xFF, 0xFE, 0x0A] + "name = x".utf8, as: UTF8.self), path: "f")
    #expect(file.mistakes.map(\.line) == [1])
    #expect(file.entries.map(\.key) == ["name"])
  }
}
