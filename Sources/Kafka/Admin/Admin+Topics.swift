// Owns creating and deleting topics.
import CRDKafka

/// A topic to create.
public struct NewTopic: Sendable, Hashable {
  public var name: String
  public var partitions: Int32
  /// Nil: the broker's default.
  public var replicationFactor: Int32?
  /// Topic properties: `cleanup.policy`, `retention.ms`, …
  public var configuration: [String: String]

  public init(
    name: String, partitions: Int32, replicationFactor: Int32? = nil, configuration: [String: String] = [:]
  ) {
    self.name = name
    self.partitions = partitions
    self.replicationFactor = replicationFactor
    self.configuration = configuration
  }
}

extension Admin {
  /// Creates topics, and waits until they can be used: the controller answers before brokers have heard.
  ///
  /// - Parameter validateOnly: asks the brokers whether they would, and creates nothing.
  /// - Throws: the first failure; `topicAlreadyExists` when there is one of that name. Topics before it in the
  ///   list may have been created.
  public func create(_ topics: [NewTopic], validateOnly: Bool = false) throws(KafkaError) {
    guard !topics.isEmpty else { return }
    var wanted: [OpaquePointer?] = []
    defer { rd_kafka_NewTopic_destroy_array(&wanted, wanted.count) }
    var text = [CChar](repeating: 0, count: 256)
    for topic in topics {
      let operation = "create topic \(topic.name)"
      // -1: the broker's default replication factor (KIP-464).
      guard
        let new = rd_kafka_NewTopic_new(
          topic.name, topic.partitions, topic.replicationFactor ?? -1, &text, text.count)
      else {
        throw KafkaError(
          RD_KAFKA_RESP_ERR__INVALID_ARG, operation, phase: .query, reason: String(nulTerminated: text))
      }
      wanted.append(new)
      for (name, value) in topic.configuration.sorted(by: { $0.key < $1.key }) {
        let code = rd_kafka_NewTopic_set_config(new, name, value)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, operation, phase: .query) }
      }
    }
    let answer = try request(
      RD_KAFKA_ADMIN_OP_CREATETOPICS, "create topics",
      configure: { options in
        if validateOnly { rd_kafka_AdminOptions_set_validate_only(options, 1, nil, 0) }
      },
      send: { options, queue in
        rd_kafka_CreateTopics(client.handle, &wanted, wanted.count, options, queue)
      })
    defer { withExtendedLifetime(answer) {} }
    var count = 0
    let results = rd_kafka_CreateTopics_result_topics(
      rd_kafka_event_CreateTopics_result(answer.event), &count)
    try check(topicResults: elements(results, count), "create topic")
    if !validateOnly { for topic in topics { try awaitLeaders(of: topic.name) } }
  }

  private func awaitLeaders(of topic: String) throws(KafkaError) {
    let handle = try TopicHandle(client, topic)
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(Int64(timeout))
    while true {
      let metadata = try client.metadata(of: handle, timeout: timeout)
      if metadata.partitionCount != nil, metadata.isLed { return }
      guard clock.now < end else {
        throw KafkaError(
          RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, "create topic \(topic)", phase: .query,
          reason: "created, but without leaders so far")
      }
      sleepMilliseconds(20)
    }
  }

  /// Deletes topics with everything in them.
  public func delete(_ topics: [String]) throws(KafkaError) {
    guard !topics.isEmpty else { return }
    var unwanted: [OpaquePointer?] = topics.map { rd_kafka_DeleteTopic_new($0) }
    defer { rd_kafka_DeleteTopic_destroy_array(&unwanted, unwanted.count) }
    let answer = try request(RD_KAFKA_ADMIN_OP_DELETETOPICS, "delete topics") { options, queue in
      rd_kafka_DeleteTopics(client.handle, &unwanted, unwanted.count, options, queue)
    }
    defer { withExtendedLifetime(answer) {} }
    var count = 0
    let results = rd_kafka_DeleteTopics_result_topics(
      rd_kafka_event_DeleteTopics_result(answer.event), &count)
    try check(topicResults: elements(results, count), "delete topic")
  }
}
