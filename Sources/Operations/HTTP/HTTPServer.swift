// Owns one libmicrohttpd daemon: its limits, its thread, its end.
import CMicroHTTPD
import Synchronization

/// An HTTP/1.1 server for a handful of small pages, without authentication and without encryption: for loopback and
/// private networks. Answers on one thread of its own; connections are non-blocking, so a client that is slow to
/// send or to read holds up nobody.
public final class HTTPServer: Sendable {
  /// What bounds a client.
  public struct Limits: Sendable, Hashable {
    /// Connections at a time; more wait in the backlog. Default: 64.
    public var connections: UInt32 = 64
    /// Connections at a time from one address. Default: 32, so that none takes all.
    public var connectionsPerAddress: UInt32 = 32
    /// Seconds without a byte before a connection is closed. Default: 10.
    public var idleSeconds: UInt32 = 10
    /// Bytes of memory for one connection, and so the largest request, headers included. Default: 16 KiB. A larger one
    /// is refused with 431 or 414.
    public var requestBytes = 16 << 10

    public init() {}
  }

  /// Where it listens, with the port that the system chose where 0 was asked for.
  public let address: ListenAddress
  private let daemon: Mutex<Daemon?>

  /// Listens and answers from now on.
  ///
  /// - Parameter handler: Called on the server's thread; must be quick.
  /// - Throws: `ListenError`, `taken` when another process listens there.
  public init(
    _ address: ListenAddress, limits: Limits = Limits(),
    handler: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) throws(ListenError) {
    let (descriptor, port) = try ListenSocket.open(address)
    self.address = ListenAddress(host: address.host, port: port)
    guard let daemon = Daemon(descriptor, limits, HTTPHandler(handler)) else {
      throw ListenError(
        reason: .other, description: "\(address): the HTTP server cannot be started: too few threads or files"
      )
    }
    self.daemon = Mutex(daemon)
  }

  /// Closes every connection and waits for the thread to end. A second call does nothing.
  public func stop() {
    let daemon = self.daemon.withLock { daemon in
      defer { daemon = nil }
      return daemon
    }
    daemon?.stop()
  }

  deinit { stop() }
}

/// The C handle, and what its callback points to.
///
/// Unchecked: the pointer is set once and given up once, by whoever takes the daemon out of its mutex; the library
/// serves itself from a thread of its own.
private final class Daemon: @unchecked Sendable {
  private let handle: OpaquePointer
  private let handler: HTTPHandler

  /// Takes the descriptor over. Nil when the daemon does not start. The descriptor is left then: the library may have
  /// closed it, and closing it again could hit somebody else's.
  init?(_ descriptor: Int32, _ limits: HTTPServer.Limits, _ handler: HTTPHandler) {
    func option(_ option: MHD_OPTION, _ value: Int) -> MHD_OptionItem {
      MHD_OptionItem(option: option, value: value, ptr_value: nil)
    }
    var options = [
      option(.LISTEN_SOCKET, Int(descriptor)),
      option(.CONNECTION_LIMIT, Int(limits.connections)),
      option(.PER_IP_CONNECTION_LIMIT, Int(limits.connectionsPerAddress)),
      option(.CONNECTION_TIMEOUT, Int(limits.idleSeconds)),
      option(.CONNECTION_MEMORY_LIMIT, limits.requestBytes),
      // Refuses what HTTP forbids, such as a request without a Host or a bare line feed.
      option(.STRICT_FOR_CLIENT, 1),
      option(.END, 0),
    ]
    let flags = MHD_USE_INTERNAL_POLLING_THREAD.rawValue | MHD_USE_EPOLL.rawValue
    // The daemon ends before this object does, and with it the last use of the handler.
    let context = Unmanaged.passUnretained(handler).toOpaque()
    guard let handle = answerable_MHD_start(flags, HTTPHandler.callback, context, &options) else {
      return nil
    }
    self.handle = handle
    self.handler = handler
  }

  /// Joins the daemon's thread; the descriptor is closed by it.
  func stop() { MHD_stop_daemon(handle) }
}
