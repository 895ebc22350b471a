// Owns `budget`: what is left of a budget, who holds what of it, and what moved, read from the answers.
import Console
import Policy
import Roles
import Streams

enum BudgetCommand {
  private static let root = Option<String?>.text(
    "root", nil, "ROOT",
    "All budgets of this root, those that left the policy too: site/lyon-1, team/billing.")
  private static let at = Settings.time("at", "As it stood then, by the policy of then")
  private static let json = Option<Bool>.flag(
    "json", nil, "Print one JSON object for each budget, amounts in minor units.")

  static let command = Command(
    "budget", "show what is left of a budget, what is held and what moved",
    details: [
      "Reads delegations, which keeps 400 days, and adds up what its answers booked; limits and windows are those of the "
        + "policy in force. Nothing is asked of a worker. What is held is not spent yet: an approval that is not settled "
        + "in time lapses and is room again.",
      "What was added up is compared with what each answer says is held and left. Where they differ the books do not "
        + "balance: each difference is told on standard error, exit code 1.",
      "Answers that are older than the topic keeps are no difference: what was held when its records begin is brought "
        + "forward, and claims whose first answers have left are named on standard error.",
    ],
    options: [OptionGroup("Options", [root.spec, at.spec, json.spec]), ClusterOptions.kafkaGroup],
    positionals: [
      Positional(
        "BUDGET",
        "A budget's id; of one that each person, team … has of their own, id/holder for one of them.",
        .optional)
    ],
    examples: [
      Example("answerable budget repairs-lyon-1", "What is left for repairs."),
      Example("answerable budget --root site/lyon-1", "Everything that a site can give."),
      Example(
        "answerable budget vouchers/receptionist-2 --at 2026-03-02T18:00:00Z", "As it stood that evening."),
    ],
    body: Failures.told { invocation, terminal in
      let id = invocation.arguments.first
      guard (id != nil) != (invocation[root] != nil) else {
        throw UsageError("say which: a budget's id, or --root ROOT", command: "answerable budget")
      }
      let cluster = try Cluster.reached(invocation, terminal)
      guard let policy = try cluster.policies.inForce(at: invocation[at])?.record else {
        throw Failure(
          "no policy was in force", advice: "`answerable policy history` lists them.", code: .negative)
      }
      let chosen = try root(of: id, invocation, policy)
      let book = try BudgetBook.read(
        try cluster.log, prefix: cluster.prefix, root: chosen, until: invocation[at] ?? .max,
        now: Settings.now)
      if let id, !book.pots.contains(id), let slip = BudgetHolder.slip(in: id, policy.document) { throw slip }
      let statements = BudgetStatement.all(
        book, policy.compiled(), only: id, named: policy.document, at: invocation[at] ?? Settings.now)
      guard !statements.isEmpty else {
        throw Failure(
          "root \(TextWidth.printable(chosen)) has no budget", advice: known(chosen, policy.document),
          code: .negative)
      }
      for statement in statements {
        if invocation[json] {
          terminal.out.line(try JSONLine.text(BudgetJSON(statement)))
        } else {
          BudgetText(terminal.out).print(statement)
        }
      }
      for line in BudgetText.beginning(of: book.ledger) { terminal.err.line(line) }
      for fault in book.ledger.faults {
        terminal.err.line(terminal.err.styled("does not balance  ", .red, .bold) + TextWidth.printable(fault))
      }
      return book.ledger.faults.isEmpty ? .success : .negative
    })

  private static func root(
    of id: String?, _ invocation: Invocation, _ policy: PolicyRecord
  ) throws -> String {
    guard let id else { return invocation[Self.root] ?? "" }
    let compiled = policy.compiled()
    // What a budget says of itself lies in the policy.
    let root = withExtendedLifetime(compiled) { compiled.delegation.budget(ofPot: id)?.root.string }
    if let root { return root }
    throw unknown(id, policy.document)
  }

  /// That a policy has no budget of this id: the one that may be meant, and some that there are.
  static func unknown(_ id: String, _ document: PolicyDocument) -> Failure {
    let ids = document.delegation?.budgets.map(\.id) ?? []
    // Of a pot of somebody's own, `id/holder`.
    let budget = String(id.prefix { $0 != "/" })
    let known =
      ids.isEmpty
      ? "It has no delegation.yaml"
      : Suggestion.refusal(
        of: TextWidth.printable(budget), among: ids, listing: Suggestion.listed)
    return Failure(
      "the policy in force has no budget \(TextWidth.printable(id))",
      advice: "\(known). What is booked on one that left shows --root.", code: .usage)
  }

  /// The roots that a policy has, for one that it has not.
  static func known(_ root: String, _ document: PolicyDocument) -> String {
    let roots = Set(document.delegation?.budgets.map(\.root) ?? []).sorted()
    guard !roots.isEmpty else { return "The policy in force has no budgets." }
    return "The policy in force has \(Suggestion.abridged(roots, to: Suggestion.listed))"
      + "\(Suggestion.hint(for: root, among: roots))."
  }
}
