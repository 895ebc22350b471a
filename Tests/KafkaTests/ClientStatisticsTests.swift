// Statistics read from librdkafka's text.
import Testing

@testable import Kafka

struct ClientStatisticsTests {
  private func parse(_ text: String) throws -> ClientStatistics {
    try Array(text.utf8).withUnsafeBytes { bytes in try ClientStatistics(json: bytes) }
  }

  private let consumer = """
    {"name":"answerable#consumer-1","type":"consumer","replyq":3,"msg_cnt":0,"msg_size":0,
     "brokers":{
       "b:9092/2":{"name":"b:9092/2","nodeid":2,"state":"UP","outbuf_cnt":1,"waitresp_cnt":4,"req_timeouts":5,
         "txretries":6,"disconnects":7,"rtt":{"cnt":34,"avg":2349,"p50":2319,"p99":3391,"max":3389},
         "throttle":{"cnt":0,"avg":0,"p50":0,"p99":0,"max":0},"something_new":[1,{"a":2}]},
       "a:9092/bootstrap":{"name":"a:9092/bootstrap","nodeid":-1,"state":"DOWN"}},
     "topics":{"in":{"topic":"in","partitions":{
       "1":{"partition":1,"consumer_lag":17,"fetchq_cnt":9,"fetchq_size":900,"hi_offset":120,"ls_offset":117,
         "committed_offset":100},
       "0":{"partition":0,"consumer_lag":-1,"hi_offset":-1001,"committed_offset":-1001},
       "-1":{"partition":-1}}}},
     "cgrp":{"state":"up","join_state":"steady","rebalance_cnt":2,"rebalance_reason":"joined","assignment_size":2}}
    """

  @Test func lagQueuesRoundTripsAndGroupAreRead() throws {
    let statistics = try parse(consumer)
    #expect(statistics.client == "answerable#consumer-1")
    #expect(statistics.waitingEvents == 3)
    #expect(statistics.brokers.map(\.name) == ["a:9092/bootstrap", "b:9092/2"])
    let broker = statistics.brokers[1]
    #expect(broker.roundTrip.p99 == 3391)
    #expect(broker.requestsInFlight == 4)
    #expect(broker.requestTimeouts == 5)
    #expect(broker.disconnects == 7)
    #expect(statistics.partitions.map(\.partition.partition) == [0, 1], "librdkafka's own -1 is left out")
    #expect(statistics.partitions[1].lag == 17)
    #expect(statistics.partitions[1].lastStableOffset == 117)
    #expect(statistics.partitions[1].fetchedBytes == 900)
    #expect(statistics.group?.joinState == "steady")
    #expect(statistics.group?.assignedPartitions == 2)
    #expect(statistics.transaction == nil)
  }

  @Test func whatIsNotKnownYetIsNilRatherThanNegative() throws {
    let partition = try parse(consumer).partitions[0]
    #expect(partition.lag == nil)
    #expect(partition.highWatermark == nil)
    #expect(partition.committedOffset == nil)
  }

  @Test func aProducersTransactionIsRead() throws {
    let statistics = try parse(
      """
      {"name":"p","msg_cnt":22710,"msg_size":704010,"msg_max":500000,"msg_size_max":1073741824,
       "eos":{"idemp_state":"Assigned","txn_state":"InTransaction","txn_stateage":31,"producer_id":4,
       "producer_epoch":2}}
      """)
    #expect(statistics.transaction?.state == "InTransaction")
    #expect(statistics.transaction?.stateAge == 31)
    #expect(statistics.transaction?.epoch == 2)
    #expect(statistics.queuedRecords == 22710)
    #expect(statistics.queueByteLimit == 1_073_741_824)
    #expect(statistics.group == nil)
  }

  @Test(arguments: ["", "{", "[]", "{\"name\":5}", "\u{0}"])
  func textThatIsNotStatisticsIsAnErrorWithoutTheText(_ text: String) {
    let error = #expect(throws: StatisticsError.self) { try parse(text) }
    #expect(error?.description == "statistics are not the JSON they should be")
  }
}
