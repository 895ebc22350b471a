// Owns reading and changing the properties of topics.
import CRDKafka

/// One property of a topic as a broker reports it.
public struct TopicProperty: Sendable, Hashable {
  /// Where a value comes from.
  public enum Source: Sendable, Hashable {
    /// Set on this topic.
    case topic
    /// The cluster's or the broker's own setting.
    case broker
    /// Kafka's default.
    case builtIn
    case unknown
  }
  /// Nil where the broker hides it.
  public var value: String?
  public var source: Source
  public var isReadOnly: Bool
}

extension Admin {
  /// The properties of topics, by topic and name.
  public func configuration(of topics: [String]) throws(KafkaError) -> [String: [String: TopicProperty]] {
    guard !topics.isEmpty else { return [:] }
    var resources = topics.map { rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0) }
    defer { rd_kafka_ConfigResource_destroy_array(&resources, resources.count) }
    let answer = try request(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, "describe topics") { options, queue in
      rd_kafka_DescribeConfigs(client.handle, &resources, resources.count, options, queue)
    }
    defer { withExtendedLifetime(answer) {} }
    var count = 0
    let results = rd_kafka_DescribeConfigs_result_resources(
      rd_kafka_event_DescribeConfigs_result(answer.event), &count)
    var described: [String: [String: TopicProperty]] = [:]
    for resource in elements(results, count) {
      let name = try check(resource, "describe topic")
      var length = 0
      let entries = elements(rd_kafka_ConfigResource_configs(resource, &length), length)
      described[name] = Dictionary(
        entries.compactMap { entry in
          rd_kafka_ConfigEntry_name(entry).map { (String(cString: $0), TopicProperty(entry)) }
        }, uniquingKeysWith: { first, _ in first })
    }
    return described
  }

  /// Sets properties of a topic and leaves its others as they are.
  ///
  /// librdkafka before 2.2.0 has no incremental change: the request replaces everything that is set on the topic.
  /// So that is read first and sent along; two people changing one topic at the same moment can undo each other.
  public func alter(topic: String, _ changes: [String: String]) throws(KafkaError) {
    guard !changes.isEmpty else { return }
    let operation = "alter topic \(topic)"
    var all: [String: String] = [:]
    for (name, property) in try configuration(of: [topic])[topic] ?? [:] where property.source == .topic {
      all[name] = property.value
    }
    all.merge(changes) { _, new in new }

    var resources: [OpaquePointer?] = [rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic)]
    defer { rd_kafka_ConfigResource_destroy_array(&resources, resources.count) }
    for (name, value) in all.sorted(by: { $0.key < $1.key }) {
      let code = rd_kafka_ConfigResource_set_config(resources[0], name, value)
      guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, operation, phase: .query) }
    }
    let answer = try request(RD_KAFKA_ADMIN_OP_ALTERCONFIGS, operation) { options, queue in
      rd_kafka_AlterConfigs(client.handle, &resources, resources.count, options, queue)
    }
    defer { withExtendedLifetime(answer) {} }
    var count = 0
    let results = rd_kafka_AlterConfigs_result_resources(
      rd_kafka_event_AlterConfigs_result(answer.event), &count)
    for resource in elements(results, count) { _ = try check(resource, "alter topic") }
  }

  /// The resource's name, unless it failed.
  private func check(_ resource: OpaquePointer, _ operation: String) throws(KafkaError) -> String {
    let name = rd_kafka_ConfigResource_name(resource).map { String(cString: $0) } ?? ""
    let code = rd_kafka_ConfigResource_error(resource)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw KafkaError(
        code, "\(operation) \(name)", phase: .query,
        reason: rd_kafka_ConfigResource_error_string(resource).map { String(cString: $0) })
    }
    return name
  }
}

extension TopicProperty {
  fileprivate init(_ entry: OpaquePointer) {
    value = rd_kafka_ConfigEntry_value(entry).map { String(cString: $0) }
    isReadOnly = rd_kafka_ConfigEntry_is_read_only(entry) == 1
    source =
      switch rd_kafka_ConfigEntry_source(entry) {
      case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG: .topic
      case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_BROKER_CONFIG, RD_KAFKA_CONFIG_SOURCE_STATIC_BROKER_CONFIG,
        RD_KAFKA_CONFIG_SOURCE_DYNAMIC_DEFAULT_BROKER_CONFIG:
        .broker
      case RD_KAFKA_CONFIG_SOURCE_DEFAULT_CONFIG: .builtIn
      default: .unknown
      }
  }
}
