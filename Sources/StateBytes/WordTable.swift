// Owns a task's words: texts that many cases share, each written once and named by a number from then on.
import Events

/// The words of one task, as far as its store has confirmed them. Words are numbered from 0 in the order in which they
/// were first needed, and never change; the store holds each under its number, and the count of them with a hash over
/// all in the task's record. What an abort takes back is therefore seen at the next decision: count or hash differ.
///
/// Confined to one thread. A text that it gives stays where it is until the next `follow`.
package final class WordTable {
  /// More are not numbered: they stand in full where they are used.
  package static let limit = 60_000
  /// Longer texts are not numbered, in bytes.
  package static let longest = 96

  // Unchecked: one thread, and nothing looks a word up while the table changes.
  @exclusivity(unchecked) private var texts: ContiguousArray<UnsafeRawBufferPointer> = []
  @exclusivity(unchecked) private var hashes: ContiguousArray<UInt64> = []
  /// After each word, a hash over it and all before it.
  @exclusivity(unchecked) private var chain: ContiguousArray<UInt64> = []
  /// Number + 1 of a word; 0 is free.
  @exclusivity(unchecked) private var slots = ContiguousArray<UInt32>(repeating: 0, count: 256)
  private let room: Int

  /// - Parameter room: how many words are numbered at most; with 0, every text stands in full.
  package init(room: Int = WordTable.limit) { self.room = room }

  deinit {
    for text in texts { text.deallocate() }
  }

  package var count: Int { texts.count }
  /// Over all words; 0 of none.
  package var hash: UInt64 { chain.last ?? 0 }

  /// The word's text; nil when there is none of that number.
  package func text(_ number: UInt64) -> ByteSlice? {
    number < UInt64(texts.count) ? ByteSlice(texts[Int(truncatingIfNeeded: number)]) : nil
  }

  /// The number of a text, given to it now if it has none; nil when it has to stand in full.
  package func number(_ text: ByteSlice) -> UInt64? {
    if text.count > Self.longest { return nil }
    let hash = ByteHash.hash(text.bytes)
    let mask = slots.count &- 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != 0 {
      let number = Int(slots[index] &- 1)
      if hashes[number] == hash && ByteSlice(texts[number]) == text { return UInt64(number) }
      index = (index &+ 1) & mask
    }
    if texts.count >= room { return nil }
    add(text.bytes, hash)
    return UInt64(texts.count &- 1)
  }

  /// Makes the table that of a store with so many words under that hash; `load` gives the store's text of a number.
  /// Returns false when the store does not hold what it says.
  package func follow(count: Int, hash: UInt64, load: (UInt32) -> UnsafeRawBufferPointer?) -> Bool {
    if count == texts.count && hash == self.hash { return true }
    // Words that the store does not have, or has no more: all that an abort leaves.
    if count < texts.count && (count == 0 ? 0 : chain[count &- 1]) == hash {
      cut(to: count)
      return true
    }
    cut(to: 0)
    guard count <= Self.limit else { return false }
    for number in 0..<count {
      guard let text = load(UInt32(truncatingIfNeeded: number)) else { return false }
      add(text, ByteHash.hash(text))
    }
    return hash == self.hash
  }

  private func add(_ text: UnsafeRawBufferPointer, _ hash: UInt64) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
    copy.copyMemory(from: text)
    chain.append(ByteHash.hash(text, seed: self.hash))
    texts.append(UnsafeRawBufferPointer(copy))
    hashes.append(hash)
    if texts.count &* 2 > slots.count { rehash(slots.count &* 2) } else { place(texts.count &- 1) }
  }

  private func cut(to count: Int) {
    for text in texts[count...] { text.deallocate() }
    texts.removeSubrange(count...)
    hashes.removeSubrange(count...)
    chain.removeSubrange(count...)
    rehash(slots.count)
  }

  private func rehash(_ capacity: Int) {
    slots = ContiguousArray(repeating: 0, count: capacity)
    for number in texts.indices { place(number) }
  }

  private func place(_ number: Int) {
    let mask = slots.count &- 1
    var index = Int(truncatingIfNeeded: hashes[number]) & mask
    while slots[index] != 0 { index = (index &+ 1) & mask }
    slots[index] = UInt32(truncatingIfNeeded: number &+ 1)
  }
}
