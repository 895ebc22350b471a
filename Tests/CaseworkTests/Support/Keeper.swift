// Owns texts that outlive a decision: what a desk keeps from one signal to the next.
import Events
import Policy

@testable import Casework

/// Copies borrowed texts, each once, and keeps them as long as it lives.
final class Keeper {
  private var texts: [String: ByteSlice] = [:]
  private var bytesKept: [[UInt8]: UnsafeRawBufferPointer] = [:]
  private var blocks: [UnsafeMutableRawBufferPointer] = []

  deinit { for block in blocks { block.deallocate() } }

  func keep(_ text: String) -> ByteSlice {
    if text.isEmpty { return ByteSlice() }
    if let kept = texts[text] { return kept }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
    block.copyBytes(from: text.utf8)
    blocks.append(block)
    let slice = ByteSlice(UnsafeRawBufferPointer(block))
    texts[text] = slice
    return slice
  }

  func keep(bytes: [UInt8]) -> UnsafeRawBufferPointer {
    if let kept = bytesKept[bytes] { return kept }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    block.copyBytes(from: bytes)
    blocks.append(block)
    bytesKept[bytes] = UnsafeRawBufferPointer(block)
    return UnsafeRawBufferPointer(block)
  }

  func keep(_ text: ByteSlice) -> ByteSlice { keep(text.string) }
  private func keep(_ text: inout ByteSlice) { text = keep(text) }
  private func keep(_ texts: inout [ByteSlice]) { texts = texts.map { keep($0) } }

  func keep(_ given: Case) -> Case {
    var kept = given
    keep(&kept.id.subjectKey)
    keep(&kept.owner)
    keep(&kept.worker)
    keep(&kept.witness)
    keep(&kept.rule)
    keep(&kept.ruleAt)
    keep(&kept.site)
    keep(&kept.journey)
    keep(&kept.touchpoint)
    keep(&kept.service)
    keep(&kept.entity)
    keep(&kept.incident)
    keep(&kept.gatheredCases)
    kept.contributions = given.contributions.map {
      Signal.Contribution(name: keep($0.name), points: $0.points, because: keep($0.because))
    }
    kept.promises = given.promises.map {
      var promise = $0
      keep(&promise.what)
      return promise
    }
    kept.remedies = given.remedies.map {
      var remedy = $0
      keep(&remedy.action)
      keep(&remedy.currency)
      keep(&remedy.root)
      keep(&remedy.requester)
      keep(&remedy.decider)
      return remedy
    }
    return kept
  }

  func keep(_ given: SubjectAccount) -> SubjectAccount {
    var kept = given
    kept.notices = given.notices.map {
      var notice = $0
      keep(&notice.caseID)
      keep(&notice.owner)
      keep(&notice.touchpoint)
      return notice
    }
    kept.given = given.given.map {
      var remedy = $0
      keep(&remedy.action)
      keep(&remedy.currency)
      keep(&remedy.root)
      keep(&remedy.owner)
      return remedy
    }
    return kept
  }

  func keep(_ given: OwnerAccount) -> OwnerAccount {
    var kept = given
    keep(&kept.digestCases)
    keep(&kept.heldCases)
    keep(&kept.heldReason)
    keep(&kept.heldBy)
    return kept
  }
}
