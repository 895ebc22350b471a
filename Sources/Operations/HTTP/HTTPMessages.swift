// Owns what the server hands to whoever answers, and what it gets back.

/// A request without a body.
public struct HTTPRequest: Sendable, Hashable {
  /// `GET`, in the case it came in: methods are case-sensitive.
  public var method: String
  /// The path, its escapes decoded, without the query.
  public var path: String

  public init(method: String, path: String) {
    self.method = method
    self.path = path
  }
}

/// A whole response.
public struct HTTPResponse: Sendable, Hashable {
  public var status: Int
  public var contentType: String
  public var body: String
  /// For 405: the methods that are allowed.
  public var allow: String?

  public init(
    _ status: Int, _ body: String, contentType: String = "text/plain; charset=utf-8", allow: String? = nil
  ) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.allow = allow
  }
}
