// Owns how the statistics of librdkafka's clients become samples.
import Kafka

extension MetricsText {
  /// Writes the metrics of all clients whose statistics are known.
  mutating func write(clients: [ClientStatistics]) {
    let clients = clients.sorted { $0.client < $1.client }
    let consumers = clients.filter { $0.group != nil }
    let producers = clients.filter { $0.transaction != nil }
    write(.sendQueueRecords, producers.map { Sample([$0.client], $0.queuedRecords) })
    write(.sendQueueBytes, producers.map { Sample([$0.client], $0.queuedBytes) })
    write(.sendQueueLimit, producers.map { Sample([$0.client], $0.queueByteLimit) })
    write(
      .readAheadRecords,
      consumers.map { Sample([$0.client], $0.partitions.reduce(0) { $0 &+ $1.fetchedRecords }) })
    write(
      .readAheadBytes,
      consumers.map { Sample([$0.client], $0.partitions.reduce(0) { $0 &+ $1.fetchedBytes }) })
    write(.rebalances, consumers.map { Sample([$0.client], $0.group?.rebalances ?? 0) })
    writeBrokers(clients)
  }

  private mutating func writeBrokers(_ clients: [ClientStatistics]) {
    // A bootstrap address is a broker under another name, left once the real one is known; INIT is one that this
    // client has had no need of. A name is `host:port/id`, or the coordinator a connection is kept for.
    let connections = clients.flatMap { client in
      client.brokers.filter { $0.id >= 0 && $0.state != "INIT" }.map {
        (labels: [client.client, $0.name], broker: $0)
      }
    }
    func samples(_ value: (ClientStatistics.Broker) -> MetricValue) -> [Sample] {
      connections.map { Sample($0.labels, value($0.broker)) }
    }
    write(.brokerUp, samples { .flag($0.state == "UP") })
    write(.roundTripAverage, samples { .number(Double($0.roundTrip.average) / 1e6) })
    write(.roundTripHigh, samples { .number(Double($0.roundTrip.p99) / 1e6) })
    write(.throttle, samples { .seconds($0.throttle.maximum) })
    write(.requestTimeouts, samples { .integer($0.requestTimeouts) })
    write(.requestRetries, samples { .integer($0.requestRetries) })
    write(.disconnects, samples { .integer($0.disconnects) })
  }
}
