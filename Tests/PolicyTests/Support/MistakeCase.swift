// Owns a mistake as files: what a folder under Mistakes holds, and how it becomes a policy's folder on disk.
import Foundation
import ICalendar
import Testing

@testable import Policy

/// A folder under Mistakes. Its files replace those of `base`, a small sound policy; `expected.txt` holds every
/// line that the check says about the result, in its order. What Git cannot hold is made by `setup.txt`, one
/// step a line:
///
/// - `without NAME`, `without everything`: files of the base that are left out;
/// - `append NAME COUNT TEXT`: writes TEXT as COUNT lines at the end of a file, each with its number for every #
///   and a line break for every \n;
/// - `files COUNT`: makes as many text files;
/// - `folder NAME`, `dangling NAME`: makes a folder, or a link to nothing;
/// - `at DAY`: checks as if it were then, so that what ends soon is said too;
/// - `is-file`, `is-missing`: what is checked is a file, or is not there.
struct MistakeCase: Sendable, CustomTestStringConvertible {
  let name: String
  var testDescription: String { name }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Mistakes")

  /// Every folder but the base, sorted.
  static let all: [MistakeCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.filter { $0 != "base" && !$0.hasPrefix(".") }.sorted().map(MistakeCase.init)
  }()

  private var folder: URL { Self.root.appendingPathComponent(name) }

  var expected: [String] {
    get throws { try lines("expected.txt") }
  }

  private func lines(_ file: String) throws -> [String] {
    try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  /// Checks the policy in a folder of its own, which is removed again. The folder's path reads as `POLICY`.
  func check() throws -> (lines: [String], check: PolicyCheck) {
    let files = FileManager.default
    let place = files.temporaryDirectory.appendingPathComponent("answerable-mistake-\(UUID().uuidString)")
    try files.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: place) }
    let policy = place.appendingPathComponent("policy")
    try files.copyItem(at: Self.root.appendingPathComponent("base"), to: policy)
    let now = try build(policy)
    let check = PolicyLoader.load(folder: policy.path, now: now)
    return (check.findings.map { $0.description.replacing(policy.path, with: "POLICY") }, check)
  }

  /// Returns the moment of the check, if it has one.
  private func build(_ policy: URL) throws -> Int64? {
    let files = FileManager.default
    for file in try files.contentsOfDirectory(atPath: folder.path)
    where file != "expected.txt" && file != "setup.txt" {
      let target = policy.appendingPathComponent(file)
      try? files.removeItem(at: target)
      try files.copyItem(at: folder.appendingPathComponent(file), to: target)
    }
    guard files.fileExists(atPath: folder.appendingPathComponent("setup.txt").path) else { return nil }
    var now: Int64?
    for step in try lines("setup.txt") {
      let words = step.split(separator: " ", maxSplits: 3).map(String.init)
      if words[0] == "at", words.count == 2, let day = HolidayText.day(words[1]) {
        now = Int64(LocalDate.number(day)) * 86_400_000
      } else {
        try perform(words, in: policy)
      }
    }
    return now
  }

  private func perform(_ step: [String], in policy: URL) throws {
    let files = FileManager.default
    func named(_ index: Int) -> URL { policy.appendingPathComponent(step[index]) }
    switch (step[0], step.count) {
    case ("without", 2) where step[1] == "everything":
      for file in try files.contentsOfDirectory(atPath: policy.path) {
        try files.removeItem(at: policy.appendingPathComponent(file))
      }
    case ("without", 2): try files.removeItem(at: named(1))
    case ("append", 4):
      let count = try #require(Int(step[2]))
      var text = (try? String(contentsOf: named(1), encoding: .utf8)) ?? ""
      for number in 0..<count {
        text += step[3].replacing("#", with: String(number)).replacing("\\n", with: "\n") + "\n"
      }
      try Data(text.utf8).write(to: named(1))
    case ("files", 2):
      for number in 0..<(try #require(Int(step[1]))) {
        try Data().write(to: policy.appendingPathComponent("note-\(number).txt"))
      }
    case ("folder", 2): try files.createDirectory(at: named(1), withIntermediateDirectories: false)
    case ("dangling", 2):
      try? files.removeItem(at: named(1))
      try files.createSymbolicLink(atPath: named(1).path, withDestinationPath: "nowhere")
    case ("is-file", 1):
      try files.removeItem(at: policy)
      try Data().write(to: policy)
    case ("is-missing", 1): try files.removeItem(at: policy)
    default: throw UnknownStep(step: step.joined(separator: " "))
    }
  }

  private struct UnknownStep: Error { var step: String }
}
