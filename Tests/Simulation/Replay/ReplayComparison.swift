// Owns the comparison of what deciding again comes to with what the log holds of one task: records, and the state behind them.
import StateBytes
import Streams

/// What a task published and left in its state, against a replay of its decisions.
///
/// Equal means: on each output topic and for each key the same records in the same order, byte for byte, values and
/// headers; and the same entries and timers in the changelog, compacted, where a value of a later release may say more
/// behind what this one says. Not compared are offsets and append times of outputs, and how the records of different
/// keys interleave, since a log promises none of it to a transaction that is done again.
struct ReplayComparison {
  let log: MemoryLog
  let definition: RoleDefinition
  let partition: Int32

  /// - Parameter isOwn: Whether a committed record is the task's; also hears what values the replay publishes under its key.
  func compare(
    _ outputs: [ReplayTask.Output], isOwn: (String, MemoryRecord, Set<[UInt8]?>) -> Bool
  ) throws(Finding) {
    for (index, topic) in definition.outputs.enumerated() {
      var wanted: [[UInt8]: [ReplayTask.Output]] = [:]
      for output in outputs where output.topic == index {
        wanted[output.key ?? [], default: []].append(output)
      }
      let values = wanted.mapValues { Set($0.map(\.value)) }
      var found: [[UInt8]: [MemoryRecord]] = [:]
      for record in log.records(topic) where isOwn(topic, record, values[record.key ?? []] ?? []) {
        found[record.key ?? [], default: []].append(record)
      }
      let keys = Set(wanted.keys).union(found.keys).sorted { $0.lexicographicallyPrecedes($1) }
      for key in keys {
        let name = "\(topic) of \(String(decoding: key, as: UTF8.self))"
        try compare(name, found[key] ?? [], wanted[key] ?? [])
      }
    }
  }

  private func compare(_ name: String, _ found: [MemoryRecord], _ wanted: [ReplayTask.Output])
    throws(Finding)
  {
    for place in 0..<max(wanted.count, found.count) {
      guard place < wanted.count else { throw Finding(.doubled, "\(name): \(found[place])") }
      guard place < found.count else { throw Finding(.lost, "\(name): \(wanted[place].text)") }
      let (record, output) = (found[place], wanted[place])
      guard record.value == output.value, record.headers == output.headers else {
        throw Finding(
          .differs,
          "\(name), place \(place)\n    found     \(record)\n    expected  \(output.text)")
      }
    }
  }

  func compareState(_ task: ReplayTask) throws(Finding) {
    guard let changelog = definition.changelog else { return }
    let wanted = task.changelog
    var found = log.compacted(changelog).first { $0.partition == partition }?.entries ?? [:]
    found = found.filter { $0.key.first != ChangelogKey.header }
    for key in Set(found.keys).union(wanted.keys).sorted(by: { $0.lexicographicallyPrecedes($1) })
    where !Self.isSame(found[key], wanted[key]) {
      func text(_ value: [UInt8]?) -> String { value.map { "\($0.count) bytes" } ?? "nothing" }
      throw Finding(
        .state,
        "\(changelog)-\(partition), entry \(key) (\(String(decoding: key.dropFirst(), as: UTF8.self))): "
          + "\(text(found[key])), expected \(text(wanted[key]))")
    }
  }

  /// A value of a later release says the same and more after it.
  private static func isSame(_ found: [UInt8]?, _ wanted: [UInt8]?) -> Bool {
    if found == wanted { return true }
    guard let found, let wanted, found.first == StateFormat.next.number,
      wanted.first == StateFormat.current.number
    else { return false }
    return found.dropFirst().starts(with: wanted.dropFirst())
  }
}

extension ReplayTask.Output {
  var text: String {
    "\(key.map { String(decoding: $0, as: UTF8.self) } ?? "-") = \(value.map { String(decoding: $0, as: UTF8.self) } ?? "-")"
  }
}
