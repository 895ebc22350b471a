// Owns real signals: what INTAKE makes of the deck's events, encoded.
import Events
import Policy
import Privacy
import RawClient
import Roles

enum SignalSamples {
  /// A signal as it is published.
  struct Sample {
    var key: [UInt8]
    var value: [UInt8]
    var headers: [(name: [UInt8], value: [UInt8])]
  }

  /// What becomes of the deck's first events; refused ones are left out.
  static func make(_ count: Int) throws -> [Sample] {
    let check = PolicyLoader.load(folder: IntakeWorld.policyFolder)
    guard let document = check.document else { throw BenchFailure("Config/policy has mistakes") }
    var decider = IntakeDecider(
      policy: CompiledPolicy(document), keys: try SubjectKeyMaker(secret: IntakeWorld.secret))
    let encoder = SignalEncoder()
    var samples: [Sample] = []
    for (number, template) in try EventTemplates.deck(mistakes: false).enumerated()
    where samples.count < count {
      template.filled(number).withUnsafeBytes { value in
        let topic: ByteSlice = "bench-topic"
        decider.decide(
          template.kind, value: value, headers: EventHeaders(),
          at: Coordinates(topic: topic, partition: 1, offset: Int64(number)), epoch: 1
        ) { decision in
          guard case .signal(let signal, let key) = decision else { return }
          let encoded = encoder.encode(signal)
          samples.append(
            Sample(
              key: Array(key.bytes), value: Array(encoded.value),
              headers: encoded.headers.map { (Array($0.name), Array($0.value)) }))
        }
      }
    }
    return samples
  }

  /// Samples for C, in memory that lives as long as the process.
  static func outputs(_ samples: [Sample]) -> [raw_output] {
    samples.map { sample in
      let headers = UnsafeMutablePointer<raw_header>.allocate(capacity: sample.headers.count)
      for (index, header) in sample.headers.enumerated() {
        (headers + index).initialize(
          to: raw_header(
            name: keep(header.name + [0]).assumingMemoryBound(to: CChar.self), value: keep(header.value),
            count: header.value.count))
      }
      return raw_output(
        key: keep(sample.key), key_count: sample.key.count, value: keep(sample.value),
        value_count: sample.value.count, headers: headers, header_count: sample.headers.count)
    }
  }

  private static func keep(_ bytes: [UInt8]) -> UnsafeRawPointer {
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    bytes.withUnsafeBytes {
      copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count)
    }
    return UnsafeRawPointer(copy)
  }
}
