// Owns the phases of a case.

/// ```
///            resolve with evidence
///   ┌─────────────────────────────────────┐
///   │                                     ▼
/// open ──── resolve ────▶ resolved ──▶ closed ──▶ (leaves the state)
///   ▲                       │  evidence   │
///   │   contact, reopen,    │             │ the same group within the reopen window:
///   ├──── unverified ───────┘             │ one rung higher
///   └─────────────────────────────────────┘
/// ```
/// Acknowledged, waiting, snoozed and silenced are not phases: they are times that a case carries, and each ends.
public enum CasePhase: UInt8, Sendable, Hashable, CaseIterable {
  case open
  /// Somebody says it is done; the evidence is not there yet.
  case resolved
  case closed
}
