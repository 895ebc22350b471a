// Owns sending events to a deployment's topics, at a rate or as fast as the broker takes them.
import Events
import RawClient
import Roles

enum EventLoad {
  /// Blocks until all of them are acknowledged. `rate` is events a second; 0: as many as the broker takes. Returns how
  /// far it fell behind the rate at the worst, in milliseconds: that is part of every age.
  @discardableResult
  static func send(
    _ deck: [EventTemplate], count: Int, rate: Int, brokers: String, prefix: String
  ) throws -> Double {
    let topics = RoleName.intake.sources
    let names = topics.map { $0.name(prefix: prefix) }.joined(separator: ",")
    // Lives until the load has been sent.
    var texts: [UnsafeMutableBufferPointer<CChar>] = []
    defer { for text in texts { text.deallocate() } }
    let templates = deck.map { template in
      let text = UnsafeMutableBufferPointer<CChar>.allocate(capacity: template.text.count)
      _ = text.initialize(from: template.text.map { CChar(bitPattern: $0) })
      texts.append(text)
      return raw_template(
        text: UnsafePointer(text.baseAddress!), count: template.text.count,
        topic: Int32(topics.firstIndex { $0.eventKind == template.kind } ?? 0))
    }
    var error = raw_error()
    var latest: Int64 = 0
    let isSent = templates.withUnsafeBufferPointer { templates in
      brokers.withCString { brokers in
        names.withCString { names in
          var load = raw_load(
            brokers: brokers, topics: names, templates: templates.baseAddress!,
            template_count: templates.count, events: Int64(count), rate: Int64(rate))
          return raw_load_run(&load, &latest, &error)
        }
      }
    }
    guard isSent else { throw BenchFailure(error.message) }
    return Double(latest) / 1000
  }
}

extension raw_error {
  var message: String {
    withUnsafeBytes(of: text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
