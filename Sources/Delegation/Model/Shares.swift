// Owns parts of a whole that cannot trap.

/// `whole` × `part` / `of`, rounded up; 0 ≤ part ≤ of, 0 < of, 0 ≤ whole, so it is between 0 and `whole`.
func share(of whole: Int64, _ part: Int64, _ of: Int64) -> Int64 {
  guard whole > 0, part > 0, of > 0 else { return 0 }
  if part >= of { return whole }
  let product = whole.magnitude.multipliedFullWidth(by: part.magnitude)
  let (quotient, rest) = of.magnitude.dividingFullWidth((product.high, product.low))
  return Int64(quotient) + (rest == 0 ? 0 : 1)
}
