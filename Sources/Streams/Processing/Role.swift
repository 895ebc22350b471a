// Owns what a role is to the runtime: its topics, its group, how to make its processor, and how to
// compile the broadcast it follows.

/// Something that a role counts: what, and of which kind (`decision`, `opened`).
public struct RoleCounter: Sendable, Hashable {
  public let name: String
  public let word: String

  public init(_ name: String, _ word: String) {
    self.name = name
    self.word = word
  }
}

/// Something about a role's tasks that goes up and down, by its name (`open-cases`).
public struct RoleGauge: Sendable, Hashable {
  public let name: String

  public init(_ name: String) { self.name = name }
}

/// The topics and the identity of a role. All names are physical (with prefix).
public struct RoleDefinition: Sendable, Hashable {
  /// The role's name, for reports and dead letters: `intake`.
  public var name: String
  /// The consumer group, one for each role of a deployment.
  public var group: String
  /// The topics it reads. A stateful role reads exactly one.
  public var sources: [String]
  /// The topics it publishes to; `OutputTopic(index:)` indexes this list.
  public var outputs: [String]
  /// Where refused records go. Nil: the role refuses nothing, and a refusal stops the partition.
  public var deadLetters: String?
  /// The compacted topic that holds the role's state, with as many partitions as its source. Nil: stateless.
  public var changelog: String?
  /// The one-partition topic every replica follows from its start. Nil: nothing is followed.
  public var broadcast: String?
  /// What the role counts beside what every role does; `TaskContext.count` indexes this list.
  public var counters: [RoleCounter] = []
  /// The fingerprint of the layout (partition counts, key version, secret): at most 64 visible ASCII
  /// characters. A task whose header carries another one refuses to start. Empty: not checked.
  public var layout: String
  /// How often its workers tell their progress. Nil, the default: never.
  public var progress: ProgressRule?
  /// Whether its processor looks at the headers of records. Default: true. A role that refuses records has to, since
  /// they go to dead letters whole.
  public var readsHeaders = true

  public init(
    name: String, group: String, sources: [String], outputs: [String] = [], deadLetters: String? = nil,
    changelog: String? = nil, broadcast: String? = nil, layout: String = "",
    progress: ProgressRule? = nil
  ) {
    self.name = name
    self.group = group
    self.sources = sources
    self.outputs = outputs
    self.deadLetters = deadLetters
    self.changelog = changelog
    self.broadcast = broadcast
    self.layout = layout
    self.progress = progress
  }

  /// True when the role keeps state: then it has a changelog.
  public var isStateful: Bool { changelog != nil }

  /// What is wrong with the definition itself, or nil.
  var mistake: String? {
    if sources.isEmpty { return "role \(name) reads no topic" }
    if isStateful && sources.count != 1 {
      return "role \(name) keeps state, so it has to read exactly one topic, not \(sources.count)"
    }
    if deadLetters != nil && !readsHeaders {
      return "role \(name) refuses records, so it has to read their headers"
    }
    if layout.utf8.count > 64 || layout.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7f }) {
      return "role \(name): the layout fingerprint is not 1 to 64 visible ASCII characters"
    }
    return nil
  }
}

/// A role the runtime can run: its definition and the code behind it.
public struct Role<P: Processor>: Sendable {
  public let definition: RoleDefinition
  /// Called once for each worker, on its thread.
  package let makeProcessor: @Sendable () -> P
  /// Turns a broadcast record into the value processors see. The bytes are borrowed for the call.
  let compile: @Sendable (UnsafeRawBufferPointer, Int64) throws -> P.Broadcast
  /// The broadcast value where nothing is followed.
  let constant: P.Broadcast?

  /// A role that follows a broadcast topic.
  ///
  /// - Parameters:
  ///   - compile: Called with a record's value and its offset, which is the epoch. An error halts the
  ///     worker; its description is reported, so it must carry no secret. Records that a later one
  ///     has superseded before the worker came to them are not compiled.
  ///   - processor: Makes the processor of one worker.
  public init(
    _ definition: RoleDefinition,
    compile: @escaping @Sendable (UnsafeRawBufferPointer, Int64) throws -> P.Broadcast,
    processor: @escaping @Sendable () -> P
  ) {
    self.definition = definition
    self.compile = compile
    self.makeProcessor = processor
    self.constant = nil
  }

  /// A role that follows nothing: processors see `broadcast`, always, under epoch 0.
  public init(
    _ definition: RoleDefinition, broadcast: P.Broadcast, processor: @escaping @Sendable () -> P
  ) {
    var definition = definition
    definition.broadcast = nil
    self.definition = definition
    self.compile = { _, _ in broadcast }
    self.makeProcessor = processor
    self.constant = broadcast
  }
}

extension Role where P.Broadcast == Void {
  /// A role that follows nothing.
  public init(_ definition: RoleDefinition, processor: @escaping @Sendable () -> P) {
    self.init(definition, broadcast: (), processor: processor)
  }
}
