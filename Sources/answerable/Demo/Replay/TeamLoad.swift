// Owns what the week came to for each team, and where pain was felt against where it was caused.
import Events

/// Feedback and incidents by owner, by subcontractor, and by the pair of those who felt it and those who caused it.
struct TeamLoad: Sendable {
  /// How many of each priority.
  struct Count: Sendable, Hashable {
    private(set) var byPriority: [Int] = [0, 0, 0, 0]

    var all: Int { byPriority.reduce(0, +) }
    /// P1 and P2: what hurts.
    var urgent: Int { byPriority[0] + byPriority[1] }
    subscript(_ priority: Priority) -> Int { byPriority[priority.rawValue - 1] }

    mutating func add(_ priority: Priority) { byPriority[priority.rawValue - 1] += 1 }
  }

  struct Edge: Sendable, Hashable {
    var felt: String
    var caused: String
  }

  private(set) var priorities = Count()
  private var owners: [String: Count] = [:]
  private var workers: [String: [String: Int]] = [:]
  private var pairs: [Edge: Count] = [:]

  init(_ decisions: [Decision]) {
    for case let assessment? in decisions.map(\.assessment) {
      priorities.add(assessment.priority)
      owners[assessment.owner, default: Count()].add(assessment.priority)
      if !assessment.worker.isEmpty {
        workers[assessment.owner, default: [:]][assessment.worker, default: 0] += 1
      }
      if !assessment.witness.isEmpty, assessment.witness != assessment.owner {
        pairs[Edge(felt: assessment.witness, caused: assessment.owner), default: Count()].add(
          assessment.priority)
      }
    }
  }

  /// The teams that own something, the most urgent load first.
  var teams: [(team: String, count: Count)] {
    owners.map { ($0.key, $0.value) }.sorted { Self.isBefore(($0.1, $0.0), ($1.1, $1.0)) }
  }

  /// Who does the work of a team, and how often.
  func work(for team: String) -> [(worker: String, count: Int)] {
    (workers[team] ?? [:]).map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  /// Pairs of two different teams, the most painful first.
  var edges: [(edge: Edge, count: Count)] {
    pairs.map { ($0.key, $0.value) }.sorted {
      Self.isBefore(($0.1, $0.0.felt + $0.0.caused), ($1.1, $1.0.felt + $1.0.caused))
    }
  }

  private static func isBefore(_ a: (Count, String), _ b: (Count, String)) -> Bool {
    (b.0.urgent, b.0.all, a.1) < (a.0.urgent, a.0.all, b.1)
  }
}
