// Owns exactly one `rd_kafka_t`: its creation, the order of its destruction, and the deadline for it.
import CRDKafka
import Dispatch

/// A box around one client handle and its context.
///
/// Destroy order (librdkafka#3143, #775): messages, events and lists first, then topic handles, then queues, then
/// the handle, then the context that its callbacks point to. A live one of the former makes
/// `rd_kafka_destroy` wait for ever.
///
/// `destroy` must be called by the owner. Deinitialisation may run on any thread, also one of the cooperative
/// pool, and destroying a handle joins threads: there a forgotten handle is only handed to the reaper.
@usableFromInline
final class Client {
  @usableFromInline let handle: OpaquePointer
  @usableFromInline let context: ClientContext
  private var isDestroyed = false
  /// While true, the handle is left behind instead of destroyed: before 2.3.0, destroying a member that its group has
  /// begun to take in and not yet given an assignment aborts the process (librdkafka#4312, #4381; met on 2.0.2 by a
  /// SIGTERM right after a start). It has left the group by then, and costs some idle threads.
  var isJoining = false

  /// How long the destruction of a handle may take before the process goes on without it: a deadlock with
  /// unreachable leaders is open (librdkafka#5476). The handle is then leaked, and said to the observer.
  static let destroyDeadline = DispatchTimeInterval.seconds(15)

  /// Opens a client.
  ///
  /// - Throws: `KafkaError`, fatal, when librdkafka refuses a property or their combination.
  init(_ configuration: Configuration, _ role: ClientRole) throws(KafkaError) {
    let operation = "open \(role.name)"
    let conf = rd_kafka_conf_new()!
    var text = [CChar](repeating: 0, count: 512)
    for property in configuration.properties(for: role) {
      let value =
        switch property.value {
        case .text(let text): text
        case .secret(let secret): secret.reveal()
        }
      guard rd_kafka_conf_set(conf, property.name, value, &text, text.count) == RD_KAFKA_CONF_OK else {
        rd_kafka_conf_destroy(conf)
        // librdkafka may quote the value: for a secret only its name is said.
        let reason = if case .secret = property.value { "not accepted" } else { String(nulTerminated: text) }
        throw KafkaError(
          code: .invalidArgument, errorClass: .fatal, operation: operation,
          reason: "\(property.name): \(reason)")
      }
    }
    let usesOAuth = configuration.security.sasl?.usesTokens ?? false
    rd_kafka_conf_enable_sasl_queue(conf, usesOAuth ? 1 : 0)

    context = ClientContext(observer: configuration.observer)
    context.install(in: conf, role)
    let kind = role.isProducer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
    guard let handle = rd_kafka_new(kind, conf, &text, text.count) else {
      // Only a refused configuration stays the caller's.
      rd_kafka_conf_destroy(conf)
      throw KafkaError(
        code: .invalidArgument, errorClass: .fatal, operation: operation,
        reason: String(nulTerminated: text))
    }
    self.handle = handle
    // Lines go to the main queue, which every poll serves.
    rd_kafka_set_log_queue(handle, nil)
    if kind == RD_KAFKA_CONSUMER { rd_kafka_poll_set_consumer(handle) }
    if usesOAuth, let failure = rd_kafka_sasl_background_callbacks_enable(handle) {
      // A blocking call such as init_transactions would otherwise wait for a token that only its own thread
      // could fetch.
      let error = KafkaError(consuming: failure, operation, phase: .query)
      destroy()
      throw error
    }
  }

  /// Destroys the handle on a thread of its own and waits for it up to the deadline. Everything that
  /// belongs to the handle must be gone.
  func destroy() {
    guard !isDestroyed else { return }
    isDestroyed = true
    if isJoining {
      leaveBehind()
      context.observer?.log(
        ClientLogLine(
          level: .notice, client: "", facility: "DESTROY",
          text: "a member that was still joining is left behind (librdkafka#4312)"))
      return
    }
    let finished = Reaper.destroy(handle, context)
    if finished.wait(timeout: .now() + Self.destroyDeadline) == .timedOut {
      context.observer?.log(
        ClientLogLine(
          level: .critical, client: "", facility: "DESTROY",
          text: "client not destroyed within its deadline; left behind (librdkafka#5476)"))
    }
  }

  /// The handle lives on, and so must the context that its callbacks point to.
  private func leaveBehind() { _ = Unmanaged.passRetained(context) }

  deinit {
    guard !isDestroyed else { return }
    if isJoining { leaveBehind() } else { _ = Reaper.destroy(handle, context) }
  }
}

/// Destroys handles away from the thread that had them.
private enum Reaper {
  /// What the destroying thread keeps alive.
  ///
  /// Unchecked: ownership moves to that thread; the caller touches neither again.
  private struct Remains: @unchecked Sendable {
    let handle: OpaquePointer
    let context: ClientContext
  }

  static func destroy(_ handle: OpaquePointer, _ context: ClientContext) -> DispatchSemaphore {
    let remains = Remains(handle: handle, context: context)
    let finished = DispatchSemaphore(value: 0)
    DispatchQueue(label: "kafka.destroy").async {
      // Consumers were closed by their owner; doing it again would call back into nothing.
      rd_kafka_destroy_flags(remains.handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
      withExtendedLifetime(remains.context) {}
      finished.signal()
    }
    return finished
  }
}

extension ClientRole {
  /// For the operation of an error.
  var name: String {
    switch self {
    case .member(let group, _): "member of group \(group)"
    case .reader: "reader"
    case .producer(let id): "producer \(id)"
    case .admin: "admin client"
    }
  }
}

extension Configuration.SASL {
  var usesTokens: Bool {
    if case .clientCredentials = mechanism { true } else { false }
  }
}
