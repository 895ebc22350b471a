// Owns claims as lines of an input: whatever stands in their fields, past every decoder.
import Events
import StateBytes

/// A claim as fields between tabs, in the order of `Field`; fields that are missing are empty.
struct ClaimLine {
  enum Field: Int, CaseIterable {
    case kind, claim, caseID, action, minor, currency, person, owner, site, root, budgets, evidence, priority
  }

  private var fields = [[UInt8]](repeating: [], count: Field.allCases.count)

  init() {}

  init(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0x09, omittingEmptySubsequences: false)
    for (index, part) in parts.prefix(fields.count).enumerated() { fields[index] = Array(part) }
  }

  var bytes: [UInt8] { Array(fields.joined(separator: [0x09])) }

  subscript(field: Field) -> String {
    get { String(decoding: fields[field.rawValue], as: UTF8.self) }
    set { fields[field.rawValue] = Array(newValue.utf8) }
  }

  /// Bytes that are no text stand in `fields` only.
  mutating func replace(_ field: Field, _ bytes: [UInt8]) { fields[field.rawValue] = bytes }

  /// Its texts live as long as `scratch` keeps them.
  func claim(_ scratch: Scratch) -> Claim {
    func slice(_ bytes: [UInt8]) -> ByteSlice { bytes.withUnsafeBytes { ByteSlice(scratch.keep($0)) } }
    func text(_ field: Field) -> ByteSlice { slice(fields[field.rawValue]) }
    func list(_ field: Field) -> [ByteSlice] {
      fields[field.rawValue].split(separator: UInt8(ascii: ";")).map { slice(Array($0)) }
    }
    var claim = Claim()
    claim.kind = Claim.Kind.allCases.first { $0.wire.string == self[.kind] } ?? .request
    claim.claim = text(.claim)
    claim.caseID = text(.caseID)
    claim.subjectKey = "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc"
    claim.action = text(.action)
    claim.amount = Int64(self[.minor]) ?? 0
    claim.currency = text(.currency)
    claim.actor.id = text(.person)
    claim.owner = text(.owner)
    claim.site = text(.site)
    claim.root = text(.root)
    claim.budgets = list(.budgets)
    claim.evidence = list(.evidence)
    claim.priority = Priority(rawValue: Int(self[.priority]) ?? 3) ?? .p3
    return claim
  }
}
