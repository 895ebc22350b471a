// Owns the target `decode`: bare JSON of every kind, and what is almost that.
import Events

final class DecodeTarget: FuzzTarget {
  static let name = "decode"
  static let summary = "values of records of every kind through the decoder and INTAKE's decision"
  static let share = 460
  static let batch = 20_000

  private let inputs = EventInputs()
  private let trial: EventTrial

  init() throws { trial = try EventTrial() }

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    let (kind, value) = inputs.event(&random)
    var input = FuzzInput()
    input.add("kind", kind.rawValue)
    input.add("value", value)
    return input
  }

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    try trial.examine(input.kind, input.first("value") ?? [], [])
  }
}

extension FuzzInput {
  /// What the part `kind` says; feedback where it says nothing known.
  var kind: EventKind { text("kind").flatMap(EventKind.init) ?? .feedback }

  /// The headers in their order: a part `header`, followed by its `header-value` unless it has none.
  var headers: [SentHeader] {
    var headers: [SentHeader] = []
    for part in parts {
      if part.name == "header" { headers.append(SentHeader(name: part.bytes, value: nil)) }
      if part.name == "header-value", !headers.isEmpty { headers[headers.count - 1].value = part.bytes }
    }
    return headers
  }

  mutating func add(_ header: SentHeader) {
    add("header", header.name)
    if let value = header.value { add("header-value", value) }
  }
}
