// Owns the exit codes, the same for every command, and the table that documents them.

/// How a command ended. Numbers from 64 on are those of `sysexits.h`.
public enum ExitCode: Int32, Sendable, Hashable, CaseIterable {
  case success = 0
  case negative = 1
  case findings = 2
  case usage = 64
  case noInput = 66
  case unavailable = 69
  case software = 70
  case io = 74
  case noPermission = 77
  case configuration = 78
  case interrupted = 130

  /// What it means, for the table.
  public var meaning: String {
    switch self {
    case .success: "done, and the answer is yes"
    case .negative:
      "the answer is no: warnings with `check --strict`, a policy or event refused, lines not sent, nothing found"
    case .findings:
      "something was found: errors, by `check`; what `topics apply` would change, by `topics plan`"
    case .usage: "the command line is wrong: an unknown option, a missing argument, a value that is none"
    case .noInput: "a file or folder that was named cannot be read"
    case .unavailable: "Kafka cannot be reached, or did not answer in time"
    case .software: "a mistake of answerable itself, or a worker that had to give up"
    case .io: "reading or writing failed half-way"
    case .noPermission: "Kafka refused: an ACL is missing (`topics acls` prints what each role needs)"
    case .configuration: "configuration, policy or layout do not fit: the message says which and how to go on"
    case .interrupted: "stopped by a second signal before the work at hand was finished"
    }
  }
}
