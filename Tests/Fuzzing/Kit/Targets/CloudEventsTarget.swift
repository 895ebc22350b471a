// Owns the target `cloudevents`: headers of binary mode, envelopes of structured mode, and mixtures of both.
import Events
import Foundation

final class CloudEventsTarget: FuzzTarget {
  static let name = "cloudevents"
  static let summary = "CloudEvents headers and envelopes around such values"
  static let share = 250
  static let batch = 20_000

  private let inputs = EventInputs()
  private let trial: EventTrial

  init() throws { trial = try EventTrial() }

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    let kind = random.pick(EventKind.allCases)
    var input = FuzzInput()
    input.add("kind", kind.rawValue)
    let isStructured = random.once(in: 2)
    if !isStructured || random.once(in: 3) {
      for header in headers(isStructured, &random) { input.add(header) }
    }
    input.add("value", isStructured ? envelope(kind, &random) : data(kind, &random))
    return input
  }

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    try trial.examine(input.kind, input.first("value") ?? [], input.headers)
  }

  // MARK: Binary mode

  private static let good: [(name: String, values: [String])] = [
    ("ce_specversion", Array(repeating: "1.0", count: 30) + ["0.3", "1.1", "", "1.0 "]),
    ("ce_id", ["fb-1", "x"]),
    ("ce_source", ["survey-tool", "/guests", "é"]),
    ("ce_type", ["answerable.feedback", "t"]),
    ("ce_time", Edges.times + Array(repeating: CloudEventsTarget.time, count: 60)),
    (
      "content-type",
      [
        "application/json", "application/json", "application/json", "application/json; charset=utf-8",
        "application/json;", "text/json", "APPLICATION/JSON", "text/plain",
        "application/cloudevents+json", "application/cloudevents-batch+json", "a/b+json", ";", "+json",
      ]
    ),
    (
      "traceparent",
      [
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01", "01-",
      ]
    ),
    ("ce_traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]),
  ]

  private func headers(_ isStructured: Bool, _ random: inout FuzzRandom) -> [SentHeader] {
    var headers: [SentHeader] = []
    for (name, values) in Self.good where !random.once(in: name.hasPrefix("ce_") ? 30 : 2) {
      var header = SentHeader(name: Array(name.utf8), value: Array(random.pick(values).utf8))
      if random.once(in: 20), var value = header.value {
        inputs.plain.mutate(&value, with: inputs.sample(.feedback, &random).bytes, &random)
        header.value = value
      }
      if random.once(in: 40) { header.value = nil }
      if random.once(in: 40) {
        inputs.plain.mutate(&header.name, with: Array(random.pick(Self.good).name.utf8), &random)
      }
      headers.append(header)
    }
    if isStructured {
      let type = random.once(in: 6) ? "application/json" : "Application/CloudEvents+JSON; charset=UTF-8"
      headers.append(SentHeader(name: Array("Content-Type".utf8), value: Array(type.utf8)))
    }
    if random.once(in: 10), !headers.isEmpty { headers.append(random.pick(headers)) }
    return random.once(in: 5) ? headers.shuffled(using: &random) : headers
  }

  /// Data whose attributes the headers have, mostly unchanged so that the headers are looked at.
  private func data(_ kind: EventKind, _ random: inout FuzzRandom) -> [UInt8] {
    if random.once(in: 3) { return inputs.value(kind, &random) }
    return inputs.json.bytes(withoutAttributes(inputs.sample(kind, &random).tree), &random)
  }

  private static let time = "2026-03-03T09:12:00Z"

  // MARK: Structured mode

  private func envelope(_ kind: EventKind, _ random: inout FuzzRandom) -> [UInt8] {
    var members: [JSONMember] = []
    func add(_ name: String, _ value: JSONTree) {
      members.append(JSONMember(name: Array("\"\(name)\"".utf8), value: value))
    }
    add("specversion", .written("\"1.0\""))
    if !random.once(in: 20) { add("id", .written("\"fb-1\"")) }
    if !random.once(in: 20) { add("source", .written("\"survey-tool\"")) }
    if !random.once(in: 20) { add("type", .written("\"answerable.feedback\"")) }
    if random.once(in: 2) {
      add("time", .written("\"\(random.once(in: 3) ? random.pick(Edges.times) : Self.time)\""))
    }
    if random.once(in: 3) {
      add("datacontenttype", .written("\"\(random.pick(["application/json", "text/xml", ""]))\""))
    }
    let data =
      random.once(in: 3) ? inputs.tree(kind, &random) : withoutAttributes(inputs.sample(kind, &random).tree)
    if random.once(in: 4) {
      add("data_base64", .written(base64(inputs.json.bytes(data, &random), &random)))
    } else {
      add("data", data)
    }
    var tree = JSONTree.object(members)
    if random.once(in: 2) { inputs.json.mutate(&tree, with: inputs.sample(kind, &random).tree, &random) }
    var bytes = inputs.json.bytes(tree, &random)
    if random.once(in: 8) { inputs.plain.mutate(&bytes, with: inputs.sample(kind, &random).bytes, &random) }
    return bytes
  }

  /// Data that leaves to the envelope what both could say.
  private func withoutAttributes(_ tree: JSONTree) -> JSONTree {
    guard case .object(let members) = tree else { return tree }
    let said = ["\"id\"", "\"source\"", "\"occurredAt\""].map { Array($0.utf8) }
    return .object(members.filter { !said.contains($0.name) })
  }

  private func base64(_ bytes: [UInt8], _ random: inout FuzzRandom) -> String {
    var text = Array(Data(bytes).base64EncodedString().utf8)
    if random.once(in: 4), !text.isEmpty {
      text[random.below(text.count)] = random.pick(Array("=+/-_A \n".utf8))
    }
    if random.once(in: 6) { text.removeLast(random.below(min(4, text.count + 1))) }
    return "\"\(String(decoding: text, as: UTF8.self))\""
  }
}
