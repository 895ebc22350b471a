// Owns `hold list`: which holds stand, and what waits for each team, as the topics tell.
import Console
import Events
import Roles
import Streams

struct HoldList {
  private struct Held: Encodable {
    var owner: String?
    var until: String
    var by: String
    var reason: String
    /// Milliseconds since 1970.
    var end: Int64
    enum CodingKeys: CodingKey { case owner, until, by, reason }
  }
  private struct Debt: Encodable {
    var owner: String
    var cases: Int
    /// Case hours that have been put off up to now.
    var hours: Int64
    var firstWake: String
    var wake: Int64
    enum CodingKeys: CodingKey { case owner, cases, hours, firstWake }
  }
  /// A case that waits.
  private struct Waiting {
    var owner: String
    var since: Int64
    var wake: Int64
  }

  private let cluster: Cluster
  private let now: Int64

  init(_ cluster: Cluster, now: Int64) {
    self.cluster = cluster
    self.now = now
  }

  func print(to stream: TextStream, asJSON: Bool) throws -> ExitCode {
    let (holds, debts) = (try holds(), try debts())
    if asJSON {
      for hold in holds { stream.line(try JSONLine.text(hold)) }
      for debt in debts { stream.line(try JSONLine.text(debt)) }
      return .success
    }
    if holds.isEmpty { stream.line("nothing is held") }
    for hold in holds {
      let whose = hold.owner.map(TextWidth.printable) ?? "every team"
      stream.line(
        "\(stream.styled("held", .yellow, .bold))  \(stream.styled(whose, .bold)) until \(Clock.minute(hold.end)) by "
          + "\(TextWidth.printable(hold.by)): \(TextWidth.printable(hold.reason))")
    }
    guard !debts.isEmpty else {
      stream.line("no escalation waits")
      return .success
    }
    stream.line()
    var table = Table([
      .init("team", style: .bold), .init("cases that wait", alignRight: true),
      .init("hours", alignRight: true),
      .init("first wakes (UTC)"),
    ])
    for debt in debts {
      table.add([
        debt.owner, Clock.grouped(Int64(debt.cases)), Clock.grouped(debt.hours), Clock.minute(debt.wake),
      ])
    }
    table.print(to: stream)
    return .success
  }

  /// The latest word about each team, as long as it has not ended.
  private func holds() throws -> [Held] {
    let found = Found<Held>()
    let decoder = SignalDecoder()
    try RecordScan(cluster.log).read([cluster.name(.signals)]) { record in
      guard record.header("ce_id")?.hasPrefix("hold-") == true, let value = record.value else { return true }
      value.withUnsafeBytes { bytes in
        guard let signal = try? decoder.decode(bytes), case .hold(let hold) = signal.message else { return }
        let owner = hold.owner.string
        if signal.occurredAt >= found.at[owner] ?? .min {
          found.at[owner] = signal.occurredAt
          found.values[owner] = Held(
            owner: owner.isEmpty ? nil : owner, until: Clock.full(hold.until), by: hold.by.string,
            reason: hold.reason.string, end: hold.until)
        }
      }
      return true
    }
    return found.values.values.filter { $0.end > now }.sorted { ($0.owner ?? "") < ($1.owner ?? "") }
  }

  /// Cases whose latest word about waiting is that they wait, and whose time has not come.
  private func debts() throws -> [Debt] {
    let found = Found<Waiting>()
    let closed = Found<Bool>()
    let decoder = CaseworkRecordDecoder()
    try RecordScan(cluster.log).read([cluster.name(.escalations)]) { record in
      let kind = record.header("type")
      guard kind == "deferred" || kind == "resumed", let key = record.key else { return true }
      let id = String(decoding: key, as: UTF8.self)
      guard kind == "deferred",
        case .escalation(let entry)? = try? decoder.decode(record, of: .escalations)
      else {
        found.values[id] = nil
        return true
      }
      let since = found.values[id]?.since ?? entry.at
      found.values[id] = Waiting(owner: entry.card.owner, since: since, wake: entry.wakeAt)
      return true
    }
    // A case that is over waits for nothing.
    try RecordScan(cluster.log).read([cluster.name(.assignments)]) { record in
      let id = String(decoding: record.key ?? [], as: UTF8.self)
      guard found.values[id] != nil else { return true }
      switch try? decoder.decode(record, of: .assignments) {
      case .assignment(let entry)?: closed.values[id] = entry.card.status == .closed
      case .tombstone?: closed.values[id] = true
      default: closed.values[id] = false
      }
      return true
    }
    let open = found.values.filter { $0.value.wake > now && closed.values[$0.key] != true }.values
    return Dictionary(grouping: open, by: \.owner).map { owner, cases in
      Debt(
        owner: owner, cases: cases.count, hours: cases.reduce(0) { $0 + max(0, now - $1.since) } / 3_600_000,
        firstWake: Clock.full(cases.map(\.wake).min() ?? now), wake: cases.map(\.wake).min() ?? now)
    }.sorted { $0.owner < $1.owner }
  }

  private final class Found<Value> {
    var values: [String: Value] = [:]
    var at: [String: Int64] = [:]
  }
}
