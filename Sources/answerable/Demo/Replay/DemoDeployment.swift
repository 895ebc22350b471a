// Owns what stands in for a deployment in the demo: names, and a secret that is none.
import Secrets

/// The demo's deployment. Everything in it is made up, so its secret protects nothing and is printed in the
/// open: case ids in `Config/events` are made with it, and so are subject keys.
enum DemoDeployment {
  static let secret = Secret("answerable-demo-secret")
}
