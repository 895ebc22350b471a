// Owns the comparison of records field by field: everything a value holds, as text, borrowed texts among it.
import Events

/// The value's fields at every depth, in the order of their declaration; a field added later is compared too.
func reflected(_ value: Any) -> String {
  if let slice = value as? ByteSlice { return "\"\(slice.string)\"" }
  let mirror = Mirror(reflecting: value)
  if mirror.children.isEmpty { return "\(value)" }
  return "(" + mirror.children.map { "\($0.label ?? "")=\(reflected($0.value))" }.joined(separator: " ") + ")"
}
