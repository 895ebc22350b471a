// Owns moving what tasks keep about owners: windows and digests, the cases that holds list, and the holds themselves.
import Events
import StateBytes

extension StateMover {
  func take(owner entry: StateEntry, _ value: [UInt8], _ words: WordTable, _ old: Int) throws {
    let owner = Array(entry.key.dropFirst())
    var account = OwnerAccount()
    try value.withUnsafeBytes { bytes in try StateDecoder.decode(bytes, into: &account, words, kept) }
    entry.key.dropFirst().withUnsafeBytes { sum.add(owner: ByteSlice($0), account) }
    let home = old % tasks.count
    change(owner, home) { part in
      part.inWindow = part.inWindow &+ account.inWindow
      part.windowFrom = max(part.windowFrom, account.windowFrom)
      part.deferredTotal += account.deferredTotal
      part.digests = max(part.digests, account.digests)
      part.digestCount += max(0, account.digestCount - Int64(account.digestCases.count))
      if account.heldUntil > part.heldUntil {
        part.heldUntil = account.heldUntil
        part.heldReason = account.heldReason
        part.heldBy = account.heldBy
      }
    }
    for id in account.digestCases {
      change(owner, try task(ofCase: id)) { part in
        part.digestCases.append(id)
        part.digestCount += 1
        part.digests = max(part.digests, account.digests)
        part.windowFrom = max(part.windowFrom, account.windowFrom)
      }
    }
    for id in account.heldCases {
      let task = try task(ofCase: id)
      change(owner, task) { _ in }
      tasks[task].held[owner, default: []].append(id)
    }
    if account.wakeTo > account.pageFrom { wakeTo[owner, default: [:]][old] = account.wakeTo }
    guard let due = entry.due else { return }
    for index in tasks.indices {
      tasks[index].ownerTimers[owner] = min(tasks[index].ownerTimers[owner] ?? .max, due)
    }
  }

  func take(page entry: StateEntry, _ value: [UInt8], _ words: WordTable, _ old: Int) throws {
    guard entry.key.count >= 5 else { throw StateFailure.damaged("held cases") }
    let number = entry.key[1..<5].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let cases = try value.withUnsafeBytes { try StateDecoder.decode(page: $0, words, kept) }
    sum.heldCases += Int64(cases.count)
    pages.append(
      OldPage(
        owner: Array(entry.key[5...]), task: old, number: Int32(bitPattern: number), cases: cases))
  }

  /// Cases that holds list go where their subjects go.
  func spreadPages() throws {
    for page in pages {
      let isWaking = page.number < wakeTo[page.owner]?[page.task] ?? 0
      for id in page.cases {
        let task = try task(ofCase: id)
        change(page.owner, task) { _ in }
        if isWaking {
          tasks[task].waking[page.owner, default: []].append(id)
        } else {
          tasks[task].held[page.owner, default: []].append(id)
        }
      }
    }
  }

  /// Lists an owner's held cases anew: those that are being woken first, on pages of their own.
  func page(
    _ account: inout OwnerAccount, _ owner: [UInt8], _ task: NewTask, _ encoder: StateEncoder,
    _ emit: (StateEntry) throws -> Void
  ) throws {
    var key = StateKey()
    func add(_ cases: ArraySlice<ByteSlice>) throws {
      encoder.encode(page: Array(cases))
      let key = owner.withUnsafeBytes { Array(key.page(account.pageTo, of: ByteSlice($0))) }
      try emit(StateEntry(key: key, value: Array(encoder.out.bytes), due: nil))
      account.pageTo += 1
    }
    account.pageFrom = 0
    account.pageTo = 0
    var rest = (task.waking[owner] ?? [])[...]
    while !rest.isEmpty {
      try add(rest.prefix(Holds.heldListed))
      rest = rest.dropFirst(Holds.heldListed)
    }
    account.wakeTo = account.pageTo
    rest = (task.held[owner] ?? [])[...]
    while rest.count >= Holds.heldListed {
      try add(rest.prefix(Holds.heldListed))
      rest = rest.dropFirst(Holds.heldListed)
    }
    account.heldCases = Array(rest)
  }

  private func change(_ owner: [UInt8], _ task: Int, _ body: (inout OwnerAccount) -> Void) {
    body(&tasks[task].owners[owner, default: OwnerAccount()])
  }

  /// The new task of a case's id.
  private func task(ofCase id: ByteSlice) throws -> Int {
    guard let bytes = CaseBytes(id) else { throw StateFailure.damaged("an owner") }
    return partition(bytes.subject.text(scratch).bytes)
  }

  /// A hold stands in every task.
  func spreadHolds() {
    var holds: [[UInt8]: OwnerAccount] = [:]
    for task in tasks {
      for (owner, account) in task.owners where account.heldUntil > holds[owner]?.heldUntil ?? 0 {
        holds[owner] = account
      }
    }
    for (owner, hold) in holds {
      for index in tasks.indices {
        change(owner, index) { part in
          part.heldUntil = hold.heldUntil
          part.heldReason = hold.heldReason
          part.heldBy = hold.heldBy
        }
      }
    }
  }
}
