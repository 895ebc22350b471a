// Owns the events of a simulation: the lines of all files in the order in which they happened.
import Console
import Events

struct EventToPlay {
  /// `feedback.ndjson:3`
  var place: String
  var kind: EventKind
  /// The id it carries; empty where it has none.
  var name: String
  var value: [UInt8]
  var at: Int64
}

enum EventsToPlay {
  /// All events, oldest first; those of one moment in the order of the files and their lines. What cannot be read has
  /// no time of its own: it comes right after the line above it.
  static func read(_ files: [EventFile]) throws -> [EventToPlay] {
    let decoder = EventDecoder()
    var events: [EventToPlay] = []
    for file in files {
      var last: Int64?
      var waiting: [Int] = []
      for line in try file.lines() {
        let read = line.bytes.withUnsafeBytes { bytes -> (String, Int64)? in
          do throws(EventRefusal) {
            let event = try decoder.decode(file.kind, value: bytes)
            return (event.id.string, event.occurredAt)
          } catch { return nil }
        }
        let name = file.path == "-" ? "standard input" : file.path
        if let (_, time) = read {
          for index in waiting { events[index].at = time }
          waiting = []
          last = time
        } else if last == nil {
          waiting.append(events.count)
        }
        events.append(
          EventToPlay(
            place: "\(name):\(line.number)", kind: file.kind, name: read?.0 ?? "", value: Array(line.bytes),
            at: read?.1 ?? last ?? 0))
      }
    }
    // Files of nothing but mistakes take the time of the others.
    let first = events.lazy.map(\.at).filter { $0 > 0 }.min() ?? Settings.now
    for index in events.indices where events[index].at == 0 { events[index].at = first }
    return events.indices.sorted { (events[$0].at, $0) < (events[$1].at, $1) }.map { events[$0] }
  }
}
