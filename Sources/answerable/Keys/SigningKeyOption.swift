// Owns where a process gets the key from that approvals are signed with, and what the policy in force says of it.
import Console
import Policy
import Roles
import Secrets
import Signatures

enum SigningKeyOption {
  static let key = Option<Secret?>.secret(
    "signing-key", "What approvals are signed with, as `answerable keys new` or `openssl genpkey` makes it.")
  static let file = Option<String?>.text(
    "signing-key-file", nil, "FILE",
    "A file that holds the key approvals are signed with; its public half stands in delegation.yaml.",
    completion: .file)

  static let group = OptionGroup("Signatures", [key.spec, file.spec])

  /// Nil where none is given. Throws at one that is no Ed25519 key.
  static func read(_ invocation: Invocation) throws(Failure) -> SigningKey? {
    // An empty variable is one that was left out.
    guard let text = try invocation.secret(key, file: file), !text.reveal().isEmpty else { return nil }
    do {
      return try SigningKey(text)
    } catch {
      let from = invocation[file].map { "\($0): " } ?? ""
      throw Failure(
        "\(from)\(error)", advice: "`answerable keys new` makes one that `run` can sign with.",
        code: .configuration)
    }
  }

  /// Whether anybody can check what this key signs by a policy, for the log of `run`.
  static func note(_ key: SigningKey, _ policy: PolicyDocument?, at time: Int64) -> String {
    let ours = (policy?.delegation?.keys ?? []).filter {
      $0.person == nil && $0.publicKey == "\(key.publicKey)"
    }
    if let named = ours.first(where: { $0.counts(at: time) }) {
      return "approvals are signed as \(named.id)"
    }
    let why =
      ours.isEmpty
      ? "the policy in force has no such key: keys of delegation.yaml want { id: …, public: \(key.publicKey) }"
      : "by the policy in force this key counts at another time"
    return "approvals go out unsigned until a policy says whose key it is; \(why)"
  }
}
