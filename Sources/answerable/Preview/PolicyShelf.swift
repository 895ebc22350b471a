// Owns the policies that previews decide by: folders that are sound, each checked and compiled once.
import Console
import Policy

struct PolicyShelf {
  struct Loaded {
    var record: PolicyRecord
    var compiled: CompiledPolicy
  }

  /// The one that is meant where no other is named.
  private let folder: String
  private let terminal: Terminal
  private var loaded: [String: Loaded] = [:]

  init(folder: String, _ terminal: Terminal) {
    self.folder = folder
    self.terminal = terminal
  }

  /// The policy that a file asks for, relative to its own folder, else `home`. Throws `Failure` when it has mistakes;
  /// they are printed.
  mutating func policy(_ named: String? = nil, of file: String = "", home: String? = nil) throws -> Loaded {
    var path = home ?? folder
    if let named {
      let home = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
        separator: "/")
      path = named.hasPrefix("/") || home.isEmpty ? named : "\(home)/\(named)"
    }
    if let found = loaded[path] { return found }
    let check = PolicyFolderCheck(folder: path)
    let document = try check.sound(terminal)
    let record = PolicyRecord(
      document, files: check.check.files, publishedAt: 0, by: "\(Program.name) preview", note: "")
    let made = Loaded(record: record, compiled: record.compiled())
    loaded[path] = made
    return made
  }
}
