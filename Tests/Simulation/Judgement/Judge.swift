// Owns the comparison of a run with undisturbed ones.
import Kafka
import Streams

/// Compares a run with the undisturbed runs of each policy that decided in it.
struct Judge<W: Workload> {
  let world: World<W>
  let actual: Outcome
  /// By epoch.
  let expected: [Int: Outcome]

  /// Throws the first failure found, in a fixed order.
  func judge() throws(Finding) {
    let all = Set(actual.streams.keys).union(expected.values.flatMap { $0.streams.keys })
    for stream in all.sorted() {
      if world.workload.order(of: stream.topic) == .byKeyIfPunctual && !world.scenario.isPunctual {
        try IdleRule(
          stream: stream, actual: outputs(stream), expected: expectedOutputs(stream), last: lastCount(stream)
        ).check()
      } else {
        try compare(stream)
      }
      try checkEpochs(stream)
    }
    try checkTransactions()
    try checkState()
  }

  private func outputs(_ stream: Outcome.Stream) -> [Outcome.Output] { actual.streams[stream] ?? [] }

  /// The same places under any policy: what differs from policy to policy are their bytes.
  private func expectedOutputs(_ stream: Outcome.Stream) -> [Outcome.Output] {
    expected.min { $0.key < $1.key }?.value.streams[stream] ?? []
  }

  /// The last count of the stream's key in an undisturbed run.
  private func lastCount(_ stream: Outcome.Stream) -> Int {
    let streams = expected.min { $0.key < $1.key }?.value.streams ?? [:]
    let counts = streams.filter {
      $0.key.topic == "counts" && $0.key.sourcePartition == stream.sourcePartition
    }
    let values = counts.values.joined().filter { $0.record.keyText == stream.key }
    return values.compactMap { $0.record.valueText?.split(separator: "=").last.flatMap { Int($0) } }.max()
      ?? 0
  }

  private func compare(_ stream: Outcome.Stream) throws(Finding) {
    let found = outputs(stream)
    let wanted = expectedOutputs(stream)
    for index in 0..<max(found.count, wanted.count) {
      guard index < found.count, index < wanted.count else { throw difference(stream, found, wanted, index) }
      let output = found[index]
      guard let same = expected[output.epoch]?.streams[stream], index < same.count,
        output.isSame(as: same[index])
      else { throw difference(stream, found, expected[output.epoch]?.streams[stream] ?? wanted, index) }
    }
  }

  private func difference(
    _ stream: Outcome.Stream, _ found: [Outcome.Output], _ wanted: [Outcome.Output], _ index: Int
  ) -> Finding {
    var balance: [String: Int] = [:]
    for output in found { balance[output.identity, default: 0] += 1 }
    for output in wanted { balance[output.identity, default: 0] -= 1 }
    let what =
      "\(stream), place \(index) of \(found.count), \(wanted.count) expected\n"
      + "    found     \(index < found.count ? found[index].text : "nothing")\n"
      + "    expected  \(index < wanted.count ? wanted[index].text : "nothing")"
    if let lost = balance.filter({ $0.value < 0 }).keys.min() { return Finding(.lost, "\(lost) on \(what)") }
    if let more = balance.filter({ $0.value > 0 }).keys.min() {
      return Finding(.doubled, "\(more) on \(what)")
    }
    return Finding(.differs, what)
  }

  /// Epochs exist, never go back along a source partition, and the last one decides what comes after healing.
  private func checkEpochs(_ stream: Outcome.Stream) throws(Finding) {
    var last = 0
    for output in outputs(stream) {
      if output.epoch < last || output.epoch >= world.published {
        throw Finding(
          .policy,
          "\(stream): epoch \(output.epoch) after \(last), \(world.published) published: \(output.text)")
      }
      last = output.epoch
    }
    let late = world.fed.filter { $0.input.turn == Input.afterHealing && $0.input.topic == stream.source }
    for output in outputs(stream) where output.epoch != world.published - 1 {
      if late.contains(where: { $0.partition == stream.sourcePartition && $0.offset == output.cause }) {
        throw Finding(
          .policy, "\(stream): the last policy is \(world.published - 1), and long after it: \(output.text)")
      }
    }
  }

  /// One transaction, one policy: on each partition by itself, since a log does not tell which records on two of them
  /// belong together.
  private func checkTransactions() throws(Finding) {
    let role = world.roles[0].definition
    for topic in role.outputs + (role.deadLetters.map { [$0] } ?? []) {
      for transaction in world.log.transactions(topic) {
        let epochs = Set(transaction.map { $0.header("epoch") ?? "" })
        if epochs.count > 1 {
          throw Finding(
            .policy,
            "one transaction on \(topic) was decided under epochs \(epochs.sorted()): "
              + transaction.map(\.description).joined(separator: "; ").prefix(600))
        }
      }
    }
  }

  private func checkState() throws(Finding) {
    guard let wanted = expected.min(by: { $0.key < $1.key })?.value else { return }
    for partition in Set(actual.state.keys).union(wanted.state.keys).sorted() {
      let (found, right) = (actual.state[partition] ?? [:], wanted.state[partition] ?? [:])
      for key in Set(found.keys).union(right.keys).sorted(by: { $0.lexicographicallyPrecedes($1) })
      where found[key] != right[key] {
        func text(_ bytes: [UInt8]?) -> String {
          bytes.map { String(decoding: $0, as: UTF8.self) } ?? "nothing"
        }
        throw Finding(
          .state,
          "partition \(partition), entry \(text(Array(key.dropFirst()))): \(text(found[key])), "
            + "expected \(text(right[key]))")
      }
    }
    for (source, right) in wanted.positions.sorted(by: { $0.key < $1.key }) {
      // A partition that nothing was read from has no header of its own in every run.
      guard right.next > 0 else { continue }
      if let found = actual.positions[source], found == right { continue }
      throw Finding(
        .state,
        "header of \(source): \(actual.positions[source].map { "\($0)" } ?? "none"), expected \(right)")
    }
  }
}

/// What is true of timers that records move, whenever clocks are not exact: a record that comes at about the time a timer
/// is due may find it fired or not.
///
/// Each fires at most once for each count, in order, and the last one fires if nothing moves it any more.
struct IdleRule {
  let stream: Outcome.Stream
  let actual: [Outcome.Output]
  let expected: [Outcome.Output]
  /// The key's last count.
  let last: Int

  func check() throws(Finding) {
    var fired = 0
    for output in actual {
      guard let count = count(output), count <= last else {
        throw Finding(.differs, "\(stream): \(output.text)")
      }
      if count == fired { throw Finding(.doubled, "\(stream): \(output.text)") }
      if count < fired { throw Finding(.differs, "\(stream): after \(fired): \(output.text)") }
      fired = count
    }
    // Once nothing moves or cancels it any more, it fires in every run.
    if let final = expected.last.flatMap(count), final == last, fired < final {
      throw Finding(.lost, "\(stream): ends with \(fired), expected \(final)")
    }
  }

  private func count(_ output: Outcome.Output) -> Int? {
    (output.record.valueText?.split(separator: "?").last).flatMap { Int($0) }
  }
}
