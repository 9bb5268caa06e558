import LabStrategies
import LabUnits
import Testing

/// Figures from Kubernetes, deployment_util_test.go and progress_test.go, under the names of their tests.
@Suite struct ProgressConditionTests {
  private let minute = ProgressDeadline(span: .seconds(60))

  private func at(_ seconds: Int) -> Instant { .zero + .seconds(seconds) }

  private func condition(_ reason: String, at seconds: Int? = 0) -> ProgressCondition {
    ProgressCondition(status: .progressing, reason: reason, lastUpdate: seconds.map(at))
  }

  @Test(arguments: [
    ("TestDeploymentTimedOut[2]", "", 69, true), ("TestDeploymentTimedOut[3]", "", 71, false),
    ("exactly the deadline is not late", "", 70, false),
    ("what was over is never late", "NewReplicaSetAvailable", 0, false),
    ("what was late stays so", "ProgressDeadlineExceeded", 79, true),
  ])
  func theDeadlineIsExclusive(name: String, reason: String, lastUpdate: Int, isLate: Bool) {
    let deadline = ProgressDeadline(span: .seconds(10))
    #expect(
      deadline.isExceeded(condition(reason, at: lastUpdate), now: at(80)) == isLate, "\(name)")
  }

  @Test func noNumberAndTheLargestAreNoDeadline() {
    #expect(ProgressDeadline(seconds: nil) == nil)
    #expect(ProgressDeadline(seconds: 2_147_483_647) == nil)
    #expect(ProgressDeadline(seconds: 600) == .standard)
  }

  @Test(arguments: [
    ("TestRequeueStuckDeployment[5]", 30, 30), ("TestRequeueStuckDeployment[6]", 59, 1),
    ("TestRequeueStuckDeployment[8]", 60, 0), ("TestRequeueStuckDeployment[9]", 61, 0),
  ])
  func looksAgainWhenTheDeadlineHasPassed(name: String, now: Int, rest: Int) {
    let stuck = DeploymentStatus(replicas: 3, updated: 3, available: 1)
    #expect(
      minute.timeToLook(condition(""), status: stuck, desired: 3, now: at(now)) == .seconds(rest),
      "\(name)")
  }

  @Test func whatIsOverOrLateIsNotLookedAtAgain() {
    let whole = DeploymentStatus(replicas: 3, updated: 3, available: 3)
    let stuck = DeploymentStatus(replicas: 3, updated: 3, available: 1)
    let late = condition(ProgressCondition.Reason.timedOut)
    #expect(minute.timeToLook(condition(""), status: whole, desired: 3, now: at(30)) == nil)
    #expect(minute.timeToLook(late, status: stuck, desired: 3, now: at(30)) == nil)
    #expect(minute.timeToLook(nil, status: stuck, desired: 3, now: at(30)) == nil)
  }

  /// TestDeploymentProgressing.
  @Test(
    arguments: [
      ("nothing changed", (10, 4, 4, 4), (10, 4, 4, 4), false),
      ("old replicas removed", (10, 4, 6, 6), (8, 4, 6, 6), true),
      ("fewer new ones", (10, 7, 3, 3), (10, 6, 3, 3), false),
      ("fewer in all and more new ones", (10, 4, 7, 7), (8, 8, 5, 5), true),
      ("more ready ones", (10, 10, 9, 8), (10, 10, 10, 8), true),
      ("more available ones", (10, 10, 10, 9), (10, 10, 10, 10), true),
    ] as [(String, (Int, Int, Int, Int), (Int, Int, Int, Int), Bool)])
  func progressIsWhatGetsNearer(
    name: String, from: (Int, Int, Int, Int), to: (Int, Int, Int, Int), hasProgressed: Bool
  ) {
    func status(_ s: (Int, Int, Int, Int)) -> DeploymentStatus {
      DeploymentStatus(replicas: s.0, updated: s.1, ready: s.2, available: s.3)
    }
    #expect(status(to).hasProgressed(since: status(from)) == hasProgressed, "\(name)")
  }

  @Test func theConditionTellsOfADeadlineAndOfNothingElse() {
    let stuck = DeploymentStatus(replicas: 3, updated: 2, available: 2)
    let late = ProgressDeadline.condition(
      after: condition(ProgressCondition.Reason.updated), deadline: minute, from: stuck, to: stuck,
      desired: 3, now: at(61))
    #expect(late?.status == .stuck)
    #expect(late?.reason == "ProgressDeadlineExceeded")
    let better = DeploymentStatus(replicas: 3, updated: 3, available: 2)
    let again = ProgressDeadline.condition(
      after: late, deadline: minute, from: stuck, to: better, desired: 3, now: at(90))
    #expect(again == condition(ProgressCondition.Reason.updated, at: 90))
    let gone = ProgressDeadline.condition(
      after: late, deadline: nil, from: stuck, to: stuck, desired: 3, now: at(90))
    #expect(gone == nil)
  }

  @Test func aReplicaThatFailsAfterTheRolloutIsNoRolloutThatIsStuck() {
    let whole = DeploymentStatus(replicas: 3, updated: 3, ready: 3, available: 3)
    let hurt = DeploymentStatus(replicas: 3, updated: 3, ready: 2, available: 2)
    let over = condition(ProgressCondition.Reason.available)
    let later = ProgressDeadline.condition(
      after: over, deadline: minute, from: whole, to: hurt, desired: 3, now: at(9999))
    #expect(later == over)
  }
}
