// Owns `bench encode`: signals to bytes, beside Foundation's two ways with the same content.
import Console
import Events
import Foundation

enum EncodeCommand {
  static let command = Command(
    "encode", "encode signals, against JSONEncoder and JSONSerialization with the same content",
    details: [
      "Ours makes the CloudEvents headers too. Nanoseconds of processor time a signal, medians of rounds in turn, on "
        + "one thread."
    ],
    options: [OptionGroup("Options", [Common.seconds.spec])],
    body: { invocation, terminal in
      let samples = try SignalSamples.make(200)
      // A decoded signal borrows from its decoder and its bytes: each has both to itself.
      let decoders = samples.map { _ in SignalDecoder(DecodingLimits(maxBytes: 64 << 10)) }
      let buffers = samples.map { sample in
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: sample.value.count, alignment: 1)
        buffer.copyBytes(from: sample.value)
        return buffer
      }
      defer { for buffer in buffers { buffer.deallocate() } }
      let signals = try zip(decoders, buffers).map { try $0.decode(UnsafeRawBufferPointer($1)) }
      let models = try samples.map { try JSONDecoder().decode(SignalModel.self, from: Data($0.value)) }
      let objects = try samples.map { try JSONSerialization.jsonObject(with: Data($0.value)) }
      let encoder = SignalEncoder()
      let foundation = JSONEncoder()
      foundation.outputFormatting = [.withoutEscapingSlashes]
      let found = try Contest.run(
        [
          .init(name: "ours") { for signal in signals { consume(encoder.encode(signal).value.count) } },
          .init(name: "JSONEncoder") { for model in models { consume(try foundation.encode(model).count) } },
          .init(name: "JSONSerialization") {
            for object in objects { consume(try JSONSerialization.data(withJSONObject: object).count) }
          },
        ], events: signals.count, seconds: Double(invocation[Common.seconds]))
      let bytes = Double(samples.reduce(0) { $0 + $1.value.count }) / Double(samples.count)
      withExtendedLifetime(decoders) {}
      try codecReport("encode", found, bytes: bytes).print(to: terminal)
      return .success
    })
}
