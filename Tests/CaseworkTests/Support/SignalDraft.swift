// Owns signals as tests write them: owned texts, sensible where a test does not care.
import Events
import Policy

/// A signal in the making. Each test changes what it is about.
struct SignalDraft {
  var kind = SignalKind.feedback
  var id = ""
  var source = "survey"
  /// Nil: the desk's clock.
  var at: Int64?
  /// Whose it is: a name, from which `DeskNames` makes a subject key.
  var subjectKey = ""
  var owner = "technique"
  var worker = ""
  var witness = "front-desk"
  var score: Int32 = 60
  var rule = "ownership.rules[0]"
  var alsoMatched: [String] = ["ownership.rules[3]"]

  var site = "lyon-1"
  var journey = "stay"
  var touchpoint = "room"
  var entity = ""
  var respondent = Respondent.customer
  var rating: Rating?
  var service = ""
  var severity = Severity.high
  var status = IncidentStatus.open

  /// A rating on the scale that goes from 0 to 10.
  mutating func rate(nps: Int64) { rating = Rating(kind: .nps, value: nps * 1_000, scale: 10_000) }
}

/// What a policy without cuts of its own calls a score.
func priority(of score: Int32) -> Priority { score >= 75 ? .p1 : score >= 50 ? .p2 : score >= 30 ? .p3 : .p4 }

/// How tests name things that are pseudonymous in production.
enum DeskNames {
  /// `c-` and 32 digits for a customer, `s-` for a site; the same for the same name.
  static func key(_ name: String, _ letter: Character = "c") -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let half = String(hash, radix: 16)
    let padded = String(repeating: "0", count: 16 - half.count) + half
    return "\(letter)-\(padded)\(String(padded.reversed()))"
  }
}
