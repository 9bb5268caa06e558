import LabStrategies
import LabUnits
import Testing

@Suite struct RollingParametersTests {
  struct Row: CustomTestStringConvertible {
    var name: String
    var desired: Int
    var maxSurge: ReplicaQuantity
    var maxUnavailable: ReplicaQuantity
    var surge: Int
    var unavailable: Int

    var testDescription: String { name }
  }

  /// Figures from Kubernetes, deployment_util_test.go and intstr_test.go; the last rows are
  /// upstream's rules worked out by hand.
  @Test(arguments: [
    Row(
      name: "TestResolveFenceposts[1]", desired: 10, maxSurge: .share(.percent(39)),
      maxUnavailable: .share(.percent(39)), surge: 4, unavailable: 3),
    Row(
      name: "TestResolveFenceposts[6]", desired: 10, maxSurge: .count(0),
      maxUnavailable: .count(0), surge: 0, unavailable: 1),
    Row(
      name: "TestResolveFenceposts[0], then capped", desired: 0, maxSurge: .share(.none),
      maxUnavailable: .share(.none), surge: 0, unavailable: 0),
    Row(
      name: "TestMaxUnavailable[1]", desired: 10, maxSurge: .count(1),
      maxUnavailable: .count(10), surge: 1, unavailable: 10),
    Row(
      name: "TestMaxUnavailable[2]", desired: 5, maxSurge: .count(1),
      maxUnavailable: .count(10), surge: 1, unavailable: 5),
    Row(
      name: "TestMaxUnavailable[5]", desired: 10, maxSurge: .count(1),
      maxUnavailable: .share(.percent(50)), surge: 1, unavailable: 5),
    Row(
      name: "TestMaxUnavailable[7]", desired: 5, maxSurge: .count(1),
      maxUnavailable: .share(.percent(100)), surge: 1, unavailable: 5),
    Row(
      name: "TestGetIntFromIntOrPercent[1]", desired: 100, maxSurge: .share(.percent(90)),
      maxUnavailable: .count(0), surge: 90, unavailable: 0),
    Row(
      name: "TestGetIntFromIntOrPercent[3]", desired: 95, maxSurge: .count(1),
      maxUnavailable: .share(.percent(90)), surge: 1, unavailable: 85),
    Row(
      name: "15 at the defaults", desired: 15, maxSurge: Standard.quarter,
      maxUnavailable: Standard.quarter, surge: 4, unavailable: 3),
    Row(
      name: "1 at the defaults", desired: 1, maxSurge: Standard.quarter,
      maxUnavailable: Standard.quarter, surge: 1, unavailable: 0),
    Row(
      name: "3 at the defaults", desired: 3, maxSurge: Standard.quarter,
      maxUnavailable: Standard.quarter, surge: 1, unavailable: 0),
    Row(
      name: "4 at the defaults", desired: 4, maxSurge: Standard.quarter,
      maxUnavailable: Standard.quarter, surge: 1, unavailable: 1),
    Row(
      name: "surge above the fleet", desired: 4, maxSurge: .share(.percent(200)),
      maxUnavailable: .count(0), surge: 8, unavailable: 0),
  ])
  func resolvesBothFenceposts(_ row: Row) {
    let rolling = RollingParameters(
      desired: row.desired, maxSurge: row.maxSurge, maxUnavailable: row.maxUnavailable)
    #expect(rolling.surge == row.surge)
    #expect(rolling.unavailable == row.unavailable)
  }

  /// Figures from Kubernetes, deployment_util_test.go.
  @Test(arguments: [
    ("TestMinAvailable[1]", 10, ReplicaQuantity.count(10), 0),
    ("TestMinAvailable[3]", 0, .count(10), 0),
    ("TestMinAvailable[5]", 10, .share(.percent(60)), 4),
    ("TestMinAvailable[6]", 10, .share(.percent(100)), 0),
  ])
  func leastAvailableNeverGoesBelowNothing(
    name: String, desired: Int, maxUnavailable: ReplicaQuantity, least: Int
  ) {
    let rolling = RollingParameters(
      desired: desired, maxSurge: .count(1), maxUnavailable: maxUnavailable)
    #expect(rolling.leastAvailable == least, "\(name)")
  }
}
