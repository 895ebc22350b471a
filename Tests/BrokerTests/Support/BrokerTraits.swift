// Owns what a test says when no real broker can be had.
import BrokerSupport
import Testing

extension Trait where Self == ConditionTrait {
  /// For tests that read and write on a real broker.
  static var realBroker: Self {
    .enabled(
      if: BrokerEnvironment.home != nil || BrokerEnvironment.running != nil,
      """
      NOT RUN: it needs a real Kafka broker. Set KAFKA_HOME to an unpacked Kafka 4 (a broker is started \
      on free ports and stopped afterwards), or ANSWERABLE_TEST_BROKERS to host:port of one that runs, \
      and run Deploy/test again.
      """)
  }

  /// For tests that kill, freeze or restart a broker, which is only done to one they started.
  static var ownBroker: Self {
    .enabled(
      if: BrokerEnvironment.home != nil,
      """
      NOT RUN: it kills or freezes a broker of its own. Set KAFKA_HOME to an unpacked Kafka 4 and run \
      Deploy/test again; ANSWERABLE_TEST_BROKERS is not enough.
      """)
  }
}
