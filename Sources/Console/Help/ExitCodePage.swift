// Owns the printed table of exit codes.

public enum ExitCodePage {
  public static func print(to stream: TextStream) {
    let width = min(stream.width, 110)
    for code in ExitCode.allCases {
      let number = TextWidth.pad("\(code.rawValue)", to: 5, alignRight: true)
      for (index, line) in TextWidth.wrap(code.meaning, to: width - 7).enumerated() {
        stream.line("\(index == 0 ? stream.styled(number, .bold) : "     ")  \(line)")
      }
    }
    stream.line()
    let ending = "Killed by a signal, a process ends with 128 and the signal's number, as everywhere."
    for line in TextWidth.wrap(ending, to: width) { stream.line(line) }
  }
}
