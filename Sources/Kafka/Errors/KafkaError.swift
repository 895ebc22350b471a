// Owns the one error type of the Kafka layer: code, class and a description without payload.

/// What the caller may still do after an error. The class decides, never the code.
///
/// Source: librdkafka's INTRODUCTION.md, "Transactional producer API": an error that is neither
/// retriable nor abortable is fatal, flagged or not.
public enum ErrorClass: Sendable, Hashable {
  /// The same call with the same arguments may succeed later.
  case retriable
  /// The open transaction must be aborted and its input read again.
  case abortable
  /// Another instance took over: this producer is dead, its work belongs to somebody else.
  case fenced
  /// This client instance is finished and has to be destroyed.
  case fatal
}

/// An error of the Kafka layer. It never carries a key, a value or a secret.
public struct KafkaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Which error it is.
  public let code: Code
  /// What the caller may still do.
  public let errorClass: ErrorClass
  /// What was attempted, in a few words: `commit transaction`, `create topic signals`.
  public let operation: String
  /// What went wrong, in librdkafka's words.
  public let reason: String

  public init(code: Code, errorClass: ErrorClass, operation: String, reason: String) {
    self.code = code
    self.errorClass = errorClass
    self.operation = operation
    self.reason = reason
  }

  /// `commit transaction: Local: This instance has been fenced (_FENCED, fenced)`
  public var description: String { "\(operation): \(reason) (\(code), \(errorClass))" }
}

extension KafkaError {
  /// The record itself was refused, and would be again: aborting and reading the input once more leads
  /// back here. The output has to be made smaller, or its input sent to dead letters.
  public var isOutputRefused: Bool {
    code == .messageTooLarge || code == .invalidRecord || code == .recordListTooLarge
  }

  /// The principal lacks a right, or could not prove who it is: retrying changes nothing.
  public var isAuthorization: Bool { code.isAuthorization }
}
