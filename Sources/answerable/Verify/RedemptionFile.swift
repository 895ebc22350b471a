// Owns a till's own memory of what it has paid: one line for each claim, on the disk before anybody is told yes.
import Console
import Foundation

/// A file to which lines are only ever added: claim, time. Several processes of one till may share it; one of two that
/// redeem the same approval at once is refused. A last line that a crash cut off was never answered with yes: it is
/// taken away.
struct RedemptionFile {
  enum Answer: Equatable {
    case redeemed
    /// Before, at that time.
    case before(String)
  }

  let path: String
  /// Has the folder on the disk, where a file of that name is new.
  var syncFolder: @Sendable (_ path: String) throws(Failure) -> Void = answerable.syncFolder(of:)

  /// Throws `Failure` when the file cannot be read, locked or written.
  func redeem(claim: String, at time: Int64) throws(Failure) -> Answer {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(errno) }
    // Ends the lock, too.
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 { guard errno == EINTR else { throw failure(errno) } }
    let text = try read(file)
    // Before its first line, so that whoever finds a line finds it after a crash, too, whoever made the file.
    if text.isEmpty { try syncFolder(path) }
    let whole = text.lastIndex(of: UInt8(ascii: "\n")).map { text[...$0] } ?? []
    for line in whole.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
      guard let first = parts.first, first.elementsEqual(claim.utf8) else { continue }
      return .before(parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "a time that is not told")
    }
    try append("\(claim) \(Clock.full(time))\n", at: whole.count, file)
    return .redeemed
  }

  private func read(_ file: Int32) throws(Failure) -> [UInt8] {
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Foundation.read(file, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno) }
      if count == 0 { return text }
      text += block[..<count]
    }
  }

  private func append(_ line: String, at offset: Int, _ file: Int32) throws(Failure) {
    let bytes = Array(line.utf8)
    guard ftruncate(file, off_t(offset)) == 0 else { throw failure(errno) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        pwrite(file, $0.baseAddress, $0.count, off_t(offset + written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(errno) }
      written += count
    }
    guard fsync(file) == 0 else { throw failure(errno) }
  }

  private func failure(_ code: Int32) -> Failure {
    Failure("\(path): \(String(cString: strerror(code)))", code: .io)
  }
}
