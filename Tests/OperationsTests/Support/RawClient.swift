// Owns a TCP connection that says exactly what a test wants, and nothing an HTTP library would add.
import Foundation
import Glibc
import Operations

/// A connection to a server on loopback.
final class RawClient {
  private let descriptor: Int32

  struct Failure: Error {}

  init(port: UInt16, seconds: Int = 20) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { throw Failure() }
  }

  deinit { close(descriptor) }

  /// Sends as much of it as the server takes; false once it has hung up.
  @discardableResult
  func send(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Everything until the server hangs up.
  func readToEnd() -> String {
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 8_192)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { return String(decoding: all, as: UTF8.self) }
      all += chunk[..<count]
    }
  }

  /// The status code of the answer, once the server has hung up; nil when there was none.
  func status() -> Int? {
    let words = readToEnd().prefix { !$0.isNewline }.split(separator: " ")
    return words.count > 1 ? Int(words[1]) : nil
  }
}

extension RawClient {
  /// Says that nothing more will be sent.
  func shutdownWriting() { shutdown(descriptor, Int32(SHUT_WR)) }
}
