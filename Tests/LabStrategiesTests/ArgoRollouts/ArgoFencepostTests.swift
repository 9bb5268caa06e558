import LabStrategies
import LabUnits
import Testing

/// What is beyond all sense in a Rollout is refused or counts as nothing; nothing crashes.
struct ArgoFencepostTests {
  /// Source: Argo Rollouts, utils/replicaset/replicaset_test.go, `TestResolveFenceposts`, and numbers beyond it.
  @Test(arguments: [
    ("39%", ReplicaQuantity.share(.percent(39))), ("1", .share(.percent(1))), ("oops", nil),
    ("", nil), ("100000%", .share(.percent(100_000))), ("100001%", nil),
    ("9223372036854775807%", nil), ("-9223372036854775808", nil),
  ])
  func readsAnyTextAsPercent(_ text: String, _ quantity: ReplicaQuantity?) {
    #expect(ArgoFenceposts.quantity(text) == quantity)
  }

  @Test func resolvesTheLargestQuantityOfTheLargestFleet() {
    let resolved = ArgoFenceposts.resolve(
      maxSurge: .share(.percent(100_000)), maxUnavailable: .count(0),
      replicas: Int(Int32.max))
    #expect(resolved.surge == 1000 * Int(Int32.max))
  }

  @Test(arguments: [-2, -1])
  func asksForNoScaleBeforeTheFirstStep(_ step: Int) {
    let canary = ArgoCanary(steps: [.setCanaryScale(.replicas(5))], isRouted: true)
    #expect(canary.scaleInForce(CanaryProgress(step: step)) == nil)
  }
}
