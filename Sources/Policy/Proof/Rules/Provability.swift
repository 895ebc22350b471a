// Owns whether a draft's rules can be proven at all: what could not be read could match anything.

extension PolicyDraft {
  /// Whether every condition was read whole, and the sites, journeys and tables that they speak of. Wrong names do
  /// not matter: they are said, and match nothing. Call before files are checked against each other.
  func isProvable(_ findings: Findings) -> Bool {
    let read = [OwnershipFile.name, SitesFile.name, JourneysFile.name]
    return unread.isDisjoint(with: read) && ownership.rules.allSatisfy(\.isWhole)
      && ownership.witness.rules.allSatisfy { $0.when?.isWhole ?? true }
      && !findings.hasError { finding in
        finding.file.hasSuffix(".csv") && finding.file != directoryTable
          || [SitesFile.name, JourneysFile.name].contains(finding.file)
      }
  }
}

extension RuleDraft {
  fileprivate var isWhole: Bool { (when?.isWhole ?? true) && rules.allSatisfy(\.isWhole) }
}
