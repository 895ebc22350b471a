// Owns what a policy knows of the names that events carry: sites, touchpoints, journeys.
import Events

/// By symbol: one word may name a site and a touchpoint at once.
struct PlaceFacts: BitwiseCopyable, Sendable {
  var siteKind: Symbol = SymbolTable.unknown
  var siteCountry: Symbol = SymbolTable.unknown
  var siteWitness = ArenaText(start: nil, count: 0)
  /// The journey that the touchpoint belongs to.
  var journey: Symbol = SymbolTable.unknown
  /// Thousandths; -1 when the word names none.
  var touchpointWeight: Int64 = -1
  var journeyWeight: Int64 = -1

  /// One for each symbol there is by now; sites, touchpoints and journeys get theirs here.
  static func all(
    _ document: PolicyDocument, _ compiler: inout ConditionCompiler, _ arena: Arena
  ) -> [PlaceFacts] {
    var places: [Symbol: PlaceFacts] = [:]
    for site in document.sites {
      let symbol = compiler.symbols.symbol(site.id)
      places[symbol, default: PlaceFacts()].siteKind = compiler.symbols.symbol(site.kind)
      places[symbol, default: PlaceFacts()].siteCountry = compiler.symbols.symbol(site.country ?? "")
      places[symbol, default: PlaceFacts()].siteWitness = arena.text(site.witness ?? "")
    }
    for journey in document.journeys {
      let symbol = compiler.symbols.symbol(journey.id)
      places[symbol, default: PlaceFacts()].journeyWeight = journey.weight
      for touchpoint in journey.touchpoints {
        let own = compiler.symbols.symbol(touchpoint.id)
        places[own, default: PlaceFacts()].journey = symbol
        places[own, default: PlaceFacts()].touchpointWeight = touchpoint.weight
      }
    }
    return (0..<compiler.symbols.count).map { places[Symbol(clamping: $0)] ?? PlaceFacts() }
  }
}

/// The symbols of the words that the wire contracts fix, so that no event has to be looked up for them.
struct ClosedSymbols: Sendable {
  private let kinds: Table<Symbol>
  private let respondents: Table<Symbol>
  private let severities: Table<Symbol>
  private let statuses: Table<Symbol>

  init(_ compiler: inout ConditionCompiler, _ arena: Arena) {
    kinds = arena.table(EventKind.allCases.map { compiler.symbols.symbol($0.rawValue) })
    respondents = arena.table(Respondent.allCases.map { compiler.symbols.symbol($0.rawValue) })
    severities = arena.table(Severity.allCases.map { compiler.symbols.symbol($0.rawValue) })
    statuses = arena.table(IncidentStatus.allCases.map { compiler.symbols.symbol($0.rawValue) })
  }

  // Each switch follows its type's `allCases`, which the tables above are made from.
  @inline(__always) var feedback: Symbol { kinds[0] }
  @inline(__always) var incident: Symbol { kinds[1] }

  @inline(__always) func symbol(_ respondent: Respondent) -> Symbol {
    switch respondent {
    case .customer: respondents[0]
    case .employee: respondents[1]
    case .partner: respondents[2]
    }
  }

  @inline(__always) func symbol(_ severity: Severity) -> Symbol {
    switch severity {
    case .low: severities[0]
    case .medium: severities[1]
    case .high: severities[2]
    case .critical: severities[3]
    }
  }

  @inline(__always) func symbol(_ status: IncidentStatus) -> Symbol {
    switch status {
    case .open: statuses[0]
    case .update: statuses[1]
    case .resolved: statuses[2]
    }
  }
}
