// Owns the words of delegation's closed sets as bytes, for writing.

extension Claim.Kind {
  public var wire: ByteSlice {
    switch self {
    case .request: "request"
    case .approve: "approve"
    case .decline: "decline"
    case .cancel: "cancel"
    case .settle: "settle"
    case .giveBack: "return"
    }
  }
}

extension Delegation.Answer {
  public var wire: ByteSlice {
    switch self {
    case .approved: "approved"
    case .referred: "referred"
    case .declined: "declined"
    case .cancelled: "cancelled"
    case .expired: "expired"
    case .settled: "settled"
    case .returned: "returned"
    case .lapsed: "lapsed"
    case .refused: "refused"
    }
  }
}

extension Delegation.Movement.Account {
  public var wire: ByteSlice {
    switch self {
    case .room: "room"
    case .held: "held"
    case .spent: "spent"
    case .overdraft: "overdraft"
    }
  }
}
