// Owns the versions of the formats that casework's state is written in.

/// How values of the state are written. Each begins with two bytes: the format of its writer, and the oldest reader that
/// understands it. A later format may append fields, which older readers skip; one that changes what stands before them
/// raises the oldest reader, and ships one release after a reader of it.
public struct StateFormat: Sendable, Hashable {
  /// What this build writes.
  public static let current = StateFormat(number: 2, oldestReader: 1, hasTrailer: false)
  /// The newest format that this build reads in full.
  package static let newestRead: UInt8 = 2

  /// For tests of rolling releases: as a later release would write it, with a field at the end of every value that this
  /// build does not know.
  package static let next = StateFormat(number: 3, oldestReader: 1, hasTrailer: true)
  /// For tests: as a later release would write it that this build must not read.
  package static let incompatible = StateFormat(number: 4, oldestReader: 4, hasTrailer: true)

  package let number: UInt8
  package let oldestReader: UInt8
  package let hasTrailer: Bool
}
