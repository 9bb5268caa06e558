import LabUnits
import Testing

@testable import LabStrategies

/// Figures from Kubernetes, sync_test.go, under the names of their tests, and from recorded rollouts;
/// sizes newest first.
@Suite struct ProportionalScalingTests {
  @Test(arguments: [
    ("TestScale[0]", 10, 12, 0, [10], [12]), ("TestScale[2]", 5, 10, 0, [2, 3], [4, 6]),
    ("TestScale[4]", 9, 4, 0, [8, 1], [4, 0]), ("TestScale[5]", 7, 10, 0, [2, 3, 2], [3, 4, 3]),
    ("TestScale[7]", 3, 4, 0, [1, 1, 1], [2, 1, 1]),
    ("TestScale[8]", 3, 2, 0, [1, 1, 1], [1, 1, 0]),
    ("TestScale[10]", 6, 0, 0, [3, 2, 1], [0, 0, 0]),
    ("TestScale[11]", 6, 6, 0, [0, 0, 0], [6, 0, 0]),
    ("TestScale[15]", 10, 14, 0, [0, 7, 3], [0, 10, 4]),
    ("recorded, 10 to 20 at the defaults", 10, 20, -1, [10, 3], [19, 6]),
    ("recorded, 10 to 15 at the defaults", 10, 15, -1, [5, 8], [7, 12]),
    ("recorded, 5 to 10 with surge 1", 5, 10, 1, [2, 4], [4, 7]),
  ])
  func sharesAChangeInProportion(
    name: String, before: Int, after: Int, surge: Int, sizes: [Int], expected: [Int]
  ) {
    let maxSurge: ReplicaQuantity = surge < 0 ? Standard.quarter : .count(surge)
    let fenceposts = { (n: Int) in
      RollingParameters(desired: n, maxSurge: maxSurge, maxUnavailable: .count(1))
    }
    let result = ProportionalScaling.sizes(
      of: sizes, from: fenceposts(before), to: fenceposts(after))
    #expect(result == expected, "\(name)")
  }

  /// Figures from Kubernetes, deployment_util_test.go.
  @Test(arguments: [
    ("TestGetReplicaSetFraction[0]", 10, 0, 0, nil, 0, -10),
    ("TestGetReplicaSetFraction[2]", 5, 10, 0, 0, 0, 0),
    ("a maximum of 0 counts as missing", 5, 10, 0, 0, 5, 5),
    ("TestGetReplicaSetFraction[5]", 50, 120, 0, 100, 0, 10),
    ("TestGetReplicaSetFraction[6]", 50, 120, 10, 110, 0, 9),
    ("TestGetReplicaSetFraction[7]", 6, 10, 0, 12, 0, -1),
  ])
  func roundsThePartOfOneSet(
    name: String, size: Int, desired: Int, surge: Int, known: Int?, live: Int, expected: Int
  ) {
    let rolling = RollingParameters(desired: desired, surge: surge, unavailable: 1)
    let set = ReplicaSetRecord(size: size, annotatedMost: known)
    #expect(ProportionalScaling.fraction(of: set, to: rolling, live: live) == expected, "\(name)")
  }

  @Test func leavesAReplicaSetThatIsTooLargeToMultiply() {
    let set = ReplicaSetRecord(size: .max / 4, annotatedMost: 1)
    let rolling = RollingParameters(desired: .max / 4, surge: 1, unavailable: 0)
    #expect(ProportionalScaling.fraction(of: set, to: rolling, live: 0) == 0)
  }
}
