// Owns how words on a command line become values, and what is said of those that cannot.
import Testing

@testable import Console

@Suite struct ParsingTests {
  @Test(arguments: [
    ["show", "--threads", "4"], ["show", "--threads=4"], ["show", "-t", "4"], ["show", "-t4"],
    ["show", "-t=4"],
    ["show", "-jt4"], ["show", "--threads", "9", "--threads", "4"],
  ])
  func aValueIsTakenInEveryWayItIsWritten(words: [String]) throws {
    let run = try Run(words)
    #expect(run.value("threads") == "4")
    #expect(run.code == .success)
  }

  @Test(arguments: [
    (["show"], "false"), (["show", "--json"], "true"), (["show", "-j"], "true"), (["show", "-vj"], "true"),
    (["show", "--json=off"], "false"), (["show", "--json=yes"], "true"),
    (["show", "--json", "--no-json"], "false"),
  ])
  func aFlagIsOnWhenGivenAndCanBeTakenBack(words: [String], value: String) throws {
    #expect(try Run(words).value("json") == value)
  }

  @Test func aListIsGivenByRepetitionOrWithCommas() throws {
    let run = try Run(["show", "--brokers", "a:1, b:2", "-b", "c:3,,"])
    #expect(run.value("brokers") == "a:1+b:2+c:3")
  }

  @Test func afterTwoDashesEverythingIsAnArgument() throws {
    let run = try Run(["show", "one", "--json", "--", "--threads", "-x", "--"])
    #expect(run.value("words") == "one+--threads+-x+--")
    #expect(run.value("json") == "true")
  }

  @Test func aSingleDashIsAnArgument() throws {
    #expect(try Run(["show", "-"]).value("words") == "-")
  }

  @Test func optionsAndArgumentsMayComeInAnyOrder() throws {
    let run = try Run(["group", "inner", "-n", "3", "intake"])
    #expect(run.out == "[\"intake\"] 3\n")
    #expect(run.code == .negative)
  }

  /// The message, and the exit code of a mistake on the command line.
  private static let mistakes: [(words: [String], message: String, advice: String)] = [
    (["shwo"], "unknown command \"shwo\" (did you mean \"show\"?)", "sample"),
    (["xyzzy"], "unknown command \"xyzzy\"", "sample"),
    (["group", "iner"], "unknown command \"iner\" (did you mean \"inner\"?)", "sample group"),
    (["show", "--thread", "3"], "unknown option --thread (did you mean --threads?)", "sample show"),
    (["show", "--xyzzy"], "unknown option --xyzzy", "sample show"),
    (["show", "-x"], "unknown option -x", "sample show"),
    (
      ["group", "inner", "intake", "--threads", "3"], "unknown option --threads (only show takes it)",
      "sample group inner"
    ),
    (["--threads", "3", "show"], "--threads is an option of show: write it after the command", "sample"),
    (["show", "--threads"], "--threads needs a value: N", "sample show"),
    (["show", "-t"], "-t needs a value: N", "sample show"),
    (["show", "--threads", "--json"], "--threads needs a value: N", "sample show"),
    (["show", "--threads", "0"], "--threads: \"0\" is not a whole number from 1 to 64", "sample show"),
    (["show", "-t", "many"], "-t: \"many\" is not a whole number from 1 to 64", "sample show"),
    (
      ["show", "--threads", "99999999999999999999"],
      "--threads: \"99999999999999999999\" is not a whole number from 1 to 64", "sample show"
    ),
    (["show", "--json=maybe"], "--json: \"maybe\" is neither on nor off", "sample show"),
    (
      ["show", "--mode", "fats"], "--mode: \"fats\" is none of slow, fast (did you mean \"fast\"?)",
      "sample show"
    ),
    (["show", "--kafka", "linger"], "--kafka: \"linger\" is not NAME=VALUE", "sample show"),
    (["show", "--name", ""], "--name: needs a value", "sample show"),
    (["group", "inner"], "ROLE is missing: Which.", "sample group inner"),
    (
      ["group", "inner", "intak"], "ROLE: \"intak\" is none of intake, casework (did you mean \"intake\"?)",
      "sample group inner"
    ),
    (["group", "inner", "intake", "f", "g"], "unexpected argument \"g\"", "sample group inner"),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsSaidWithWhatIsAllowed(words: [String], message: String, advice: String) throws {
    let run = try Run(words)
    #expect(run.err == "sample: \(message)\nTry: \(advice) --help\n")
    #expect(run.out == "")
    #expect(run.code == .usage)
  }

  @Test(arguments: [
    (4, "n-1, n-2, n-3, n-4 and 1 more"), (5, "n-1, n-2, n-3, n-4, n-5"), (3, "n-1, n-2, n-3 and 2 more"),
    (1, "n-1 and 4 more"), (Int.max, "n-1, n-2, n-3, n-4, n-5"),
  ])
  func aLongListIsCutAndTheNearestIsFoundInAllOfIt(limit: Int, listed: String) {
    let message = Suggestion.refusal(of: "n-05", among: (1...5).map { "n-\($0)" }, listing: limit)
    #expect(message == "\"n-05\" is none of \(listed) (did you mean \"n-5\"?)")
  }

  @Test func aSecretOnACommandLineIsRefusedAndNotRepeated() throws {
    let plain = try Run(["show", "--secret", "hunter22"])
    #expect(plain.err.contains("would show the secret to everybody on this machine: set ANSWERABLE_SECRET"))
    let pair = try Run(["show", "--kafka", "sasl.password=hunter22"])
    #expect(pair.err.contains("ANSWERABLE_KAFKA_SASL_PASSWORD"))
    for run in [plain, pair] {
      #expect(run.code == .usage)
      #expect(!(run.out + run.err).contains("hunter22"))
    }
  }

  @Test func aWordThatWouldMoveTheCursorIsToldWithoutDoingSo() throws {
    #expect(try Run(["sh\u{1B}[2Jow"]).err.hasPrefix("sample: unknown command \"sh [2Jow\""))
    #expect(try Run(["show", "--x\r"]).err.hasPrefix("sample: unknown option --x \n"))
  }

  @Test func noRandomWordsCrashTheParser() throws {
    var random = SeededNumbers(seed: 20_261_125)
    let pieces = [
      "show", "group", "inner", "--", "-", "--threads", "=", "-t", "-jvt", "4", "", "--no-json", "--no-",
      "--=x",
      "é", "--brokers=", "-h", "--help", "\u{0}", "--kafka", "a=b",
    ]
    for _ in 0..<2_000 {
      let words = (0..<random.below(7)).map { _ in
        pieces[random.below(pieces.count)] + (random.below(4) == 0 ? pieces[random.below(pieces.count)] : "")
      }
      let run = try Run(words)
      #expect(run.code == .success || run.code == .usage || run.code == .negative, "\(words)")
      #expect(run.out.isEmpty != run.err.isEmpty, "\(words)")
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed.
struct SeededNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }
}
