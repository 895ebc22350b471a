// Owns who should read which partition: balanced, and as little moved as balance allows.

/// The decision of a group's leader, as the cooperative-sticky assignor makes it: pure, same input same answer.
enum StickyAssignment {
  struct Candidate {
    /// Partitions of the topics it subscribes to, ascending.
    var eligible: [Int]
    /// What it has now, ascending.
    var owned: [Int]
  }

  /// What each candidate should have, ascending; in the order of the candidates.
  static func balance(_ candidates: [Candidate]) -> [[Int]] {
    var result = [[Int]](repeating: [], count: candidates.count)
    let eligible = candidates.map { Set($0.eligible) }
    var owner: [Int: Int] = [:]
    for (index, candidate) in candidates.enumerated() {
      for partition in candidate.owned where eligible[index].contains(partition) && owner[partition] == nil {
        owner[partition] = index
        result[index].append(partition)
      }
    }
    for partition in Set(candidates.flatMap(\.eligible)).sorted() where owner[partition] == nil {
      let takers = candidates.indices.filter { eligible[$0].contains(partition) }
      guard let taker = takers.min(by: { (result[$0].count, $0) < (result[$1].count, $1) }) else { continue }
      result[taker].append(partition)
    }
    while let move = unbalancedPair(result, eligible) {
      result[move.from].remove(at: move.index)
      result[move.to].append(move.partition)
    }
    for index in result.indices { result[index].sort() }
    return result
  }

  /// A partition of a fuller member that an emptier one may read, where moving it narrows the difference.
  private static func unbalancedPair(_ result: [[Int]], _ eligible: [Set<Int>])
    -> (from: Int, to: Int, index: Int, partition: Int)?
  {
    let emptiestFirst = result.indices.sorted { (result[$0].count, $0) < (result[$1].count, $1) }
    for to in emptiestFirst {
      for from in emptiestFirst.reversed() where result[from].count > result[to].count + 1 {
        // The last ones move: a member keeps its lowest partitions.
        if let index = result[from].lastIndex(where: eligible[to].contains) {
          return (from, to, index, result[from][index])
        }
      }
    }
    return nil
  }
}
