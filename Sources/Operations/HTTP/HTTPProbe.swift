// Owns one GET of a small page on this machine or near it: what a health check does.
import Glibc

/// Asks one page of a server. Blocks.
public enum HTTPProbe {
  /// The status and body of a page.
  ///
  /// - Parameters:
  ///   - milliseconds: The longest wait for the connection, and between two pieces of the answer.
  /// - Throws: `ListenError` when nobody answers, or not in HTTP.
  public static func get(
    _ path: String, at address: ListenAddress, milliseconds: Int = 3_000
  ) throws(ListenError) -> (status: Int, body: String) {
    let address = address.reachable
    let descriptor = try address.firstSocket(passive: false) { socket, entry in
      var limit = timeval(tv_sec: milliseconds / 1_000, tv_usec: milliseconds % 1_000 * 1_000)
      let size = socklen_t(MemoryLayout<timeval>.size)
      setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
      setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
      return connect(socket, entry.ai_addr, entry.ai_addrlen) == 0
    }
    defer { close(descriptor) }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: \(address)\r\nConnection: close\r\n\r\n".utf8)
    guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
      throw failure(address, "it did not take the request")
    }
    return try parse(answer(descriptor, address), address)
  }

  /// Everything until the server closes, within bounds.
  private static func answer(_ descriptor: Int32, _ address: ListenAddress) throws(ListenError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while bytes.count < 16 << 20 {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count == 0 { return bytes }
      guard count > 0 else { throw failure(address, "it did not answer in time") }
      bytes += chunk[..<count]
    }
    throw failure(address, "its answer does not end")
  }

  static func parse(_ bytes: [UInt8], _ address: ListenAddress) throws(ListenError) -> (
    status: Int, body: String
  ) {
    let text = String(decoding: bytes, as: UTF8.self)
    let words = text.prefix { !$0.isNewline }.split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]), words[1].count == 3
    else { throw failure(address, "what answers there does not speak HTTP") }
    let separator = Array("\r\n\r\n".utf8)
    let start = bytes.indices.first { bytes[$0...].starts(with: separator) }.map { $0 + separator.count }
    return (status, String(decoding: bytes[(start ?? bytes.count)...], as: UTF8.self))
  }

  private static func failure(_ address: ListenAddress, _ text: String) -> ListenError {
    ListenError(reason: .other, description: "\(address): \(text)")
  }
}
