// Owns the laws of keyed state: it is a dictionary, an abort leaves no trace, caps refuse before anything changes.
import Testing

@testable import Streams

@Suite struct KeyedStoreTests {
  private func bytes(_ count: Int, _ random: inout SeededRandom) -> [UInt8] {
    (0..<count).map { _ in UInt8(random.below(256)) }
  }

  private func contents(_ store: KeyedStore) -> [[UInt8]: [UInt8]] {
    Dictionary(uniqueKeysWithValues: store.sorted().map { ($0.key, $0.value) })
  }

  @Test(arguments: 0..<20)
  func itIsADictionaryWhoseTransactionsCommitOrLeaveNoTrace(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let store = KeyedStore(maxEntries: 10_000, maxBytes: 1 << 24)
    var model: [[UInt8]: [UInt8]] = [:]
    let keys = (0..<60).map { _ in bytes(random.below(40), &random) }
    for _ in 0..<120 {
      let before = model
      for _ in 0..<random.below(40) {
        let key = keys[random.below(keys.count)]
        switch random.below(4) {
        case 0:
          key.withUnsafeBytes { store.delete($0) }
          model[key] = nil
        case 1:
          #expect(key.withUnsafeBytes { store.get($0).map { Array($0) } } == model[key])
        default:
          let value = bytes(random.below(random.below(8) == 0 ? 5_000 : 100), &random)
          try key.withUnsafeBytes { key in try value.withUnsafeBytes { try store.put(key, $0) } }
          model[key] = value
        }
      }
      if random.below(3) == 0 {
        store.rollBack()
        model = before
      } else {
        store.commit()
      }
      #expect(contents(store) == model)
      #expect(store.count == model.count)
    }
  }

  @Test func aValueBorrowedFromTheStoreCanBePutBackChanged() throws {
    let store = KeyedStore(maxEntries: 10, maxBytes: 1 << 20)
    let key: [UInt8] = [1]
    try key.withUnsafeBytes { key in
      let long = [UInt8](0..<200)
      try long.withUnsafeBytes { try store.put(key, $0) }
      let borrowed = try #require(store.get(key))
      try store.put(key, UnsafeRawBufferPointer(rebasing: borrowed[100...]))
    }
    #expect(store.sorted().first?.value == [UInt8](100..<200))
  }

  @Test func theChangesOfATransactionAreTheLastValueOfEachKeyInOrderOfFirstChange() throws {
    let store = KeyedStore(maxEntries: 10, maxBytes: 1 << 20)
    func put(_ key: UInt8, _ value: UInt8) throws {
      try [key].withUnsafeBytes { key in try [value].withUnsafeBytes { try store.put(key, $0) } }
    }
    try put(1, 1)
    try put(2, 1)
    store.commit()
    try put(2, 5)
    try put(3, 1)
    try put(2, 6)
    [3].withUnsafeBytes { store.delete(UnsafeRawBufferPointer(rebasing: $0[..<1])) }
    [UInt8(1)].withUnsafeBytes { store.delete($0) }
    var changes: [([UInt8], [UInt8]?)] = []
    store.forEachChange { key, value in changes.append((Array(key), value.map { Array($0) })) }
    // Key 3 came and went: there is nothing to tell.
    #expect(changes.map(\.0) == [[ChangelogTag.entry, 2], [ChangelogTag.entry, 1]])
    #expect(changes.map(\.1) == [[6], nil])
  }

  @Test func capsRefuseBeforeAnythingChanges() throws {
    let store = KeyedStore(maxEntries: 2, maxBytes: 20)
    func put(_ key: UInt8, count: Int) throws(StateCap) {
      let value = [UInt8](repeating: 9, count: count)
      var refused: StateCap?
      withUnsafeBytes(of: key) { key in
        value.withUnsafeBytes { value in
          do throws(StateCap) { try store.put(key, value) } catch { refused = error }
        }
      }
      if let refused { throw refused }
    }
    try put(1, count: 5)
    try put(2, count: 5)
    #expect(throws: StateCap.entries) { try put(3, count: 1) }
    #expect(throws: StateCap.bytes) { try put(1, count: 15) }
    #expect(store.sorted().map(\.value.count) == [5, 5])
    try put(1, count: 6)
  }

  @Test func memoryOfAWorkingSetThatChangesForEverStaysBounded() throws {
    var random = SeededRandom(seed: 3)
    let store = KeyedStore(maxEntries: 100_000, maxBytes: 1 << 28)
    var after = 0
    for round in 0..<40 {
      for number in 0..<2_000 {
        let value = [UInt8](repeating: 1, count: 20 + random.below(200))
        try withUnsafeBytes(of: UInt64(number)) { key in
          try value.withUnsafeBytes { try store.put(key, $0) }
        }
      }
      store.commit()
      if round == 9 { after = store.reserved }
    }
    #expect(store.reserved <= after * 5 / 4)
  }

  @Test func whatEntriesLeaveBehindWhenTheyGrowGoesBackToTheSystem() throws {
    let store = KeyedStore(maxEntries: 100_000, maxBytes: 1 << 28)
    let restored = KeyedStore(maxEntries: 100_000, maxBytes: 1 << 28)
    for count in [30, 60, 90, 120] {
      for number in 0..<40_000 {
        let value = [UInt8](repeating: UInt8(number % 251), count: count)
        try withUnsafeBytes(of: UInt64(number)) { key in
          try value.withUnsafeBytes { value in
            try store.put(key, value)
            try restored.restore(key, value)
          }
        }
      }
      store.commit()
    }
    restored.restored()
    // An entry of 145 bytes takes 160, and its slot at most 22.
    #expect(restored.reserved <= 40_000 * (160 + 22) * 17 / 16 + (2 << 20))
    #expect(store.reserved <= 40_000 * (160 + 22) * 4 / 3 + (2 << 20) + (10 << 20))
    for entries in [store.sorted(), restored.sorted()] {
      #expect(entries.count == 40_000)
      #expect(
        entries.allSatisfy { entry in
          let number = entry.key.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
          return entry.value == [UInt8](repeating: UInt8(number % 251), count: 120)
        })
    }
  }
}
