// Owns what is promised about policies published by an earlier version: they are read, and keep their revision.
import Foundation
import Testing

@testable import Policy

@Suite struct RecordFormatTests {
  /// A record as format 1 wrote it: the same document without the members that came later.
  private static func earlier(_ document: PolicyDocument) throws -> Data {
    let record = PolicyRecord(document, files: [], publishedAt: 1, by: "anna", note: "")
    var members = try #require(
      try JSONSerialization.jsonObject(with: Data(try record.encode())) as? [String: Any])
    members["format"] = 1
    members["oldestReader"] = 1
    return try JSONSerialization.data(withJSONObject: members)
  }

  @Test(arguments: UInt64(1)...20) func aRecordOfFormat1IsReadAndIsWhatItsRevisionNames(_ seed: UInt64) throws
  {
    var document = RandomPolicy.make(seed: seed)
    document.calendars = []
    document.people = []
    document.ladders = []
    document.cases = nil
    for index in document.teams.indices { document.teams[index].ladder = nil }
    let written = try Self.earlier(document)
    let text = String(decoding: written, as: UTF8.self)
    let isEarlier = !["calendars", "people", "ladders", "cases", "ladder"].contains {
      text.contains("\"\($0)\":")
    }
    #expect(isEarlier, "nothing that came later is in it")
    let record = try PolicyRecord.decode([UInt8](written))
    #expect(record.document == document)
    #expect(record.revision == document.revision)
    #expect(!record.compiled().casework.hasDirectory)
  }

  @Test func calendarsAndPeopleComeBackFromARecordAsTheyWere() throws {
    let shipped = PolicyLoader.load(folder: ShippedPolicyTests.folder)
    let document = try #require(shipped.document)
    #expect(!document.calendars.isEmpty && !document.people.isEmpty)
    let record = PolicyRecord(document, files: shipped.files, publishedAt: 1, by: "anna", note: "")
    let read = try PolicyRecord.decode(try record.encode())
    #expect(read == record)
    #expect(read.format == 3 && read.oldestReader == 3)
    #expect(read.files.contains { $0.name == "france.ics" }, "holidays are published with the rest")
  }

  @Test func onlyAPolicyInWhichSomebodyMaySayYesNeedsAReaderOfFormat3() throws {
    let document = try #require(DelegationSample().check.document)
    let record = PolicyRecord(document, files: [], publishedAt: 1, by: "anna", note: "")
    #expect(record.format == 3 && record.oldestReader == 3)
    #expect(try PolicyRecord.decode(try record.encode()) == record)
    var without = document
    without.delegation = nil
    let earlier = PolicyRecord(without, files: [], publishedAt: 1, by: "anna", note: "")
    #expect(earlier.format == 2 && earlier.oldestReader == 2)
    #expect(!String(decoding: try without.canonicalBytes(), as: UTF8.self).contains("\"delegation\""))
    #expect(earlier.revision != record.revision)
  }

  @Test func aLadderThatCountsInACalendarOfItsOwnNeedsAReaderOfFormat4() throws {
    let ladders = """
      ladders:
        standard:
          by-priority: { P1: { calendar: always, acknowledge: 5m } }
          rungs: [{ unless: acknowledged, to: site-director }]
      """
    let document = try #require(Sample(["ladders.yaml": ladders]).check.document)
    let record = PolicyRecord(document, files: [], publishedAt: 1, by: "anna", note: "")
    #expect(record.format == 4 && record.oldestReader == 4)
    let read = try PolicyRecord.decode(try record.encode())
    #expect(read == record && read.document.ladders.first?.calendars == ["always", "", "", ""])
  }
}
