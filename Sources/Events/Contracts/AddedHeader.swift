// Owns the names of the headers that a command adds to a record that stands already.

/// A header that says where a command took the record from; each is declared in the AsyncAPI document.
public enum AddedHeader: String, CaseIterable, Sendable {
  /// Of an answer to a remedy that `resize` brought: the topic it stood on.
  case copiedFrom = "copied-from"
  /// Of an event that `dead-letters replay` sent again: its place on `dead-letters`, `partition:offset`.
  case replayedFrom = "replayed-from"
}
