// Owns the change of policy in the middle of the demo's week: one row more in a table of owners.
import Policy

/// On Thursday morning somebody edits a table and publishes. The shipped policy has that table; another one may not,
/// and then nothing changes.
enum MidweekChange {
  static let table = "owners.csv"
  static let header = "site,touchpoint,owner"
  static let row = "geneva-1,invoice,front-desk"
  static let note = "Geneva settles invoices at its own front desk"
  /// Thursday 08:00.
  static let time = WeekTime.at(day: 3, minute: 8 * 60)

  /// The policy with the row added; nil where there is no such table, or where the row would be no good there.
  static func made(in files: [SourceFile]) -> PolicyCheck? {
    guard let index = files.firstIndex(where: { $0.name == table }),
      files[index].text.split(whereSeparator: \.isNewline).contains(header[...])
    else { return nil }
    var changed = files
    if changed[index].text.last?.isNewline == false { changed[index].text += "\n" }
    changed[index].text += row + "\n"
    let check = PolicyLoader.check(files: changed)
    return check.document == nil ? nil : check
  }
}
