// Owns what a command may print to, and when colour is used.

#if canImport(Glibc)
  import Glibc
#endif

/// When to use colour.
public enum ColorChoice: String, Sendable, Hashable, CaseIterable { case auto, always, never }

/// The streams of a program.
public struct Terminal: Sendable {
  public let out: TextStream
  public let err: TextStream
  private let environment: [String: String]

  public init(out: TextStream, err: TextStream) {
    self.out = out
    self.err = err
    environment = [:]
  }

  /// Standard output and standard error, with colour by `NO_COLOR` (no-color.org), `TERM` and what they are.
  public init(environment: [String: String]) {
    self.environment = environment
    out = TextStream(descriptor: 1, hasColor: Self.hasColor(1, .auto, environment))
    err = TextStream(descriptor: 2, hasColor: Self.hasColor(2, .auto, environment))
  }

  func with(color: ColorChoice) -> Terminal {
    Terminal(
      out: out.with(color: Self.hasColor(1, color, environment)),
      err: err.with(color: Self.hasColor(2, color, environment)), environment: environment)
  }

  private init(out: TextStream, err: TextStream, environment: [String: String]) {
    self.out = out
    self.err = err
    self.environment = environment
  }

  /// Writes out everything.
  public func flush() {
    out.flush()
    err.flush()
  }

  static func hasColor(_ descriptor: Int32, _ choice: ColorChoice, _ environment: [String: String]) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto:
      isatty(descriptor) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
  }
}

/// A look of text on a terminal (ECMA-48, SGR).
public enum Style: Int, Sendable, Hashable {
  case bold = 1
  case dim = 2
  case italic = 3
  case underlined = 4
  case red = 31
  case green = 32
  case yellow = 33
  case blue = 34
  case magenta = 35
  case cyan = 36
}

extension TextStream {
  /// The text in a style, where this stream has colour; else the text.
  public func styled(_ text: String, _ styles: Style...) -> String {
    guard hasColor, !text.isEmpty, !styles.isEmpty else { return text }
    return "\u{1B}[\(styles.map { "\($0.rawValue)" }.joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}
