// swift-tools-version: 6.1
// The layers, bottom up. An arrow in `dependencies` is an import; nothing imports upwards, and the
// package resolves nothing from the network: C and C++ libraries come from the system, each behind
// one small module target.
import PackageDescription

let package = Package(
  name: "answerable",
  products: [
    .executable(name: "answerable", targets: ["answerable"]),
    .library(name: "Kafka", targets: ["Kafka"]),
  ],
  targets: [
    // System libraries.
    .systemLibrary(
      name: "CRDKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CLibICal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
    .systemLibrary(
      name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    // No pkg-config name: its file carries a -D flag that the package manager refuses with a warning.
    .systemLibrary(name: "CSimdJSONLibrary", providers: [.apt(["libsimdjson-dev"])]),
    .target(
      name: "CSimdJSON", dependencies: ["CSimdJSONLibrary"],
      linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("stdc++"), .linkedLibrary("m")]),

    // The spine.
    .target(name: "Secrets"),
    .target(name: "Kafka", dependencies: ["CRDKafka", "Secrets"]),
    .target(name: "Streams", dependencies: ["Kafka"]),

    // The domain.
    .target(name: "CSchemas"),
    .target(name: "Events", dependencies: ["CSchemas", "CSimdJSON"], exclude: ["Schemas"]),
    .target(name: "Privacy", dependencies: ["CLibCrypto", "Secrets"]),
    // Ed25519: what is signed, by whom, and whether it is right.
    .target(name: "Signatures", dependencies: ["CLibCrypto", "Secrets", "Events"]),
    .target(name: "ICalendar", dependencies: ["CLibICal"]),
    .target(name: "Policy", dependencies: ["Events", "Privacy", "ICalendar", "CLibYAML"]),
    // How state is written, whoever's state it is.
    .target(name: "StateBytes", dependencies: ["Events"]),
    .target(name: "Casework", dependencies: ["Policy", "Events", "StateBytes"]),
    .target(name: "Delegation", dependencies: ["Policy", "Events", "StateBytes"]),

    // Where both meet, and the command.
    .target(
      name: "Roles",
      dependencies: [
        "Streams", "Casework", "Delegation", "StateBytes", "Policy", "Events", "Privacy", "Signatures",
      ]),
    .target(name: "Operations", dependencies: ["Streams", "Kafka", "CMicroHTTPD"]),
    .target(name: "Console", dependencies: ["Secrets"]),
    .executableTarget(
      name: "answerable", dependencies: ["Roles", "Delegation", "Signatures", "Operations", "Console"]),

    // A broker of one's own, for tests and benchmarks.
    .target(name: "BrokerSupport", path: "Tests/BrokerSupport"),
    // What deployments decided, compared in all but what differs by nature.
    .target(name: "DecisionKit", dependencies: ["Roles", "Streams"], path: "Tests/DecisionKit"),
    // `Tests/Faults/run`: workers and brokers killed and frozen under load, and the referee.
    .target(
      name: "FaultKit",
      dependencies: [
        "Roles", "Delegation", "Policy", "Events", "Privacy", "Secrets", "Streams", "Kafka", "BrokerSupport",
        "DecisionKit",
      ],
      path: "Tests/Faults/Kit"),

    .executableTarget(
      name: "faults",
      dependencies: ["FaultKit", "DecisionKit", "BrokerSupport", "Streams", "Kafka", "Console"],
      path: "Tests/Faults/Tool"),
    // `swift run -c release bench`; its opponent in C stands behind a module of its own.
    .target(name: "RawClient", dependencies: ["CRDKafka"], path: "Tests/Benchmarks/RawClient"),
    .executableTarget(
      name: "bench",
      dependencies: [
        "Roles", "Streams", "Kafka", "Policy", "Events", "Privacy", "Secrets", "Console", "BrokerSupport",
        "FaultKit", "RawClient",
      ],
      path: "Tests/Benchmarks/Bench"),
    // `Tests/Fuzzing/run`: inputs nobody would send, through every door that takes bytes from outside.
    .target(
      name: "FuzzKit",
      dependencies: [
        "Roles", "Casework", "Delegation", "StateBytes", "Streams", "Kafka", "Policy", "Events", "Privacy",
        "Secrets", "Console",
      ],
      path: "Tests/Fuzzing/Kit"),
    .executableTarget(name: "fuzz", dependencies: ["FuzzKit", "Console"], path: "Tests/Fuzzing/Tool"),
    .testTarget(name: "FuzzingTests", dependencies: ["FuzzKit"], path: "Tests/Fuzzing/Tests"),

    // One test target per layer, and those that need a real broker in a target of their own.
    // What holds for a log in either form; the two targets that run it cannot import each other.
    .target(name: "LogConformance", dependencies: ["Streams", "Kafka"], path: "Tests/LogConformance"),
    // The runtime and the roles in a world of faults: one command for thousands of seeds, tests for a few.
    .target(
      name: "Simulation",
      dependencies: [
        "Roles", "Casework", "Delegation", "StateBytes", "Events", "Policy", "Privacy", "Secrets", "Streams",
        "Kafka", "DecisionKit",
      ],
      path: "Tests/Simulation"),
    .executableTarget(name: "simulate", dependencies: ["Simulation", "Console"], path: "Tests/Simulate"),
    .testTarget(name: "SimulationTests", dependencies: ["Simulation", "Policy", "Streams", "Kafka"]),
    .testTarget(name: "SecretsTests", dependencies: ["Secrets"]),
    .testTarget(name: "KafkaTests", dependencies: ["Kafka", "Secrets"]),
    .testTarget(name: "StreamsTests", dependencies: ["Streams", "LogConformance"]),
    .testTarget(name: "EventsTests", dependencies: ["Events"]),
    .testTarget(name: "PrivacyTests", dependencies: ["Privacy"]),
    .testTarget(name: "SignaturesTests", dependencies: ["Signatures", "Secrets", "Events"]),
    .testTarget(name: "PolicyTests", dependencies: ["Policy", "ICalendar"], exclude: ["Mistakes"]),
    // A task's state for tests: it lends as the store does, and spoils what it lent.
    .target(name: "StateSupport", dependencies: ["StateBytes"], path: "Tests/StateSupport"),
    .testTarget(
      name: "CaseworkTests",
      dependencies: ["Casework", "StateBytes", "StateSupport", "Policy", "Events", "Streams"]),
    .testTarget(
      name: "DelegationTests", dependencies: ["Delegation", "StateBytes", "StateSupport", "Policy", "Events"]),
    .testTarget(
      name: "RolesTests",
      dependencies: [
        "Roles", "Casework", "Delegation", "StateBytes", "Streams", "Policy", "Events", "Privacy", "Secrets",
        "Signatures", "Kafka",
      ]),
    .testTarget(
      name: "OperationsTests", dependencies: ["Operations", "Streams", "Kafka"], exclude: ["Alerts"]),
    .testTarget(name: "ConsoleTests", dependencies: ["Console", "Secrets"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "answerable", "Console", "Operations", "Signatures", "Events", "Privacy", "BrokerSupport",
      ]),
    .testTarget(
      name: "BrokerTests",
      dependencies: [
        "answerable", "Roles", "Operations", "Privacy", "Secrets", "Signatures", "Streams", "Kafka",
        "LogConformance", "BrokerSupport", "FaultKit", "DecisionKit",
      ],
      exclude: ["CommandFlow/client.py"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
