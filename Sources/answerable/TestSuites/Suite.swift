// Owns what a suite is once it is read: cases of what is given and what is expected, each with its place.
import Events
import Policy

/// A file of cases.
struct Suite {
  /// As it was named.
  var file: String
  var name: String
  /// The policy's folder that it asks for, as written: relative to the file's own folder.
  var policy: String?
  var cases: [SuiteCase] = []
}

struct SuiteCase {
  var name: String
  var place: Policy.Place
  /// When the first event is given, milliseconds since 1970: what relative times count from.
  var origin: Int64
  /// In the order in which they are given.
  var given: [Given] = []
  var expectations: [Expectation] = []
}

/// An event that is given at a time.
struct Given {
  /// What expectations call it.
  var name: String
  var place: Policy.Place
  /// When it comes in.
  var at: Int64
  var kind: EventKind
  /// JSON; a case may be named as `@NAME` of an event that opened or joined it.
  var value: [UInt8]
}

/// Something that has to be so.
struct Expectation {
  enum Subject {
    /// What was decided about an event.
    case event(String)
    /// How the case of an event stands at a time; nil: once everything is given.
    case standing(String, at: Int64?)
    /// Something that `escalations` tells of the case of an event; with a time, then.
    case escalation(String, Escalation.Kind, at: Int64?)
    /// What a remedy was answered, and what became of it, at a time; nil: once everything is given.
    case remedy(String, at: Int64?)
    /// How a budget stands, or the pot of one of its holders, at a time; nil: once everything is given.
    case budget(String, at: Int64?)
    /// Nobody is told anything about the case of an event before a time.
    case quiet(String, before: Int64)
  }

  var place: Policy.Place
  var subject: Subject
  var facts: [ExpectedFact] = []
}

/// One value that has to be so.
struct ExpectedFact {
  enum Value: Equatable {
    case word(String)
    /// A part of a text.
    case part(String)
    /// `none`.
    case nothing
    case number(ClosedRange<Int64>)
    case flag(Bool)
    case moment(Int64)
    case words([String])
    case numbers([Int64])
    /// The case of an event.
    case caseOf(String)
  }

  /// `owner`, `points.NPS`, `clocks.respond`.
  var name: String
  var place: Policy.Place
  var value: Value
}
