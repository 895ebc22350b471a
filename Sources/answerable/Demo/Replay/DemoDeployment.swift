// Owns what stands in for a deployment in the demo: names and sizes, and a secret that is none.
import Roles
import Secrets

/// The demo's deployment. Everything in it is made up, so its secret protects nothing and is printed in the
/// open: case ids in `Config/events` are made with it, and so are subject keys.
enum DemoDeployment {
  static let secret = Secret("answerable-demo-secret")
  static let catalogue = TopicCatalogue(prefix: "", partitions: 4)
  static let workers = 3
  /// A worker that is not heard for so long is given up, its partitions go to the others. Milliseconds.
  static let sessionTimeout: Int64 = 60_000
  /// A transaction that stays open for so long is aborted: before the session of a killed worker times out.
  static let transactionTimeout: Int64 = 45_000
  /// How often, in the week's time, an idle worker takes its turn. Milliseconds, well below both time-outs.
  static let turn: Int64 = 30_000
}
