// Owns the law of how many cases are open: as many as a reader of `assignments` counts, whatever happened on the way.
import Foundation
import Streams

struct OpenCasesLaw {
  /// Cases whose latest assignment says that they are not closed.
  private let published: Int64

  init(_ assignments: [MemoryRecord]) throws(Finding) {
    var latest: [[UInt8]: MemoryRecord] = [:]
    for record in assignments.sorted(by: { $0.offset < $1.offset }) { latest[record.key ?? []] = record }
    var open: Int64 = 0
    for record in latest.values {
      guard let value = record.value else { continue }
      guard let fields = try? JSONSerialization.jsonObject(with: Data(value)) as? [String: Any],
        let status = fields["status"] as? String
      else { throw Finding(.differs, "an assignment that cannot be read: \(record)") }
      if status != "closed" { open += 1 }
    }
    published = open
  }

  /// - Parameter counted: the gauges of all tasks together.
  func check(_ counted: Int64) throws(Finding) {
    if counted != published {
      throw Finding(.state, "\(counted) cases are said to be open, \(published) are assigned and not closed")
    }
  }
}
