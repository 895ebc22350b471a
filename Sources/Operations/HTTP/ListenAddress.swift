// Owns where to listen: a host and a port as written, and the addresses they stand for.
import Glibc

/// `HOST:PORT`. Hosts are names or addresses; an IPv6 address stands in brackets.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// Without brackets.
  public var host: String
  /// 0 lets the system choose.
  public var port: UInt16

  public init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// What a text has to look like.
  public static let form = "HOST:PORT, like 127.0.0.1:9464, 0.0.0.0:9464 or [::1]:9464"

  /// Reads `HOST:PORT`; nil for anything else.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...])
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("[") && host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
      guard host.contains(":") else { return nil }
    } else if host.contains(where: { ":[]".contains($0) }) {
      return nil
    }
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    self.init(host: String(host), port: port)
  }

  private static func port(_ text: Substring) -> UInt16? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return UInt16(text)
  }

  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Where somebody on this machine reaches what listens here: a wildcard stands for every address, loopback too.
  public var reachable: ListenAddress {
    switch host {
    case "0.0.0.0", "*": ListenAddress(host: "127.0.0.1", port: port)
    case "::": ListenAddress(host: "::1", port: port)
    default: self
    }
  }
}

/// Why an address cannot be listened on, or not be reached.
public struct ListenError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Reason: Sendable, Hashable {
    /// Another process listens there.
    case taken
    /// Everything else.
    case other
  }
  public let reason: Reason
  public let description: String
}

extension ListenAddress {
  /// Calls `body` with each address that the host stands for, until one of them succeeds.
  ///
  /// - Parameter passive: for listening rather than connecting.
  func firstSocket(
    passive: Bool, _ body: (_ socket: Int32, _ address: addrinfo) -> Bool
  ) throws(ListenError) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = passive ? AI_PASSIVE | AI_NUMERICSERV : AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host == "*" ? nil : host, String(port), &hints, &list)
    guard code == 0, let list else {
      let why = code == EAI_SYSTEM ? String(cString: strerror(errno)) : String(cString: gai_strerror(code))
      throw ListenError(reason: .other, description: "\(self): the host is not known: \(why)")
    }
    defer { freeaddrinfo(list) }
    var failure = EADDRNOTAVAIL
    var next: UnsafeMutablePointer<addrinfo>? = list
    while let entry = next?.pointee {
      next = entry.ai_next
      let descriptor = socket(
        entry.ai_family, entry.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), entry.ai_protocol)
      if descriptor < 0 {
        failure = errno
        continue
      }
      if body(descriptor, entry) { return descriptor }
      failure = errno
      close(descriptor)
    }
    throw ListenError(
      reason: failure == EADDRINUSE ? .taken : .other,
      description: failure == EADDRINUSE
        ? "\(self): the port is taken: another process listens there"
        : "\(self): \(passive ? "cannot listen there" : "cannot be reached"): \(String(cString: strerror(failure)))"
    )
  }
}
