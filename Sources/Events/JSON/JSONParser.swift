// Owns the one C parser of a decoder, and turns its verdicts into refusals.
import CSimdJSON

/// A simdjson parser. Owns exactly one C handle, destroyed with it; a parsed document borrows from it until
/// the next `parse`.
struct JSONParser: ~Copyable {
  private let handle: OpaquePointer
  private let limits: DecodingLimits

  init(_ limits: DecodingLimits) {
    guard let handle = csj_create(limits.maxBytes, limits.maxDepth) else {
      fatalError("no memory for a JSON parser: nothing could be decoded without one")
    }
    self.handle = handle
    self.limits = limits
  }

  deinit { csj_destroy(handle) }

  /// Validates all of the text, UTF-8 included.
  func parse(_ bytes: UnsafeRawBufferPointer) throws(EventRefusal) -> JSONDocument {
    guard let start = bytes.baseAddress, bytes.count > 0 else { throw refusal(of: csj_empty, bytes) }
    var document = csj_document()
    let status = csj_parse(handle, start, bytes.count, &document)
    guard status == csj_ok, let tape = document.tape, let strings = document.strings else {
      throw refusal(of: status, bytes)
    }
    return JSONDocument(tape: tape, strings: UnsafeRawPointer(strings))
  }

  @inline(never)
  private func refusal(of status: csj_status, _ bytes: UnsafeRawBufferPointer) -> EventRefusal {
    switch status {
    case csj_empty:
      EventRefusal(.empty, field: "", reason: "the value is empty")
    case csj_too_large:
      EventRefusal(.tooLarge, field: "", reason: "is larger than \(limits.maxBytes) bytes")
    case csj_too_deep: tooDeep
    case csj_invalid_utf8:
      EventRefusal(
        .invalidUTF8, field: "",
        reason: "is not valid UTF-8" + (JSONFault.invalidUTF8(in: bytes).map { " at byte \($0)" } ?? ""))
    case csj_no_memory:
      EventRefusal(.tooLarge, field: "", reason: "there is not enough memory to read it")
    default: malformed(bytes)
    }
  }

  /// Looks for the place. Where this search finds nothing wrong, simdjson's verdict stands without one.
  private func malformed(_ bytes: UnsafeRawBufferPointer) -> EventRefusal {
    guard let fault = JSONFault.find(in: bytes, depth: limits.maxDepth) else {
      return EventRefusal(.invalidJSON, field: "", reason: "is not one complete JSON value")
    }
    switch fault.kind {
    case .syntax(let what):
      return EventRefusal(.invalidJSON, field: fault.field, reason: "\(what) at byte \(fault.offset)")
    case .number:
      return EventRefusal(
        .outOfRange, field: fault.field,
        reason: "is beyond 64 bits or a double's range at byte \(fault.offset)")
    case .depth: return tooDeep
    }
  }

  private var tooDeep: EventRefusal {
    EventRefusal(.tooDeep, field: "", reason: "is nested deeper than \(limits.maxDepth) levels")
  }
}

/// What a decoder accepts before it looks at any field.
public struct DecodingLimits: Sendable, Hashable {
  /// Bytes of the whole value. Default 8 MiB: a text of 1 MiB, each character escaped, still fits.
  public var maxBytes: Int
  /// Levels of nesting. Default 64; the contracts need 4.
  public var maxDepth: Int

  public init(maxBytes: Int = 8 << 20, maxDepth: Int = 64) {
    self.maxBytes = maxBytes
    self.maxDepth = maxDepth
  }
}
