// Owns the process: what it is given, one run of the program, and the exit code.
import Console
import Foundation

// A reader that goes away (`answerable watch | head`) ends the output, not the process.
signal(SIGPIPE, SIG_IGN)
let terminal = Terminal.standard()
let program = Application(root: Program.root, environment: ProcessInfo.processInfo.environment)
let code = program.run(Array(CommandLine.arguments.dropFirst()), terminal)
terminal.flush()
exit(code.rawValue)
