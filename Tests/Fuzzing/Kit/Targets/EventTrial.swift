// Owns one event through the decoder and the whole of INTAKE's decision, and the laws that hold of both.
import Events
import Foundation
import Policy
import Privacy
import Roles
import Secrets

/// A header of a record as it is sent.
struct SentHeader {
  var name: [UInt8]
  /// Nil for a header without a value.
  var value: [UInt8]?
}

/// Why a target cannot begin.
struct SetupError: Error, CustomStringConvertible {
  let description: String
}

/// Decodes and decides, many events in a row on the same buffers as workers do.
final class EventTrial {
  private let decoder = EventDecoder()
  private let signals = SignalDecoder()
  private let encoder = SignalEncoder()
  private let again = SignalEncoder()
  private var decider: IntakeDecider
  private var explainer: IntakeExplainer

  static let secret = Secret("a secret for fuzzing only, long enough")

  init() throws {
    let check = PolicyLoader.check(files: Corpus.policy)
    guard let document = check.document else {
      throw SetupError(description: "Config/policy is refused: \(check.errors.first?.description ?? "")")
    }
    let policy = CompiledPolicy(document)
    decider = IntakeDecider(policy: policy, keys: try SubjectKeyMaker(secret: Self.secret))
    explainer = IntakeExplainer(policy)
  }

  /// Tries one event and returns what became of it: `decoded`, or the code of the refusal.
  func examine(_ kind: EventKind, _ value: [UInt8], _ headers: [SentHeader]) throws(Violation) -> String {
    let payload = [value] + headers.flatMap { [$0.name, $0.value ?? []] }
    return try Self.withHeaders(headers) { headers throws(Violation) in
      try Self.withBytes(value) { bytes throws(Violation) in
        let refusal = decoded(kind, bytes, headers)
        let decision = try decided(kind, bytes, headers)
        if let refusal {
          try RefusalLaw.check(refusal, payload: payload)
          if decision != refusal { throw Violation("refused by the decoder alone: \(refusal)") }
          return refusal.code.rawValue
        }
        if let decision {
          try RefusalLaw.check(decision, payload: payload)
          return "decoded, then \(decision.code.rawValue) \(decision.field)"
        }
        return "decoded"
      }
    }
  }

  private func decoded(_ kind: EventKind, _ value: UnsafeRawBufferPointer, _ headers: EventHeaders)
    -> EventRefusal?
  {
    do throws(EventRefusal) {
      _ = try decoder.decode(kind, value: value, headers: headers)
      return nil
    } catch { return error }
  }

  /// The refusal of the decision; nil for a signal, which is encoded, decoded and encoded to the same bytes.
  private func decided(
    _ kind: EventKind, _ value: UnsafeRawBufferPointer, _ headers: EventHeaders
  ) throws(Violation) -> EventRefusal? {
    let cause = Coordinates(topic: "feedback", partition: 3, offset: 1042)
    let outcome = decider.decide(kind, value: value, headers: headers, at: cause, epoch: 7) {
      decision -> Result<(EventRefusal?, owner: String, wire: [UInt8]), Violation> in
      switch decision {
      case .refused(let refusal): .success((refusal, "", []))
      case .signal(let signal, let key):
        Result { () throws(Violation) in
          if key.count < SubjectKeyMaker.keyLength { throw Violation("a key of \(key.count) bytes") }
          return (nil, signal.owner.string, try roundTrip(signal))
        }
      }
    }
    let (refusal, owner, wire) = try outcome.get()
    if refusal == nil, wire.count % 16 == 0 { try explain(kind, value, headers, owner) }
    return refusal
  }

  private func roundTrip(_ signal: Signal) throws(Violation) -> [UInt8] {
    let wire = Array(encoder.encode(signal).value)
    if signal.isAssessed, signal.owner.isEmpty { throw Violation("a signal without an owner") }
    return try Self.withBytes(wire) { bytes throws(Violation) in
      do throws(EventRefusal) {
        let read = try signals.decode(bytes)
        if Array(again.encode(read).value) != wire {
          throw EventRefusal(.empty, field: "", reason: "differs")
        }
      } catch {
        throw Violation("a signal that INTAKE wrote and cannot read back: \(error)")
      }
      return wire
    }
  }

  /// What `explain` says is what is decided.
  private func explain(
    _ kind: EventKind, _ value: UnsafeRawBufferPointer, _ headers: EventHeaders, _ owner: String
  ) throws(Violation) {
    let explained: String?
    do throws(EventRefusal) {
      explained = try explainer.explain(kind, value: value, headers: headers) {
        $0.explanation?.chain.last?.owner
      }
    } catch {
      // It makes no subject key, so it refuses no more than the decider.
      throw Violation("decided, and not explained: \(error)")
    }
    if let explained, explained != owner {
      throw Violation("decided for \(owner), explained as \(explained)")
    }
  }

  /// The bytes in memory of their own, whose end is the end of an allocation.
  static func withBytes<R>(
    _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(Violation) -> R
  ) throws(Violation) -> R {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    return try body(UnsafeRawBufferPointer(copy))
  }

  private static func withHeaders<R>(
    _ sent: [SentHeader], _ body: (EventHeaders) throws(Violation) -> R
  ) throws(Violation) -> R {
    var copies: [UnsafeMutableRawBufferPointer] = []
    defer { for copy in copies { copy.deallocate() } }
    func keep(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
      copy.copyBytes(from: bytes)
      copies.append(copy)
      return UnsafeRawBufferPointer(copy)
    }
    var headers = EventHeaders()
    for header in sent { headers.add(name: keep(header.name), value: header.value.map(keep)) }
    return try body(headers)
  }
}
