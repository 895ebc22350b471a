// Owns what a deployment can never change under its state: recorded once, compared by every worker.
import Privacy

/// The layout of a deployment. Two workers that disagree on any of it would put the same subject in two
/// places; so it is recorded by `topics apply` and a worker that computes another one refuses to start.
public struct Layout: Sendable, Hashable {
  /// Version of the record; a reader refuses a newer one.
  public static let format = 1

  /// Partitions of each topic that holds keyed records, by logical name.
  public var partitions: [String: Int32]
  /// Version of the subject-key scheme.
  public var keyVersion: Int
  /// Fingerprint of the secret the subject keys are made with; says nothing of the secret itself.
  public var secretFingerprint: String

  public init(partitions: [String: Int32], keyVersion: Int, secretFingerprint: String) {
    self.partitions = partitions
    self.keyVersion = keyVersion
    self.secretFingerprint = secretFingerprint
  }

  /// The layout that a catalogue and a secret's fingerprint amount to.
  public init(catalogue: TopicCatalogue, keyVersion: Int, secretFingerprint: String) {
    var partitions: [String: Int32] = [:]
    for specification in catalogue.specifications {
      partitions[specification.topic.rawValue] = specification.partitions
    }
    self.init(partitions: partitions, keyVersion: keyVersion, secretFingerprint: secretFingerprint)
  }

  /// Sixteen hexadecimal digits that stand for all of the above; travels in every task header.
  public var fingerprint: String { String(Digest.sha256Hex(Array(canonical.utf8)).prefix(16)) }

  /// One line for each fact, sorted: what is hashed and what is shown.
  var canonical: String {
    var lines = ["key-version \(keyVersion)", "secret \(secretFingerprint)"]
    for (topic, count) in partitions.sorted(by: { $0.key < $1.key }) {
      lines.append("partitions \(topic) \(count)")
    }
    return lines.joined(separator: "\n")
  }

  /// What differs, one sentence each; empty when the layouts agree.
  public func differences(from recorded: Layout) -> [String] {
    var found: [String] = []
    if keyVersion != recorded.keyVersion {
      found.append("subject-key version \(keyVersion) here, \(recorded.keyVersion) recorded")
    }
    if secretFingerprint != recorded.secretFingerprint {
      found.append(
        "the subject-key secret is another one (\(secretFingerprint) here, "
          + "\(recorded.secretFingerprint) recorded): check ANSWERABLE_SECRET or --secret-file")
    }
    for topic in Set(partitions.keys).union(recorded.partitions.keys).sorted() {
      let (here, there) = (partitions[topic], recorded.partitions[topic])
      if here != there {
        found.append(
          "topic \(topic): \(here.map(String.init) ?? "no") partitions here, "
            + "\(there.map(String.init) ?? "none") recorded")
      }
    }
    return found
  }
}
