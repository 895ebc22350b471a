// Owns a bound and listening socket until somebody takes it over.
import Glibc

/// Opening the socket ourselves tells why an address cannot be had, which the HTTP library keeps to itself.
enum ListenSocket {
  /// Binds and listens. Whoever calls owns the descriptor.
  static func open(_ address: ListenAddress) throws(ListenError) -> (descriptor: Int32, port: UInt16) {
    let descriptor = try address.firstSocket(passive: true) { socket, entry in
      var on: Int32 = 1
      // A restart need not wait for the connections of the process before it to be forgotten.
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
      return bind(socket, entry.ai_addr, entry.ai_addrlen) == 0 && listen(socket, 64) == 0
    }
    return (descriptor, port(of: descriptor) ?? address.port)
  }

  /// The port that the system chose.
  private static func port(of descriptor: Int32) -> UInt16? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutableBytes(of: &storage) { bytes -> UInt16? in
      guard let base = bytes.baseAddress else { return nil }
      let code = getsockname(descriptor, base.assumingMemoryBound(to: sockaddr.self), &length)
      // Family first, port second, in network order: the same in both families.
      guard code == 0 else { return nil }
      return UInt16(bigEndian: base.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
    }
  }
}
