// Owns `keys`: makes the key that approvals are signed with, and tells its public half.
import Console
import Foundation
import Signatures

enum KeysCommand {
  static let command = Command(
    "keys", "make a key that signs, and show its public half",
    details: [
      "Approvals are signed with Ed25519 (RFC 8032), so that a till or a property system can check one without asking "
        + "anybody: `answerable verify`. The private half stands in one file and nowhere else; the public one in "
        + "delegation.yaml, under an id of your choice. A person's key is one whose entry names the person: it signs "
        + "remedies."
    ],
    subcommands: [new, publicHalf])

  private static let out = Option<String?>.text(
    "out", nil, "FILE", "Where the private half goes: a new file that only you can read.", completion: .file)

  private static let new = Command(
    "new", "make a key",
    details: ["A file that exists is left alone: what was signed with its key could not be made again."],
    options: [OptionGroup("Options", [out.spec])],
    examples: [Example("answerable keys new --out approvals.key", "And the line for delegation.yaml.")],
    body: Failures.told { invocation, terminal in
      guard let path = invocation[out] else {
        throw UsageError("say --out FILE: where the private half goes", command: "answerable keys new")
      }
      let key = try SigningKey.generate()
      try write(key, to: path)
      terminal.out.line("\(TextWidth.printable(path)) holds the private half; nobody else can read it.")
      terminal.out.line(
        "Workers sign with it:  answerable run --signing-key-file \(TextWidth.printable(path))")
      terminal.out.line("Whoever checks needs the public half, in delegation.yaml:")
      terminal.out.line()
      terminal.out.line(entry(key.publicKey))
      return .success
    })

  private static let publicHalf = Command(
    "public", "show the public half of a key",
    positionals: [
      Positional("FILE", "The private key: PEM, or 32 bytes in base64url.", .one, completion: .file)
    ],
    examples: [Example("answerable keys public approvals.key", "As delegation.yaml wants it.")],
    body: Failures.told { invocation, terminal in
      do throws(SignatureError) {
        terminal.out.line(entry(try SigningKey(file: invocation.arguments[0]).publicKey))
        return .success
      } catch {
        throw Failure("\(error)", code: error.code == .unreadableFile ? .noInput : .configuration)
      }
    })

  private static func entry(_ key: PublicKey) -> String {
    "keys:\n  - { id: approvals-\(String(Clock.minute(Settings.now).prefix(4))), public: \(key) }"
  }

  /// Creates the file, readable by its owner only, and has it on the disk before anything is said.
  private static func write(_ key: SigningKey, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      let reason = String(cString: strerror(errno))
      throw Failure(
        "\(path): \(reason)", advice: errno == EEXIST ? "Say another name, or move that file away." : "",
        code: .io)
    }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data((try key.reveal().reveal() + "\n").utf8))
      try handle.synchronize()
      try handle.close()
      try syncFolder(of: path)
    } catch {
      unlink(path)
      if let failure = error as? Failure { throw failure }
      throw Failure("\(path): \(error.localizedDescription)", code: .io)
    }
  }
}
