import LabStrategies
import LabUnits
import Testing

@Suite struct ReplicaSplitTests {
  private func rolling(
    _ n: Int, _ surge: ReplicaQuantity = Standard.quarter,
    _ unavailable: ReplicaQuantity = Standard.quarter
  ) -> RollingParameters {
    RollingParameters(desired: n, maxSurge: surge, maxUnavailable: unavailable)
  }

  @Test(arguments: [
    (10, 0, 0, 10), (10, 1, 1, 9), (10, 24, 2, 8), (10, 25, 3, 7), (10, 99, 9, 1), (10, 100, 10, 0),
    (3, 50, 2, 1), (2, 10, 1, 1), (2, 90, 1, 1), (40, 5, 2, 38), (1, 0, 0, 1), (1, 100, 1, 0),
    (1, 10, 1, 1), (0, 50, 0, 0),
  ])
  func isTheNearestWithOneOfEachAtLeast(n: Int, percent: Int, candidate: Int, stable: Int) {
    let split = ReplicaSplit(weight: .percent(percent), rolling: rolling(n))
    #expect(split.candidate == candidate)
    #expect(split.stable == stable)
  }

  @Test(arguments: [(10, 0, 1), (50, 1, 0)])
  func oneReplicaWithoutSurgeBelongsToTheNearerVersion(percent: Int, candidate: Int, stable: Int) {
    let split = ReplicaSplit(
      weight: .percent(percent), rolling: rolling(1, .count(0), .count(1)))
    #expect(split.candidate == candidate)
    #expect(split.stable == stable)
  }

  @Test func growsBeforeItShrinks() {
    let split = ReplicaSplit(weight: .percent(50), rolling: rolling(10))
    let stable = ReplicaCounts(desired: 10, ready: 10, available: 10)
    let growing = split.pass(rolling(10), stable: stable, candidate: ReplicaCounts())
    #expect(growing?.version == .candidate)
    #expect(growing?.size == 3)
    let shrinking = split.pass(
      rolling(10), stable: stable, candidate: ReplicaCounts(desired: 3, starting: 3))
    #expect(shrinking?.version == .stable)
    #expect(shrinking?.size == 8)
  }

  @Test func stableGrowsBeforeTheCandidate() {
    let split = ReplicaSplit(weight: .percent(50), rolling: rolling(10))
    let change = split.pass(
      rolling(10), stable: ReplicaCounts(desired: 3, ready: 3, available: 3),
      candidate: ReplicaCounts(desired: 4, ready: 4, available: 4))
    #expect(change?.version == .stable)
    #expect(change?.size == 5)
  }
}
