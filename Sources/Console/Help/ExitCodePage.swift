// Owns the printed table of exit codes.

public enum ExitCodePage {
  public static func print(to stream: TextStream) {
    var table = Table([
      .init("code", alignRight: true, style: .bold), .init("meaning", isFlexible: true),
    ])
    for code in ExitCode.allCases { table.add(["\(code.rawValue)", code.meaning]) }
    table.print(to: stream)
    stream.line()
    stream.line("Killed by a signal, a process ends with 128 and the signal's number, as everywhere.")
  }
}
