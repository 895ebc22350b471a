// Owns `--listen`: where the pages for operators are served, or that they are not.
import Console
import Operations

/// What `--listen` says.
enum Listen: Sendable, Hashable {
  case off
  case at(ListenAddress)

  /// 9464 is the port that OpenTelemetry gives to Prometheus exporters. On loopback only: the pages ask nobody who
  /// they are.
  static let standard = ListenAddress(host: "127.0.0.1", port: 9464)

  static let option = Option<Listen>.value(
    "listen", nil, "HOST:PORT",
    "Where /metrics, /live and /ready are served, to whoever asks: on loopback unless told otherwise. off: nowhere.",
    default: .at(standard), defaultText: "\(standard)"
  ) { word throws(BadValue) in
    if word == "off" { return .off }
    guard let address = ListenAddress(word) else {
      throw BadValue("\"\(word)\" is neither off nor \(ListenAddress.form)")
    }
    return .at(address)
  }
}
