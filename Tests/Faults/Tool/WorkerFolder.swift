// Owns the folder that workers of a run log into: gone with the run, unless somebody wants to read them.
import Console
import Foundation

struct WorkerFolder {
  let url: URL
  private let keepsLogs: Bool
  private let terminal: Terminal

  init(keepsLogs: Bool, _ terminal: Terminal) throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("answerable-faults-\(UUID().uuidString.prefix(8))")
    (self.keepsLogs, self.terminal) = (keepsLogs, terminal)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// Says where it is, or removes it.
  func close() {
    if keepsLogs {
      terminal.out.line("logs of workers: \(url.path)")
    } else {
      try? FileManager.default.removeItem(at: url)
    }
  }
}
