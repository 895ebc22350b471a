// Owns sums and differences that cannot trap.

/// The sum, held at the ends of the range.
@inlinable @inline(__always)
package func plus(_ a: Int64, _ b: Int64) -> Int64 {
  let (value, overflow) = a.addingReportingOverflow(b)
  return overflow ? (b < 0 ? Int64.min : Int64.max) : value
}

/// The difference, held at the ends of the range.
@inlinable @inline(__always)
package func minus(_ a: Int64, _ b: Int64) -> Int64 {
  let (value, overflow) = a.subtractingReportingOverflow(b)
  return overflow ? (b < 0 ? Int64.max : Int64.min) : value
}
