// Owns how large a policy's files may be: bounds that a person never meets and a hostile file does.

/// Refused beyond, with a finding; nothing is read past a bound.
enum PolicyLimits {
  /// Of one YAML file, in bytes.
  static let yamlBytes = 1 << 20
  /// Of one look-up table, in bytes.
  static let csvBytes = 4 << 20
  /// Of nesting in a YAML file. libyaml's scanner is quadratic in the depth of flow collections, so this is
  /// also what keeps a hostile file cheap.
  static let depth = 32
  /// Of nodes in one YAML file.
  static let nodes = 200_000
  /// Of rows in one look-up table.
  static let rows = 100_000
  /// Of files in the folder.
  static let files = 64
  /// Of one text or name, in bytes.
  static let textBytes = 400
  /// Of words and word beginnings in the whole policy.
  static let words = 5_000
  /// Of one word or phrase, in bytes once folded.
  static let wordBytes = 80
}
