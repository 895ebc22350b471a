// Owns a day of the demo's week once it is played: what the view is given to show.

/// A day of the week as it was played.
struct PlayedDay: Sendable {
  /// 0 for Monday.
  var number: Int
  /// In the order in which they were committed.
  var decisions: [Decision]
  var news: [WorkerNews]
  /// What casework told.
  var cases = CaseDay()
  /// The policies published up to its end.
  var names: PolicyNames
}
