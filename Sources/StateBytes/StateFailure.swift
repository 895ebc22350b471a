// Owns the error of casework's state: bytes that this build cannot read, or an internal record that is none.

/// Why a task has to stop: its state was written by a later release or is damaged, or a record on an internal topic
/// is not what it has to be. Carries no payload.
public struct StateFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, and where one is known, what to do next.
  public let description: String

  package init(_ description: String) { self.description = description }

  package static func damaged(_ what: String) -> StateFailure {
    StateFailure("the state of \(what) cannot be read: its bytes are damaged")
  }

  package static func tooNew(_ what: String, format: UInt8, reader: UInt8) -> StateFailure {
    StateFailure(
      "the state of \(what) has format \(format) and needs a reader of format \(reader), this build reads "
        + "\(StateFormat.newestRead): deploy the release that wrote it, or a later one")
  }
}
