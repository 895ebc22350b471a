// Owns the kinds of client that can be opened, and what each needs to be told beside the configuration.

/// What a client is for. Decides which properties it gets.
enum ClientRole: Sendable, Hashable {
  /// A member of a consumer group: read committed, cooperative-sticky.
  case member(group: String, instanceID: String?)
  /// A consumer outside of any group's assignment.
  case reader(group: String, Isolation)
  /// A transactional producer.
  case producer(transactionalID: String)
  /// Requests only.
  case admin

  var isProducer: Bool {
    if case .producer = self { true } else { false }
  }
}
