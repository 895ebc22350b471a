// Owns local TCP ports: finding free ones, and asking whether somebody listens.
import Glibc

public enum Ports {
  /// Ports nobody holds at this moment, all different.
  public static func free(_ count: Int) throws -> [Int] {
    var sockets: [Int32] = []
    defer { sockets.forEach { close($0) } }
    return try (0..<count).map { _ in
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      guard descriptor >= 0 else { throw BrokerFailure("no socket: errno \(errno)") }
      sockets.append(descriptor)
      var address = local(0)
      let bound = withSockaddr(&address) { bind(descriptor, $0, $1) }
      guard bound == 0 else { throw BrokerFailure("no free port: errno \(errno)") }
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let named = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
      }
      guard named == 0 else { throw BrokerFailure("no port name: errno \(errno)") }
      return Int(UInt16(bigEndian: address.sin_port))
    }
  }

  /// Whether a connection to the port is accepted.
  public static func answers(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = local(UInt16(port))
    return withSockaddr(&address) { connect(descriptor, $0, $1) } == 0
  }

  private static func local(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func withSockaddr(
    _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
