// Owns reading a policy's folder from disk: which files count, how large they may be, and that they are UTF-8.
import Foundation
import ICalendar

/// The files of a policy's folder, sorted by name. Hidden files are left out (a mounted ConfigMap has some), and so is
/// the folder `tests`: suites say what a policy should do and are no part of it.
struct PolicyFolder {
  private(set) var files: [SourceFile] = []

  static func read(_ path: String, _ findings: Findings) -> PolicyFolder {
    var folder = PolicyFolder()
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      findings.error(Place(file: path), "there is no such folder")
      return folder
    }
    guard isDirectory.boolValue else {
      findings.error(Place(file: path), "is a file, and a policy is a folder of files")
      return folder
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      findings.error(Place(file: path), "is a folder that cannot be read: check its permissions")
      return folder
    }
    let visible = names.filter { !$0.hasPrefix(".") && !isTests($0, in: path) }.sorted()
    if visible.count > PolicyLimits.files {
      findings.error(
        Place(file: path), "holds \(visible.count) files; allowed: at most \(PolicyLimits.files)")
      return folder
    }
    for name in visible { folder.add(name, in: path, findings) }
    return folder
  }

  /// Where the policy's suites are.
  private static func isTests(_ name: String, in path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return name == "tests"
      && FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  private mutating func add(_ name: String, in path: String, _ findings: Findings) {
    let full = path + "/" + name
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory), isDirectory.boolValue {
      findings.warning(Place(file: name), "is a folder: only files directly in the policy's folder are read")
      return
    }
    guard [".yaml", ".csv", ".ics"].contains(where: name.hasSuffix) else {
      var message = "is not part of a policy: it has YAML files (.yaml), tables (.csv) and holidays (.ics)"
      if name.hasSuffix(".yml") { message += "; rename it to \(name.dropLast(4)).yaml" }
      findings.warning(Place(file: name), message)
      return
    }
    let limit = name.hasSuffix(".csv") ? PolicyLimits.csvBytes : PolicyLimits.yamlBytes
    guard let handle = FileHandle(forReadingAtPath: full) else {
      findings.error(Place(file: name), "cannot be read: check that it exists and its permissions")
      return
    }
    defer { try? handle.close() }
    guard let read = try? handle.read(upToCount: limit + 1) ?? Data() else {
      findings.error(Place(file: name), "could not be read to its end")
      return
    }
    let data = read
    guard data.count <= limit else {
      findings.error(Place(file: name), "is larger than \(limit >> 20) MiB: nothing of it was read")
      return
    }
    let bytes = name.hasSuffix(".ics") ? FoldedText.mended([UInt8](data)) : [UInt8](data)
    if let place = Self.firstMistake(in: bytes, file: name) {
      findings.error(place, "a character that is not UTF-8: save the file with that encoding")
      return
    }
    files.append(SourceFile(name: name, text: String(decoding: bytes, as: UTF8.self)))
  }

  /// Where the first byte stands that is not UTF-8; nil when all are.
  private static func firstMistake(in bytes: [UInt8], file: String) -> Place? {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var place = Place(file: file, line: 1, column: 1)
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return nil
      case .error: return place
      case .scalarValue("\n"):
        place.line += 1
        place.column = 1
      case .scalarValue: place.column += 1
      }
    }
  }
}
