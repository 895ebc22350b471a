// Owns the process: what it is given, one run, and the exit code.
import Console
import Foundation

CrashNote.install()
let terminal = Terminal.standard()
let result = Result()
let program = Application(
  root: SimulateCommand.command(result), environment: ProcessInfo.processInfo.environment)
let code = program.run(Array(CommandLine.arguments.dropFirst()), terminal)
terminal.flush()
exit(result.code ?? code.rawValue)
