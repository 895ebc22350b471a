// Owns the crossing of errors from C: error objects are read and destroyed, codes become errors.
import CRDKafka

extension KafkaError {
  /// Consumes an error object. Every one must be destroyed by its receiver: bindings leak them easily.
  init(consuming object: OpaquePointer, _ operation: String, phase: ErrorPhase = .transaction) {
    defer { rd_kafka_error_destroy(object) }
    self.init(reading: object, operation, phase: phase)
  }

  /// Reads an error object that belongs to somebody else, such as the result of an admin request.
  init(reading object: OpaquePointer, _ operation: String, phase: ErrorPhase) {
    var flags: ErrorFlags = []
    if rd_kafka_error_is_retriable(object) != 0 { flags.insert(.retriable) }
    if rd_kafka_error_txn_requires_abort(object) != 0 { flags.insert(.requiresAbort) }
    if rd_kafka_error_is_fatal(object) != 0 { flags.insert(.fatal) }
    let code = Code(rd_kafka_error_code(object))
    self.init(
      code: code, errorClass: .classify(code: code, flags: flags, phase: phase),
      operation: operation, reason: String(cString: rd_kafka_error_string(object)))
  }

  /// An error of which only the code is known.
  init(_ code: rd_kafka_resp_err_t, _ operation: String, phase: ErrorPhase, reason: String? = nil) {
    let code = Code(code)
    self.init(
      code: code, errorClass: .classify(code: code, flags: [], phase: phase), operation: operation,
      reason: reason ?? code.explanation)
  }

  /// As above, but where `_FATAL` only says that something fatal happened earlier, tells what it was.
  init(
    _ code: rd_kafka_resp_err_t, _ operation: String, phase: ErrorPhase, client: OpaquePointer,
    reason: String? = nil
  ) {
    guard code == RD_KAFKA_RESP_ERR__FATAL else {
      self.init(code, operation, phase: phase, reason: reason)
      return
    }
    var text = [CChar](repeating: 0, count: 512)
    let cause = Code(rd_kafka_fatal_error(client, &text, text.count))
    self.init(
      code: cause, errorClass: .classify(code: cause, flags: .fatal, phase: phase), operation: operation,
      reason: String(nulTerminated: text))
  }
}

extension String {
  /// The text up to the first NUL, which C fills buffers with.
  init(nulTerminated buffer: [CChar]) {
    self = buffer.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
