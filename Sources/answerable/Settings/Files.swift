// Owns questions to the file system.
import Foundation

/// Whether something of that name exists.
func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

/// Whether that is a folder.
func isFolder(_ path: String) -> Bool {
  var answer: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &answer) && answer.boolValue
}

/// The names in a folder, sorted; hidden ones left out.
func names(in folder: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }
    .sorted()
}
