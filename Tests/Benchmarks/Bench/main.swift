// Owns the process: what it is given, one benchmark, and the exit code.
import Console
import Foundation

signal(SIGPIPE, SIG_IGN)
let terminal = Terminal.standard()
let program = Application(root: Program.root, environment: ProcessInfo.processInfo.environment)
let code = program.run(Array(CommandLine.arguments.dropFirst()), terminal)
terminal.flush()
exit(code.rawValue)
