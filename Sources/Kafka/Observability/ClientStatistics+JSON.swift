// Owns reading librdkafka's statistics text. Cold: once per interval, with the library's JSON decoder.
import FoundationEssentials

extension ClientStatistics {
  /// Reads one snapshot. Fields this version does not send keep their defaults.
  public init(json: UnsafeRawBufferPointer) throws(StatisticsError) {
    let raw: Raw
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      raw = try decoder.decode(Raw.self, from: Data(json))
    } catch {
      throw StatisticsError(description: "statistics are not the JSON they should be")
    }
    client = raw.name
    waitingEvents = raw.replyq ?? 0
    queuedRecords = raw.msgCnt ?? 0
    queuedBytes = raw.msgSize ?? 0
    queueRecordLimit = raw.msgMax ?? 0
    queueByteLimit = raw.msgSizeMax ?? 0
    brokers = (raw.brokers ?? [:]).values.map(Broker.init).sorted { $0.name < $1.name }
    partitions = (raw.topics ?? [:]).values.flatMap { topic in
      // -1 is librdkafka's own waiting room.
      (topic.partitions ?? [:]).values.filter { $0.partition >= 0 }.map { Partition($0, topic.topic) }
    }.sorted { $0.partition < $1.partition }
    group = raw.cgrp.map(Group.init)
    transaction = raw.eos.flatMap { $0.txnState == nil ? nil : Transaction($0) }
  }

  private struct Raw: Decodable {
    let name: String
    let replyq, msgCnt, msgSize, msgMax, msgSizeMax: Int64?
    let brokers: [String: RawBroker]?
    let topics: [String: RawTopic]?
    let cgrp: RawGroup?
    let eos: RawTransaction?
  }
  fileprivate struct RawBroker: Decodable {
    let name: String
    let nodeid: Int64?
    let state: String?
    let outbufCnt, waitrespCnt, reqTimeouts, txretries, disconnects: Int64?
    let rtt, throttle: RawWindow?
  }
  fileprivate struct RawWindow: Decodable {
    let cnt, avg, p50, p99, max: Int64?
  }
  fileprivate struct RawTopic: Decodable {
    let topic: String
    let partitions: [String: RawPartition]?
  }
  fileprivate struct RawPartition: Decodable {
    let partition: Int32
    let consumerLag, fetchqCnt, fetchqSize, msgqCnt, xmitMsgqCnt: Int64?
    let hiOffset, lsOffset, committedOffset: Int64?
  }
  fileprivate struct RawGroup: Decodable {
    let state, joinState, rebalanceReason: String?
    let rebalanceCnt, assignmentSize: Int64?
  }
  fileprivate struct RawTransaction: Decodable {
    let txnState: String?
    let txnStateage, producerId, producerEpoch: Int64?
  }
}

extension ClientStatistics.Broker {
  fileprivate init(_ raw: ClientStatistics.RawBroker) {
    name = raw.name
    id = raw.nodeid ?? -1
    state = raw.state ?? ""
    requestsWaiting = raw.outbufCnt ?? 0
    requestsInFlight = raw.waitrespCnt ?? 0
    requestTimeouts = raw.reqTimeouts ?? 0
    requestRetries = raw.txretries ?? 0
    disconnects = raw.disconnects ?? 0
    roundTrip = .init(raw.rtt)
    throttle = .init(raw.throttle)
  }
}

extension ClientStatistics.Window {
  fileprivate init(_ raw: ClientStatistics.RawWindow?) {
    count = raw?.cnt ?? 0
    average = raw?.avg ?? 0
    p50 = raw?.p50 ?? 0
    p99 = raw?.p99 ?? 0
    maximum = raw?.max ?? 0
  }
}

extension ClientStatistics.Partition {
  fileprivate init(_ raw: ClientStatistics.RawPartition, _ topic: String) {
    partition = TopicPartition(topic: topic, partition: raw.partition)
    lag = Self.known(raw.consumerLag)
    fetchedRecords = raw.fetchqCnt ?? 0
    fetchedBytes = raw.fetchqSize ?? 0
    queuedRecords = (raw.msgqCnt ?? 0) &+ (raw.xmitMsgqCnt ?? 0)
    highWatermark = Self.known(raw.hiOffset)
    lastStableOffset = Self.known(raw.lsOffset)
    committedOffset = Self.known(raw.committedOffset)
  }

  /// Negative numbers stand for what is not known yet.
  private static func known(_ value: Int64?) -> Int64? { value.flatMap { $0 < 0 ? nil : $0 } }
}

extension ClientStatistics.Group {
  fileprivate init(_ raw: ClientStatistics.RawGroup) {
    state = raw.state ?? ""
    joinState = raw.joinState ?? ""
    rebalances = raw.rebalanceCnt ?? 0
    rebalanceReason = raw.rebalanceReason ?? ""
    assignedPartitions = raw.assignmentSize ?? 0
  }
}

extension ClientStatistics.Transaction {
  fileprivate init(_ raw: ClientStatistics.RawTransaction) {
    state = raw.txnState ?? ""
    stateAge = raw.txnStateage ?? 0
    producerID = raw.producerId ?? -1
    epoch = raw.producerEpoch ?? -1
  }
}
