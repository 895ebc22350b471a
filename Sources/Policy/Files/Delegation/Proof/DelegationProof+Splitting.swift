// Owns naming how one remedy made into several would go around a limit.

extension DelegationProof {
  /// With an example from the first grant.
  func reportSplitting() {
    guard let grant = delegation.grants.first, let upTo = grant.upTo?.value else { return }
    let twice = Amount(minor: upTo.minor * 2, currency: upTo.currency).text
    let example = "two times \(upTo.text) by \(grantName(0)) is \(twice), and nobody is asked"
    let split = delegation.split
    if let within = split.within, within.value.elapsed == 0 {
      findings.warning(within.place, "one remedy made into several goes around every limit: \(example)")
    } else if let by = split.by, let first = by.first, !by.contains(where: { $0.value == "person" }) {
      findings.warning(
        first.place,
        "what one person asks for different cases is not added up: \(example); add \"person\"")
    }
  }
}
