// Owns sums and differences that cannot trap.

/// The sum, held at the ends of the range.
@inline(__always)
func plus(_ a: Int64, _ b: Int64) -> Int64 {
  let (value, overflow) = a.addingReportingOverflow(b)
  return overflow ? (b < 0 ? Int64.min : Int64.max) : value
}

/// The difference, held at the ends of the range.
@inline(__always)
func minus(_ a: Int64, _ b: Int64) -> Int64 {
  let (value, overflow) = a.subtractingReportingOverflow(b)
  return overflow ? (b < 0 ? Int64.max : Int64.min) : value
}

/// `whole` × `part` / `of`, rounded up; 0 ≤ part ≤ of, 0 < of, 0 ≤ whole, so it is between 0 and `whole`.
func share(of whole: Int64, _ part: Int64, _ of: Int64) -> Int64 {
  guard whole > 0, part > 0, of > 0 else { return 0 }
  if part >= of { return whole }
  let product = whole.magnitude.multipliedFullWidth(by: part.magnitude)
  let (quotient, rest) = of.magnitude.dividingFullWidth((product.high, product.low))
  return Int64(quotient) + (rest == 0 ? 0 : 1)
}
