// Owns consumer groups as seen from outside: who is in them, what they committed, and where they start.
import CRDKafka

/// What a coordinator says about a group.
public struct GroupDescription: Sendable, Hashable {
  /// One member.
  public struct Member: Sendable, Hashable {
    public var id: String
    public var clientID: String
    public var host: String
    /// Nil for a dynamic member.
    public var instanceID: String?
    public var partitions: [TopicPartition]
  }
  public var group: String
  /// `Stable`, `Empty`, `Dead` (no such group), `PreparingRebalance`, `CompletingRebalance`.
  public var state: String
  public var assignor: String
  /// Sorted by id.
  public var members: [Member]
}

extension Admin {
  /// The names of all groups, sorted.
  public func groups() throws(KafkaError) -> [String] {
    let answer = try request(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, "list groups") { options, queue in
      rd_kafka_ListConsumerGroups(client.handle, options, queue)
    }
    defer { withExtendedLifetime(answer) {} }
    let result = rd_kafka_event_ListConsumerGroups_result(answer.event)
    var count = 0
    if let failure = elements(rd_kafka_ListConsumerGroups_result_errors(result, &count), count).first {
      throw KafkaError(reading: failure, "list groups", phase: .query)
    }
    return elements(rd_kafka_ListConsumerGroups_result_valid(result, &count), count)
      .compactMap { rd_kafka_ConsumerGroupListing_group_id($0).map { String(cString: $0) } }.sorted()
  }

  /// A group and its members. A group nobody knows is `Dead` and empty.
  public func describe(group: String) throws(KafkaError) -> GroupDescription {
    try retrying { () throws(KafkaError) in try describeOnce(group) }
  }

  private func describeOnce(_ group: String) throws(KafkaError) -> GroupDescription {
    let answer = try request(RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, "describe group \(group)") {
      options, queue in
      group.withCString { name in
        var names: [UnsafePointer<CChar>?] = [name]
        rd_kafka_DescribeConsumerGroups(client.handle, &names, names.count, options, queue)
      }
    }
    defer { withExtendedLifetime(answer) {} }
    var count = 0
    let results = rd_kafka_DescribeConsumerGroups_result_groups(
      rd_kafka_event_DescribeConsumerGroups_result(answer.event), &count)
    guard let found = elements(results, count).first else {
      return GroupDescription(group: group, state: "Dead", assignor: "", members: [])
    }
    if let failure = rd_kafka_ConsumerGroupDescription_error(found) {
      throw KafkaError(reading: failure, "describe group \(group)", phase: .query)
    }
    let members = (0..<rd_kafka_ConsumerGroupDescription_member_count(found)).compactMap {
      rd_kafka_ConsumerGroupDescription_member(found, $0).map(GroupDescription.Member.init)
    }
    return GroupDescription(
      group: group,
      state: String(
        cString: rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupDescription_state(found))),
      assignor: rd_kafka_ConsumerGroupDescription_partition_assignor(found)
        .map { String(cString: $0) } ?? "",
      members: members.sorted { $0.id < $1.id })
  }

  /// What a group committed, with its metadata; stable offsets only. Absent where it committed nothing.
  ///
  /// - Parameter partitions: nil for all the group knows.
  public func committed(
    group: String, _ partitions: [TopicPartition]? = nil
  ) throws(KafkaError) -> [TopicPartition: CommittedOffset] {
    if let partitions, partitions.isEmpty { return [:] }
    return try retrying { () throws(KafkaError) in try committedOnce(group, partitions) }
  }

  private func committedOnce(
    _ group: String, _ partitions: [TopicPartition]?
  ) throws(KafkaError) -> [TopicPartition: CommittedOffset] {
    let operation = "read committed offsets of group \(group)"
    let list = partitions.map { PartitionList($0) }
    var wanted: [OpaquePointer?] = [rd_kafka_ListConsumerGroupOffsets_new(group, list?.pointer)]
    defer { rd_kafka_ListConsumerGroupOffsets_destroy_array(&wanted, wanted.count) }
    let answer = try request(
      RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, operation,
      configure: { options in
        if let failure = rd_kafka_AdminOptions_set_require_stable_offsets(options, 1) {
          rd_kafka_error_destroy(failure)
        }
      },
      send: { options, queue in
        rd_kafka_ListConsumerGroupOffsets(client.handle, &wanted, wanted.count, options, queue)
      })
    defer { withExtendedLifetime((list, answer)) {} }
    var count = 0
    let results = rd_kafka_ListConsumerGroupOffsets_result_groups(
      rd_kafka_event_ListConsumerGroupOffsets_result(answer.event), &count)
    var offsets: [TopicPartition: CommittedOffset] = [:]
    for element in try partitionsOfGroup(elements(results, count), operation) {
      if let committed = CommittedOffset(element) { offsets[TopicPartition(element)] = committed }
    }
    return offsets
  }

  /// Commits offsets for a group that has no members: its first start.
  ///
  /// - Throws: fatal with `nonEmptyGroup` or `unknownMember` when somebody is in it.
  public func commit(
    group: String, _ offsets: [TopicPartition: CommittedOffset]
  ) throws(KafkaError) {
    guard !offsets.isEmpty else { return }
    try retrying { () throws(KafkaError) in try commitOnce(group, offsets) }
  }

  private func commitOnce(
    _ group: String, _ offsets: [TopicPartition: CommittedOffset]
  ) throws(KafkaError) {
    let operation = "commit start offsets of group \(group)"
    let list = PartitionList(offsets)
    var wanted: [OpaquePointer?] = [rd_kafka_AlterConsumerGroupOffsets_new(group, list.pointer)]
    defer { rd_kafka_AlterConsumerGroupOffsets_destroy_array(&wanted, wanted.count) }
    let answer = try request(RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, operation) { options, queue in
      rd_kafka_AlterConsumerGroupOffsets(client.handle, &wanted, wanted.count, options, queue)
    }
    defer { withExtendedLifetime((list, answer)) {} }
    var count = 0
    let results = rd_kafka_AlterConsumerGroupOffsets_result_groups(
      rd_kafka_event_AlterConsumerGroupOffsets_result(answer.event), &count)
    _ = try partitionsOfGroup(elements(results, count), operation)
  }

  /// The partitions of a result, unless the group or one of them failed.
  private func partitionsOfGroup(_ groups: [OpaquePointer], _ operation: String) throws(KafkaError)
    -> [rd_kafka_topic_partition_t]
  {
    var all: [rd_kafka_topic_partition_t] = []
    for group in groups {
      if let failure = rd_kafka_group_result_error(group) {
        throw KafkaError(reading: failure, operation, phase: .query)
      }
      guard let list = rd_kafka_group_result_partitions(group) else { continue }
      for element in UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt)) {
        guard element.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
          throw KafkaError(element.err, "\(operation): \(TopicPartition(element))", phase: .query)
        }
        all.append(element)
      }
    }
    return all
  }
}

extension GroupDescription.Member {
  fileprivate init(_ member: OpaquePointer) {
    func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
    id = text(rd_kafka_MemberDescription_consumer_id(member)) ?? ""
    clientID = text(rd_kafka_MemberDescription_client_id(member)) ?? ""
    host = text(rd_kafka_MemberDescription_host(member)) ?? ""
    instanceID = text(rd_kafka_MemberDescription_group_instance_id(member)).flatMap { $0.isEmpty ? nil : $0 }
    let list = rd_kafka_MemberDescription_assignment(member)
      .flatMap { rd_kafka_MemberAssignment_partitions($0) }
    partitions =
      list.map {
        UnsafeBufferPointer(start: $0.pointee.elems, count: Int($0.pointee.cnt)).map(TopicPartition.init)
      }?.sorted() ?? []
  }
}
