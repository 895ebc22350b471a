// Owns times as tests write them.
import Events

extension Int {
  var seconds: Int64 { Int64(self) * 1_000 }
  var minutes: Int64 { Int64(self) * 60_000 }
  var hours: Int64 { Int64(self) * 3_600_000 }
  var days: Int64 { Int64(self) * 86_400_000 }
}

/// Monday 2 March 2026, 09:00 UTC.
let monday: Int64 = 1_772_442_000_000
