// Owns the short ways in which tests decode: text in, what a check needs out.
import Events

/// Decodes and hands the event to `read` while its bytes live.
func decode<Result>(
  _ kind: EventKind, _ bytes: [UInt8], headers: [(String, String)] = [],
  _ read: (Event) throws -> Result
) throws -> Result {
  let decoder = EventDecoder()
  return try bytes.withUnsafeBytes { value in
    try withHeaders(headers) { try read(try decoder.decode(kind, value: value, headers: $0)) }
  }
}

func decode<Result>(
  _ kind: EventKind, _ text: String, headers: [(String, String)] = [], _ read: (Event) throws -> Result
) throws -> Result {
  try decode(kind, Array(text.utf8), headers: headers, read)
}

/// The refusal of a value; nil when it was decoded.
func refusal(_ kind: EventKind, _ bytes: [UInt8], headers: [(String, String)] = []) -> EventRefusal? {
  do {
    try decode(kind, bytes, headers: headers) { _ in }
    return nil
  } catch {
    return error as? EventRefusal
  }
}

func refusal(_ kind: EventKind, _ text: String, headers: [(String, String)] = []) -> EventRefusal? {
  refusal(kind, Array(text.utf8), headers: headers)
}

private func withHeaders<Result>(
  _ headers: [(String, String)], _ body: (EventHeaders) throws -> Result
) throws -> Result {
  let all = headers.map { (Array($0.0.utf8), Array($0.1.utf8)) }
  var taken = EventHeaders()
  func step(_ index: Int) throws -> Result {
    guard index < all.count else { return try body(taken) }
    return try all[index].0.withUnsafeBytes { name in
      try all[index].1.withUnsafeBytes { value in
        taken.add(name: name, value: value)
        return try step(index + 1)
      }
    }
  }
  return try step(0)
}
