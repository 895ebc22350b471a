// Owns what casework asks of the rest of a policy: weights, cuts, and who owns what nobody thought of.
import Events

extension CompiledPolicy {
  /// Points that every event starts with.
  public var basePoints: Int32 { base }

  /// The priority of a score by the policy's cuts.
  public func priority(ofScore score: Int32) -> Priority { Points.priority(of: score, cuts) }

  /// The owner of what no rule takes.
  public var unroutedOwner: ByteSlice { unrouted.owner.slice }

  /// How much a touchpoint weighs, in thousandths; 1,000 for one that the policy does not have.
  public func weight(ofTouchpoint touchpoint: ByteSlice) -> Int64 {
    let symbol = symbols.find(touchpoint)
    guard symbol != SymbolTable.unknown, Int(symbol) < places.count else { return 1_000 }
    let weight = places[symbol].touchpointWeight
    return weight < 0 ? 1_000 : weight
  }
}
