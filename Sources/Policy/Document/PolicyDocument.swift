// Owns a policy's content once it is sound: normalised, every default filled, each rule with its place.
import Privacy

/// What a policy decides by. Two sets of files that mean the same at the same places give equal documents; the
/// revision is the hash of this.
public struct PolicyDocument: Codable, Sendable, Hashable {
  public var teams: [Team]
  public var sites: [Site]
  public var journeys: [Journey]
  public var rules: [Rule]
  public var unrouted: Unrouted
  public var witness: Witness
  public var scoring: Scoring
  public var redaction: RedactionRules
  /// Of calendars.yaml; `always` exists beside them.
  public var calendars: [Calendar] = []
  /// Of people.yaml; empty when there is no directory.
  public var people: [Person] = []
  /// Of ladders.yaml, and `standard` in any case; empty in a policy of before there were ladders.
  public var ladders: [Ladder] = []
  /// Of cases.yaml; nil in a policy of before there were cases, which has the defaults.
  public var cases: Cases?
  /// Of delegation.yaml; nil where nobody may say yes.
  public var delegation: Delegation?

  public struct Team: Codable, Sendable, Hashable {
    public var id: String
    public var name: String
    /// The role that answers for it; nil for a subcontractor.
    public var accountable: String?
    /// The team it works for; nil for a team of ours.
    public var subcontractorOf: String?
    public var calendar: String
    public var onCall: String?
    /// What its cases climb; nil for the ladder `standard`.
    public var ladder: String? = nil
  }

  public struct Site: Codable, Sendable, Hashable {
    public var id: String
    public var name: String
    public var kind: String
    public var country: String?
    public var zone: String
    public var witness: String?
  }

  public struct Journey: Codable, Sendable, Hashable {
    public var id: String
    public var name: String
    /// Thousandths.
    public var weight: Int64
    public var touchpoints: [Touchpoint]
  }

  public struct Touchpoint: Codable, Sendable, Hashable {
    public var id: String
    public var name: String
    /// Thousandths.
    public var weight: Int64
  }

  /// Where something was written: what a person looks up.
  public struct Position: Codable, Sendable, Hashable {
    public var file: String
    public var line: Int
  }
}

// MARK: Ownership

extension PolicyDocument {
  /// Decides when its condition holds and no inner rule does; or stands for a table's rows.
  public struct Rule: Codable, Sendable, Hashable {
    public var at: Position
    public var when: Condition
    /// Inherited already; empty for a look-up.
    public var owner: String
    public var worker: String?
    public var rules: [Rule]
    public var lookup: Lookup?
  }

  public struct Unrouted: Codable, Sendable, Hashable {
    public var at: Position
    public var owner: String
    public var worker: String?
  }

  public struct Witness: Codable, Sendable, Hashable {
    /// Whether the site's witness is asked when no rule holds.
    public var bySite: Bool
    public var rules: [WitnessRule]
  }

  public struct WitnessRule: Codable, Sendable, Hashable {
    public var at: Position
    public var when: Condition
    public var team: String
  }

  public struct Lookup: Codable, Sendable, Hashable {
    public var file: String
    public var columns: [Attribute]
    public var rows: [Row]
  }

  /// Encoded as one array, since tables are long: line, owner, worker, cells; empty text for none.
  public struct Row: Codable, Sendable, Hashable {
    public var line: Int
    public var owner: String
    public var worker: String?
    /// One for each column; nil takes any value.
    public var cells: [String?]

    public init(line: Int, owner: String, worker: String?, cells: [String?]) {
      self.line = line
      self.owner = owner
      self.worker = worker
      self.cells = cells
    }

    public init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      line = try values.decode(Int.self)
      owner = try values.decode(String.self)
      let worker = try values.decode(String.self)
      self.worker = worker.isEmpty ? nil : worker
      cells = []
      while !values.isAtEnd {
        let cell = try values.decode(String.self)
        cells.append(cell.isEmpty ? nil : cell)
      }
    }

    public func encode(to encoder: any Encoder) throws {
      var values = encoder.unkeyedContainer()
      try values.encode(line)
      try values.encode(owner)
      try values.encode(worker ?? "")
      for cell in cells { try values.encode(cell ?? "") }
    }
  }
}

// MARK: Scoring

extension PolicyDocument {
  public struct Scoring: Codable, Sendable, Hashable {
    /// Points that every event starts with.
    public var base: Int32
    public var points: [Points]
    public var cuts: Cuts
  }

  /// The least score of each priority; below P3 is P4.
  public struct Cuts: Codable, Sendable, Hashable {
    public var p1: Int32
    public var p2: Int32
    public var p3: Int32
  }

  /// A named contribution: `add`, or `from` with a map or a factor; at most `cap` points either way.
  public struct Points: Codable, Sendable, Hashable {
    public var at: Position
    public var name: String
    public var when: Condition
    public var add: Int32?
    public var from: Attribute?
    /// Straight lines between these, flat beyond the ends; x in thousandths, ascending.
    public var line: [LinePoint]
    /// Exact words, sorted.
    public var words: [WordPoint]
    /// Thousandths of a point for each unit.
    public var times: Int64?
    public var cap: Int32
  }

  public struct LinePoint: Codable, Sendable, Hashable {
    public var x: Int64
    public var points: Int32
  }

  public struct WordPoint: Codable, Sendable, Hashable {
    public var word: String
    public var points: Int32
  }
}
