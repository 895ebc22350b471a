// Owns the promise that the law of rates finds an approval that was counted at another rate.
import Policy
import Simulation
import Testing

@Suite struct RateLawTests {
  @Test func anApprovalAtAnotherRateIsFound() throws {
    let workloads = try Workloads()
    let stated = workloads.topology.documents
    var other = stated
    for policy in other.indices {
      for rate in other[policy].delegation?.rates.indices ?? 0..<0 {
        other[policy].delegation?.rates[rate].billionths += 20_000_000_000
      }
    }
    for seed in UInt64(0)..<100 {
      let world = try World(workloads.topology, workloads.scenario(seed: seed, .topology))
      try world.disturb()
      _ = try world.heal()
      try RateLaw(world.log, stated).check()
      do {
        try RateLaw(world.log, other).check()
      } catch {
        #expect(error.reason.hasPrefix("rates: "))
        return
      }
    }
    Issue.record("no world approves anything of a pot in another currency")
  }
}
