// Owns the target `delegation`: claims and the answers to them, changed, through their decoders and back.
import Events

final class DelegationTarget: FuzzTarget {
  static let name = "delegation"
  static let summary = "claims and their answers: refused, or decoded and encoded to the same"
  static let share = 40
  static let batch = 20_000

  private let inputs = EventInputs()
  private let samples: [(isClaim: Bool, bytes: [UInt8], tree: JSONTree)]
  private let claims = (decoder: ClaimDecoder(), encoder: ClaimEncoder())
  private let answers = (decoder: DelegationDecoder(), encoder: DelegationEncoder())

  init() throws {
    samples = ["claim", "delegation"].flatMap { schema in
      Corpus.examples(schema).compactMap { bytes in JSONTree(bytes).map { (schema == "claim", bytes, $0) } }
    }
    if samples.isEmpty { throw SetupError(description: "the schemas of claims and answers have no examples") }
  }

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    let (sample, other) = (random.pick(samples), random.pick(samples))
    var bytes: [UInt8]
    if random.once(in: 4) {
      bytes = sample.bytes
      inputs.plain.mutate(&bytes, with: other.bytes, &random)
    } else {
      var tree = sample.tree
      inputs.json.mutate(&tree, with: other.tree, &random)
      bytes = inputs.json.bytes(tree, &random)
    }
    var input = FuzzInput()
    input.add(sample.isClaim ? "claim" : "delegation", bytes)
    return input
  }

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    let isClaim = input.first("claim") != nil
    let value = input.first("claim") ?? input.first("delegation") ?? []
    let first: [UInt8]
    do throws(EventRefusal) {
      first = try encoded(value, isClaim)
    } catch {
      try RefusalLaw.check(error, payload: [value])
      return error.code.rawValue
    }
    do throws(EventRefusal) {
      if try encoded(first, isClaim) != first { throw EventRefusal(.empty, field: "", reason: "differs") }
    } catch {
      throw Violation("decoded, and what is encoded of it cannot be read back: \(error)")
    }
    return isClaim ? "a claim" : "an answer"
  }

  private func encoded(_ bytes: [UInt8], _ isClaim: Bool) throws(EventRefusal) -> [UInt8] {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    let value = UnsafeRawBufferPointer(copy)
    return isClaim
      ? Array(claims.encoder.encode(try claims.decoder.decode(value)).value)
      : Array(answers.encoder.encode(try answers.decoder.decode(value)).value)
  }
}
