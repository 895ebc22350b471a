// The configuration: what librdkafka is told, what is refused and in which words, and what is never printed.
import Secrets
import Testing

@testable import Kafka

struct ConfigurationTests {
  private func value(_ name: String, _ configuration: Configuration, _ role: ClientRole) -> String? {
    // Later ones win, as in librdkafka.
    configuration.properties(for: role).last { $0.name == name }.flatMap {
      if case .text(let text) = $0.value { text } else { nil }
    }
  }

  private func mistakes(_ change: (inout Configuration) -> Void) -> [String] {
    var configuration = Configuration()
    change(&configuration)
    do {
      try configuration.validate()
      return []
    } catch {
      return error.mistakes.map(\.description)
    }
  }

  static let everyRole: [ClientRole] = [
    .member(group: "g", instanceID: "i"), .reader(group: "r", .readUncommitted),
    .producer(transactionalID: "t"), .admin,
  ]

  @Test func theDefaultsAreValidAndEveryClientOpensWithThem() throws {
    let configuration = Configuration()
    try configuration.validate()
    for role in Self.everyRole { try Client(configuration, role).destroy() }
  }

  @Test func aMemberReadsCommittedCooperativelyAndNeverGuessesAnOffset() {
    let member = ClientRole.member(group: "g", instanceID: "pod-1")
    let expected = [
      "group.id": "g", "group.instance.id": "pod-1", "isolation.level": "read_committed",
      "partition.assignment.strategy": "cooperative-sticky", "enable.auto.commit": "false",
      "auto.offset.reset": "error", "enable.partition.eof": "true", "log.queue": "true",
      "allow.auto.create.topics": "false", "session.timeout.ms": "15000", "fetch.wait.max.ms": "100",
      "queued.max.messages.kbytes": "1024",
    ]
    for (name, wanted) in expected { #expect(value(name, Configuration(), member) == wanted, "\(name)") }
    #expect(value("group.instance.id", Configuration(), .member(group: "g", instanceID: nil)) == nil)
  }

  @Test func aProducerIsIdempotentPartitionsAsJavaDoesAndGivesUpWithItsTransaction() {
    let producer = ClientRole.producer(transactionalID: "t")
    let expected = [
      "transactional.id": "t", "transaction.timeout.ms": "10000", "message.timeout.ms": "10000",
      "socket.timeout.ms": "10000", "partitioner": "murmur2_random", "compression.type": "lz4",
      "linger.ms": "5", "enable.idempotence": "true", "queue.buffering.max.kbytes": "32768",
      "allow.auto.create.topics": "false", "log.connection.close": "true",
    ]
    for (name, wanted) in expected { #expect(value(name, Configuration(), producer) == wanted, "\(name)") }
  }

  @Test func whatIsAddedReachesTheClientsThatTakeIt() {
    var configuration = Configuration()
    configuration.additional = ["fetch.min.bytes": "10", "batch.size": "5000", "client.rack": "a"]
    #expect(value("fetch.min.bytes", configuration, .reader(group: "r", .readCommitted)) == "10")
    #expect(value("fetch.min.bytes", configuration, .producer(transactionalID: "t")) == nil)
    #expect(value("batch.size", configuration, .producer(transactionalID: "t")) == "5000")
    #expect(value("batch.size", configuration, .member(group: "g", instanceID: nil)) == nil)
    for role in Self.everyRole { #expect(value("client.rack", configuration, role) == "a") }
  }

  @Test func securityFollowsFromItsParts() {
    var configuration = Configuration()
    #expect(value("security.protocol", configuration, .admin) == "plaintext")
    configuration.security.tls = .init(caFile: "ca.pem", verifiesHostname: false)
    #expect(value("security.protocol", configuration, .admin) == "ssl")
    #expect(value("ssl.ca.location", configuration, .admin) == "ca.pem")
    #expect(value("ssl.endpoint.identification.algorithm", configuration, .admin) == "none")
    configuration.security.sasl = .scramSHA512(username: "u", password: Secret("p"))
    #expect(value("security.protocol", configuration, .admin) == "sasl_ssl")
    #expect(value("sasl.mechanism", configuration, .admin) == "SCRAM-SHA-512")
    configuration.security = .init(sasl: .plain(username: "u", password: Secret("p")))
    #expect(value("security.protocol", configuration, .admin) == "sasl_plaintext")
    #expect(value("sasl.mechanism", configuration, .admin) == "PLAIN")
  }

  @Test func everySASLMechanismIsAcceptedByTheLibrary() throws {
    for sasl: Configuration.SASL in [
      .plain(username: "u", password: Secret("p")), .scramSHA256(username: "u", password: Secret("p")),
      .scramSHA512(username: "u", password: Secret("p")),
    ] {
      var configuration = Configuration(bootstrapServers: ["127.0.0.1:1"])
      configuration.security = .init(tls: .init(), sasl: sasl)
      try Client(configuration, .admin).destroy()
    }
  }

  @Test func tokensAreFetchedWhereTheLibraryCanAndRefusedByNameWhereItCannot() throws {
    let sasl = Configuration.SASL.oauthBearer(
      .init(tokenEndpoint: "https://127.0.0.1:1/token", clientID: "c", clientSecret: Secret("s"), scope: "k"))
    let found = mistakes { $0.security.sasl = sasl }
    guard ClientLibrary.fetchesTokens else {
      #expect(found.count == 1)
      #expect(found.first?.hasPrefix("security.sasl: librdkafka \(ClientLibrary.version) was built") == true)
      return
    }
    #expect(found == [])
    var configuration = Configuration(bootstrapServers: ["127.0.0.1:1"])
    configuration.security.sasl = sasl
    try Client(configuration, .admin).destroy()
  }

  @Test func noDumpOfAConfigurationShowsASecret() {
    var configuration = Configuration()
    configuration.security = .init(
      tls: .init(certificateFile: "c", keyFile: "k", keyPassword: Secret("hunter1")),
      sasl: .oauthBearer(.init(tokenEndpoint: "e", clientID: "c", clientSecret: Secret("hunter2"))))
    var text = "\(configuration) \(configuration.properties(for: .admin))"
    dump(configuration, to: &text)
    dump(configuration.properties(for: .admin), to: &text)
    #expect(!text.contains("hunter"))
    #expect(text.contains("<secret>"))
  }

  @Test func anUnknownPropertyIsNamedWithTheNearestKnownOne() {
    #expect(
      mistakes { $0.additional["linger.sm"] = "5" } == [
        "additional[\"linger.sm\"]: no such property (did you mean \"linger.ms\"?)"
      ])
    #expect(
      mistakes { $0.additional["zzzzzzzzzz"] = "5" } == ["additional[\"zzzzzzzzzz\"]: no such property"])
  }

  @Test func aWrongValueIsRefusedInTheLibrarysWords() {
    let found = mistakes { $0.additional["fetch.min.bytes"] = "-7" }
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("additional[\"fetch.min.bytes\"]: Configuration property") == true)
  }

  @Test(arguments: [
    "enable.auto.commit", "isolation.level", "partition.assignment.strategy", "auto.offset.reset",
    "enable.partition.eof", "transactional.id", "acks", "sasl.password", "ssl.key.password", "rebalance_cb",
    "bootstrap.servers", "message.timeout.ms",
  ])
  func aPropertyTheRuntimeReliesUponCannotBeOverriddenAndSaysWhy(_ name: String) {
    let found = mistakes { $0.additional[name] = "x" }
    #expect(found.count == 1)
    let start = "additional[\"\(name)\"]: cannot be overridden: "
    #expect(found.first?.hasPrefix(start) == true)
    #expect((found.first?.count ?? 0) > start.count + 10, "a reason follows")
  }

  @Test func allMistakesAreSaidAtOnceInAFixedOrder() {
    let found = mistakes {
      $0.bootstrapServers = ["nowhere", "broker:9092"]
      $0.producer.transactionTimeout = .seconds(60)
      $0.consumer.heartbeatInterval = .seconds(10)
      $0.additional["acks"] = "1"
      $0.security.tls = .init(keyFile: "key.pem")
    }
    #expect(
      found == [
        "additional[\"acks\"]: cannot be overridden: transactions need the idempotent producer, acknowledged by all replicas",
        "bootstrapServers[0]: is not of the form host:port",
        "consumer.heartbeatInterval: must be a third of consumer.sessionTimeout or less",
        "consumer.maxPollInterval: must exceed producer.transactionTimeout (60.0 seconds)",
        "security.tls: a certificate and its key come together",
      ])
  }

  @Test func timeOutsThatLibrdkafkaWouldRefuseTogetherAreRefusedFirst() throws {
    #expect(mistakes { $0.socketTimeout = .seconds(30) }.count == 1)
    #expect(mistakes { $0.consumer.maxPollInterval = .seconds(14) }.count == 1)
    #expect(mistakes { $0.consumer.fetchWait = .seconds(10) }.count == 1)
    // And what passes the checks opens.
    var tight = Configuration()
    tight.socketTimeout = .seconds(2)
    tight.producer.transactionTimeout = .seconds(2)
    tight.consumer.sessionTimeout = .seconds(3)
    tight.consumer.heartbeatInterval = .seconds(1)
    tight.consumer.maxPollInterval = .seconds(3)
    try tight.validate()
    for role in Self.everyRole { try Client(tight, role).destroy() }
  }

  @Test(arguments: [
    ("host:1", true), ("[::1]:9092", true), ("host", false), ("host:", false), (":9092", false),
    ("host:0", false), ("host:65536", false), ("a,b:9092", false),
  ])
  func anAddressIsAHostAndAPort(_ address: String, _ isValid: Bool) {
    #expect(mistakes { $0.bootstrapServers = [address] }.isEmpty == isValid)
  }

  @Test func aDurationBecomesWholeMillisecondsWithoutTrapping() {
    #expect(Duration.milliseconds(1500).wholeMilliseconds == 1500)
    #expect(Duration.microseconds(1999).wholeMilliseconds == 1)
    #expect(Duration.seconds(Int64.max).wholeMilliseconds == Int.max)
    #expect(Duration.seconds(Int64.min).wholeMilliseconds == Int.min)
  }

  @Test func aSwapOfNeighboursIsOneMistake() {
    #expect(Spelling.distance(Array("linger.sm".utf8), Array("linger.ms".utf8)) == 1)
    #expect(Spelling.distance([], Array("abc".utf8)) == 3)
    #expect(Spelling.distance(Array("kitten".utf8), Array("sitting".utf8)) == 3)
  }
}
