// Owns what moving a deployment to other partitions needs to know of delegation's state: whose each entry is.
import Events
import StateBytes

/// Whose an entry of a task's state is, by its key and value.
package enum StateRouting {
  /// A claim or a pot: everything of one root stands in one task.
  case root([UInt8])
  /// Of a pot: the root is the policy's to say, by the budget's id.
  case budget([UInt8])
  /// What somebody asked for lately, under roots that the key does not name.
  case sum
  /// The task's own record, which begins anew.
  case task

  /// Throws for bytes that are none of these.
  package init(key: [UInt8], value: [UInt8]) throws(StateFailure) {
    switch key.first {
    case StateKey.Letter.claim:
      let result: Result<[UInt8], StateFailure> = key.dropFirst().withUnsafeBytes { id in
        value.withUnsafeBytes { value in
          Result { () throws(StateFailure) in
            let claim = try ClaimAccount(value, id: ByteSlice(id), Texts())
            return Array(claim.root.bytes)
          }
        }
      }
      self = .root(try result.get())
    case StateKey.Letter.pot: self = .budget(Array(key.dropFirst().prefix { $0 != 0 }))
    case StateKey.Letter.sum: self = .sum
    case StateKey.Letter.task: self = .task
    default: throw .damaged("a task of delegation")
    }
  }
}
