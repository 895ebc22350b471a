// Owns the callback of libmicrohttpd: one request in, one response out, bodies refused unread.
import CMicroHTTPD

/// Answers requests, on the daemon's thread.
final class HTTPHandler: Sendable {
  private let answer: @Sendable (HTTPRequest) -> HTTPResponse

  init(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse) { self.answer = answer }

  /// Called once when the headers are in, and once more when the request is complete.
  static let callback: MHD_AccessHandlerCallback = {
    context, connection, url, method, _, _, uploaded, state in
    guard let context, let connection, let url, let method, let uploaded, let state else { return .NO }
    // Set to the handler when the daemon was started, which outlives every call.
    let handler = Unmanaged<HTTPHandler>.fromOpaque(context).takeUnretainedValue()
    let request = HTTPRequest(method: String(cString: method), path: String(cString: url))
    if state.pointee == nil {
      if HTTPHandler.announcesBody(connection) {
        // Answering now, before the body, makes the library close the connection instead of reading it.
        let answer = handler.answer(request)
        return HTTPHandler.queue(
          answer.status < 400 ? HTTPResponse(413, "no page here takes a body\n") : answer, connection)
      }
      state.pointee = context
      return .YES
    }
    guard uploaded.pointee == 0 else { return .NO }
    return HTTPHandler.queue(handler.answer(request), connection)
  }

  private static func announcesBody(_ connection: OpaquePointer) -> Bool {
    if header("Transfer-Encoding", connection) != nil { return true }
    guard let length = header("Content-Length", connection) else { return false }
    return length != "0"
  }

  private static func header(_ name: String, _ connection: OpaquePointer) -> String? {
    MHD_lookup_connection_value(connection, .HEADER_KIND, name).map { String(cString: $0) }
  }

  private static func queue(_ response: HTTPResponse, _ connection: OpaquePointer) -> MHD_Result {
    var body = response.body
    let made = body.withUTF8 { bytes in
      // Copied by the library: its only way to be handed memory that Swift owns.
      MHD_create_response_from_buffer(
        bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let made else { return .NO }
    defer { MHD_destroy_response(made) }
    MHD_add_response_header(made, "Content-Type", response.contentType)
    MHD_add_response_header(made, "Cache-Control", "no-store")
    if let allow = response.allow { MHD_add_response_header(made, "Allow", allow) }
    return MHD_queue_response(connection, UInt32(clamping: response.status), made)
  }
}
