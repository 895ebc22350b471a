// Owns the policy under which remedies race for budgets: the shipped one, with pots and people of its own.
import Foundation

/// What may be asked for, by number: each action of each role has a pot of its own.
package struct BudgetPolicy: Sendable {
  package var actions: Int
  package var roles: Int
  /// Who asks, of each role.
  package var people: Int
  /// Whole euros in each pot.
  package var euros: Int
  /// Whole euros that a grant allows.
  package var upTo: Int
  package static let approvers = 2
  private static let sites = ["lyon-1", "lyon-2", "paris-3", "lille-1", "paris-hq", "lyon-office"]

  package var pots: Int { actions * roles }

  package init(actions: Int, roles: Int = 1, people: Int, euros: Int, upTo: Int) {
    (self.actions, self.roles, self.people, self.euros, self.upTo) = (actions, roles, people, euros, upTo)
  }

  package static func action(_ number: Int) -> String { "gift-\(number)" }
  package static func person(_ number: Int, role: Int) -> String { "clerk-\(role)-\(number)" }
  package static func approver(_ number: Int) -> String { "boss-\(number)" }
  package func pot(action: Int, role: Int) -> String { "pot-\(role)-\(action)" }

  /// Writes the policy's folder: a copy of `shipped` with another delegation.yaml and more people.
  package func write(_ shipped: String, to folder: URL) throws {
    let files = FileManager.default
    try? files.removeItem(at: folder)
    try files.copyItem(at: URL(filePath: shipped), to: folder)
    try Data(delegation.utf8).write(to: folder.appending(path: "delegation.yaml"))
    let people = folder.appending(path: "people.csv")
    try Data((try String(contentsOf: people, encoding: .utf8) + rows).utf8).write(to: people)
    // Suites of the shipped policy expect its own answers.
    try? files.removeItem(at: folder.appending(path: "tests"))
  }

  private var rows: String {
    var rows = ""
    for role in 0..<roles {
      for number in 0..<people {
        rows += "\(Self.person(number, role: role)),clerk-\(role),front-desk,,,,,\n"
      }
    }
    for number in 0..<Self.approvers { rows += "\(Self.approver(number)),boss,front-desk,,,,,\n" }
    return rows
  }

  private var delegation: String {
    var text = "actions:\n"
    for action in 0..<actions { text += "  \(Self.action(action)): { name: Gift \(action) }\n" }
    text += "budgets:\n"
    for role in 0..<roles {
      for action in 0..<actions {
        let site = Self.sites[(role * actions + action) % Self.sites.count]
        text +=
          "  \(pot(action: action, role: role)): { root: site \(site), amount: \(euros) EUR, window: 30 days }\n"
      }
    }
    text += "grants:\n"
    for role in 0..<roles {
      for action in 0..<actions {
        text += "  - { role: clerk-\(role), action: \(Self.action(action)), up-to: \(upTo) EUR, "
        text += "from: \(pot(action: action, role: role)) }\n"
      }
    }
    // Each request is judged by itself: pots are what is proven here.
    return text + "beyond:\n  - { role: boss }\nsplit: { within: 1m, by: case }\n"
  }
}
