// Owns what a condition is once it is sound: clauses in a fixed order, values sorted.

/// Every clause must hold and no exception may. Without clauses it takes everything.
public struct Condition: Codable, Sendable, Hashable {
  /// In the order of `Attribute.allCases`, one for each attribute at most (two where an inner rule adds to its outer).
  public var clauses: [Clause]
  /// A condition that takes what all of these leave.
  public var except: [Condition]

  /// Any of the values (sorted), or within any of the ranges.
  public struct Clause: Codable, Sendable, Hashable {
    public var attribute: Attribute
    public var values: [String]
    public var ranges: [Range]

    public init(_ attribute: Attribute, values: [String] = [], ranges: [Range] = []) {
      self.attribute = attribute
      self.values = values
      self.ranges = ranges
    }
  }

  /// Thousandths, both ends included.
  public struct Range: Codable, Sendable, Hashable {
    public var from: Int64
    public var to: Int64
    public init(from: Int64, to: Int64) {
      self.from = from
      self.to = to
    }
  }

  public init(_ clauses: [Clause] = [], except: [Condition] = []) {
    self.clauses = clauses
    self.except = except
  }

  public var takesEverything: Bool { clauses.isEmpty && except.isEmpty }
}

extension Attribute {
  /// Its place among all attributes.
  var order: Int { Self.positions[self] ?? 0 }
  private static let positions = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
