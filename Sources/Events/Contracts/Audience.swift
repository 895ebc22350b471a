// Owns who an output is for: what each of them is shown is declared in the schemas, field by field.

/// Whom an escalation is told in what words, and whose view of a record is printed (`Projection`).
public enum Audience: String, Sendable, Hashable, CaseIterable {
  /// Who stands before the customer: what to do, by when, what was promised; no points and no rules.
  case frontline
  /// The team that answers for the case, and whoever helps it: everything.
  case owner
  /// Who answers for many teams: how the case stands and why it was told; no persons and no words of theirs.
  case executive
}
