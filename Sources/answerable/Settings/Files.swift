// Owns questions to the file system, and having a new name on the disk.
import Console
import Foundation

/// Whether something of that name exists.
func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

/// Whether that is a folder.
func isFolder(_ path: String) -> Bool {
  var answer: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &answer) && answer.boolValue
}

/// Has the folder of a file on the disk. `fsync` of a file that was just made has what is in it there, and not yet its
/// name. Throws `Failure` when the folder cannot be opened or written.
func syncFolder(of path: String) throws(Failure) {
  let folder = URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
  let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw Failure("\(folder): \(String(cString: strerror(errno)))", code: .io)
  }
  defer { close(descriptor) }
  while fsync(descriptor) != 0 {
    // A file system without an order of its own for folders.
    if errno == EINVAL || errno == ENOTSUP { return }
    guard errno == EINTR else { throw Failure("\(folder): \(String(cString: strerror(errno)))", code: .io) }
  }
}

/// The names in a folder, sorted; hidden ones left out.
func names(in folder: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }
    .sorted()
}
