// TLS and SASL against a real cluster: who gets in, and who is told why not.
import BrokerSupport
import Foundation
import Kafka
import Secrets
import Testing

@Suite(.ownBroker)
struct KafkaSecurityTests {
  /// A broker that asks for TLS and a password, with a certificate of its own authority.
  private func secured(_ body: (BrokerProcess, Configuration) throws -> Void) throws {
    let port = try Ports.free(1)[0]
    let broker = try BrokerProcess(home: BrokerEnvironment.home!) { folder in
      try Self.makeCertificates(in: folder)
      return """
        listeners+=,SASL_SSL://127.0.0.1:\(port)
        advertised.listeners+=,SASL_SSL://127.0.0.1:\(port)
        listener.security.protocol.map+=,SASL_SSL:SASL_SSL
        ssl.keystore.type=PEM
        ssl.keystore.location=\(folder.path)/broker.pem
        sasl.enabled.mechanisms=PLAIN
        listener.name.sasl_ssl.plain.sasl.jaas.config=\
        org.apache.kafka.common.security.plain.PlainLoginModule required user_worker="opens";
        """
    }
    defer { broker.remove() }
    var configuration = Configuration(bootstrapServers: ["127.0.0.1:\(port)"])
    configuration.security = .init(
      tls: .init(caFile: broker.folder.path + "/ca.crt"),
      sasl: .plain(username: "worker", password: Secret("opens")))
    try body(broker, configuration)
  }

  private static func makeCertificates(in folder: URL) throws {
    let script = """
      cd "$1"
      openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=authority
      openssl req -newkey rsa:2048 -nodes -keyout broker.key -out broker.csr -subj /CN=broker
      openssl x509 -req -in broker.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out broker.crt \
        -extfile <(echo subjectAltName=IP:127.0.0.1)
      openssl pkcs8 -topk8 -nocrypt -in broker.key -out broker.p8
      cat broker.p8 broker.crt ca.crt >broker.pem
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-ec", script, "certificates", folder.path]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw BrokerFailure("openssl made no certificates") }
  }

  @Test func aClientWithTheRightAuthorityAndPasswordGetsInAndOthersAreTold() throws {
    try secured { _, configuration in
      let admin = try Admin(configuration)
      try admin.create([NewTopic(name: "in", partitions: 2, replicationFactor: 1)])
      #expect(try admin.partitionCount(of: "in") == 2)
      admin.close()

      // A wrong password: a consumer is told, by class, that waiting will not help.
      var wrong = configuration
      wrong.security.sasl = .plain(username: "worker", password: Secret("hunter2"))
      #expect(failures(wrong).contains { $0.isAuthorization && $0.errorClass == .fatal })
      #expect(failures(wrong).allSatisfy { !$0.description.contains("hunter2") })

      // A broker whose certificate nobody here vouches for.
      var strange = configuration
      strange.security.tls = .init()
      let errors = failures(strange)
      #expect(errors.contains { $0.code == .ssl })
    }
  }

  /// What a reader with that configuration hears in the first seconds.
  private func failures(_ configuration: Configuration) -> [KafkaError] {
    guard let reader = try? Consumer(reader: configuration, isolation: .readCommitted) else { return [] }
    var heard = Failures()
    try? reader.assign([TopicPartition(topic: "in", partition: 0): 0], topics: ["in"])
    let end = ContinuousClock.now + .seconds(10)
    while heard.errors.isEmpty, ContinuousClock.now < end {
      _ = reader.poll(milliseconds: 50, limit: 10, &heard)
    }
    let errors = heard.errors
    reader.close(&heard)
    return errors
  }

  private struct Failures: ConsumerEvents {
    var errors: [KafkaError] = []
    mutating func record(_ record: RecordView) {}
    mutating func endReached(_ partition: TopicPartition, offset: Int64) {}
    mutating func assigned(_ partitions: [TopicPartition]) {}
    mutating func revoked(_ partitions: [TopicPartition], lost: Bool) {}
    mutating func failed(_ error: KafkaError, partition: TopicPartition?, offset: Int64) {
      errors.append(error)
    }
  }
}
