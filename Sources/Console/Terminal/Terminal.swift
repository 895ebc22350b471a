// Owns what a command may print to, and when colour is used.

/// When to use colour.
public enum ColorChoice: String, Sendable, Hashable, CaseIterable { case auto, always, never }

/// The streams of a program.
public struct Terminal: Sendable {
  public let out: TextStream
  public let err: TextStream

  public init(out: TextStream, err: TextStream) {
    self.out = out
    self.err = err
  }

  /// Standard output and standard error.
  public static func standard() -> Terminal {
    Terminal(out: TextStream(descriptor: 1), err: TextStream(descriptor: 2))
  }

  /// The same streams, each with colour where the choice, `NO_COLOR` (no-color.org), `TERM` and what it is allow it.
  func with(color: ColorChoice, _ environment: [String: String]) -> Terminal {
    func colored(_ stream: TextStream) -> TextStream {
      stream.with(color: color.allows(isTerminal: stream.isTerminal, environment))
    }
    return Terminal(out: colored(out), err: colored(err))
  }

  /// Writes out everything.
  public func flush() {
    out.flush()
    err.flush()
  }
}

extension ColorChoice {
  func allows(isTerminal: Bool, _ environment: [String: String]) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
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
