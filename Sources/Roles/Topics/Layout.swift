// Owns what a deployment can never change under its state: recorded once, compared by every worker.
import Privacy

/// The layout of a deployment. Two workers that disagree on any of it would put the same subject in two
/// places; so it is recorded by `topics apply` and a worker that computes another one refuses to start.
public struct Layout: Sendable, Hashable {
  /// Version of the record; a reader refuses a newer one.
  public static let format = 1

  /// Partitions of each topic, by logical name.
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

  /// Sixteen hexadecimal digits that stand for all of the above; travels in every task header. Topics that came with
  /// later versions are left out: they follow the count of the first ones, and a deployment that gains some keeps its
  /// fingerprint.
  public var fingerprint: String { String(Digest.sha256Hex(Array(canonical.utf8)).prefix(16)) }

  /// The topics that every deployment has had from its beginning; never to be changed.
  private static let first: Set<Topic> = [
    .feedback, .incidents, .caseUpdates, .remedies, .signals, .deadLetters, .policies, .layout,
  ]

  /// One line for each fact, sorted: what is hashed.
  var canonical: String {
    var lines = ["key-version \(keyVersion)", "secret \(secretFingerprint)"]
    let first = Set(Self.first.map(\.rawValue))
    for (topic, count) in partitions.sorted(by: { $0.key < $1.key }) where first.contains(topic) {
      lines.append("partitions \(topic) \(count)")
    }
    return lines.joined(separator: "\n")
  }

  /// The topics of this layout that the recorded one does not know yet and that fit it, sorted: those of a later
  /// version, with the deployment's count of partitions. They are to be recorded and are no difference.
  public func additions(to recorded: Layout) -> [String] {
    partitions.filter { topic, count in
      recorded.partitions[topic] == nil && count == recorded.count(ofNew: topic)
    }.keys.sorted()
  }

  /// This layout with topics of another one that agrees with it.
  public func adding(_ topics: [String], of layout: Layout) -> Layout {
    var extended = self
    for topic in topics { extended.partitions[topic] = layout.partitions[topic] }
    return extended
  }

  /// How many partitions a topic has to have that a later version brings; nil when nothing here says it.
  private func count(ofNew topic: String) -> Int32? {
    guard let topic = Topic(rawValue: topic), !TopicCatalogue.isSingle(topic) else { return 1 }
    return partitions[Topic.signals.rawValue]
  }

  /// What differs, one sentence each; empty when the layouts agree. Topics that only one of two versions knows are
  /// no difference, as long as a new one has the deployment's count of partitions.
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
      if there == nil, let here {
        if let wanted = recorded.count(ofNew: topic), here != wanted {
          found.append(
            "topic \(topic): \(here) partitions here, new topics of this deployment have \(wanted)")
        }
      } else if here != there, Topic(rawValue: topic) != nil {
        found.append(
          "topic \(topic): \(here.map(String.init) ?? "no") partitions here, "
            + "\(there.map(String.init) ?? "none") recorded")
      }
    }
    return found
  }
}
