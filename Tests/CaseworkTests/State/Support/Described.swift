// Owns the comparison of values that hold borrowed text: field by field, whatever fields there are.
import Events

/// Every field of a value by name, texts by their bytes: two values are equal when these are. A field that is added to
/// a type is compared from then on.
func described(_ value: Any) -> [String] {
  var lines: [String] = []
  describe(value, "", &lines)
  return lines
}

private func describe(_ value: Any, _ path: String, _ lines: inout [String]) {
  if let text = value as? ByteSlice {
    lines.append("\(path) = \(Array(text.bytes))")
    return
  }
  let mirror = Mirror(reflecting: value)
  if mirror.children.isEmpty {
    lines.append("\(path) = \(value)")
    return
  }
  for (index, child) in mirror.children.enumerated() {
    describe(child.value, "\(path).\(child.label ?? String(index))", &lines)
  }
}
