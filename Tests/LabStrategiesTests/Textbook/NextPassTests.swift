import LabStrategies
import LabUnits
import Testing

/// What the controller of a Deployment does next in a described state, verbatim.
@Suite struct NextPassTests {
  private func state(
    _ stable: ReplicaCounts, _ candidate: ReplicaCounts, phase: String? = nil,
    elapsed: Span = .zero, isAborted: Bool = false
  ) -> ControllerState {
    ControllerState(
      desiredReplicas: 10, stable: stable, candidate: candidate, phase: phase, elapsed: elapsed,
      isAborted: isAborted)
  }

  private func counts(_ desired: Int, _ available: Int, terminating: Int = 0) -> ReplicaCounts {
    ReplicaCounts(
      desired: desired, starting: desired - available, ready: available, available: available,
      terminating: terminating)
  }

  private let rolling = Standard.rollingUpdate

  @Test func theFirstPassCreatesAndShrinks() {
    let next = rolling.next(state(counts(10, 10), ReplicaCounts()))
    #expect(next.orders == [.scale(.candidate, to: 3), .scale(.stable, to: 8)])
    #expect(
      next.reason
        == "10 replicas of at most 13 are asked for, so there is room for 3 more of the candidate; "
        + "10 are available and 8 needed, so 2 of stable may go")
  }

  @Test func terminatingReplicasHoldNoRoom() {
    let next = rolling.next(state(counts(8, 8, terminating: 2), counts(3, 0)))
    #expect(next.orders == [.scale(.candidate, to: 5)])
    #expect(
      next.reason
        == "11 replicas of at most 13 are asked for, so there is room for 2 more of the candidate "
        + "(2 terminating hold no room)")
  }

  @Test func unavailableNewReplicasHoldTheOldOnes() {
    let next = rolling.next(state(counts(8, 8), counts(5, 0)))
    #expect(next.orders.isEmpty)
    #expect(
      next.reason
        == "5 new replicas are not available yet, so no old one may go: 8 of 8 needed are available"
    )
    #expect(next.looksAgainAfter == .seconds(601))
  }

  @Test func anUnhealthyOldReplicaGoesFirst() {
    let next = rolling.next(state(counts(8, 7), counts(5, 1)))
    #expect(next.orders == [.scale(.stable, to: 7)])
    #expect(next.reason == "1 replica of stable is not available, and such go first")
  }

  @Test func anUndoingTurnsTheVersionsRound() {
    let next = rolling.next(state(counts(8, 8), counts(5, 0), isAborted: true))
    #expect(next.orders == [.scale(.candidate, to: 0)])
    #expect(next.reason == "5 replicas of the candidate are not available, and such go first")
  }

  @Test func theDeadlineChangesTheConditionOnly() {
    let late = rolling.next(state(counts(8, 8), counts(5, 0), elapsed: .seconds(601)))
    #expect(late.orders.isEmpty)
    #expect(
      late.reason.hasSuffix(
        "; the progress deadline of 10m has passed, which changes the condition Progressing to "
          + "False (ProgressDeadlineExceeded) and nothing else"))
    #expect(late.looksAgainAfter == nil)
    let told = rolling.next(
      state(counts(8, 8), counts(5, 0), phase: "ProgressDeadlineExceeded"))
    #expect(told.reason.contains("; the progress deadline has passed"))
  }

  @Test func aPausedRolloutDoesNothing() {
    let next = rolling.next(state(counts(10, 10), ReplicaCounts(), phase: "Paused"))
    #expect(next.orders.isEmpty)
    #expect(next.reason.hasPrefix("the rollout is paused"))
    #expect(next.looksAgainAfter == nil)
  }

  @Test func aCompleteRolloutSaysSo() {
    let next = rolling.next(state(ReplicaCounts(), counts(10, 10)))
    #expect(next.orders.isEmpty)
    #expect(
      next.reason
        == "the rollout is complete: 10 of 10 replicas are of the candidate, all of them available")
  }

  @Test func recreateStopsWaitsAndStarts() {
    let strategy = Standard.recreate
    let stop = strategy.next(state(counts(10, 10), ReplicaCounts()))
    #expect(stop.orders == [.scale(.stable, to: 0)])
    #expect(stop.reason == "every replica of stable goes before one of the candidate starts")
    let wait = strategy.next(state(counts(0, 0, terminating: 3), ReplicaCounts()))
    #expect(wait.orders.isEmpty)
    #expect(
      wait.reason
        == "3 replicas of stable are not gone yet, terminating ones included, so none of the "
        + "candidate may start")
    let start = strategy.next(state(ReplicaCounts(), ReplicaCounts()))
    #expect(start.orders == [.scale(.candidate, to: 10)])
    let ready = strategy.next(state(ReplicaCounts(), counts(10, 9)))
    #expect(ready.reason == "1 new replica is not available yet; no old one is left to go")
    #expect(strategy.next(state(ReplicaCounts(), counts(10, 10))).reason.hasPrefix("the rollout"))
  }

  /// What is asked one pass at a time is what is played.
  @Test func theAnswersAreThePlaysOwnOrders() {
    var state = state(counts(10, 10), ReplicaCounts())
    var sizes: [String] = []
    for _ in 0..<40 {
      let orders = rolling.next(state).orders
      if orders.isEmpty {
        state.candidate = counts(state.candidate.desired, state.candidate.desired)
        if rolling.next(state).orders.isEmpty { break }
      }
      for case .scale(let version, let size) in orders {
        if version == .stable {
          state.stable = counts(size, size)
        } else {
          state.candidate = counts(size, state.candidate.available)
        }
        sizes.append("\(version.name) \(size)")
      }
    }
    #expect(
      sizes == [
        "candidate 3", "stable 8", "candidate 5", "stable 3", "candidate 10", "stable 0",
      ])
  }

  @Test func ordersAreSaidInWords() {
    let state = ControllerState(candidate: ReplicaCounts(desired: 5))
    #expect(ReleaseOrder.scale(.candidate, to: 6).words(in: state) == "scale candidate from 5 to 6")
    #expect(
      ReleaseOrder.route(TrafficRoute(.weighted(.percent(20)))).words(in: state)
        == "send 20% of the traffic to the candidate")
    #expect(ReleaseOrder.wake(at: .zero + .minutes(2)).words(in: state) == "look again after 2m")
    #expect(
      ReleaseOrder.takeSample(over: .minutes(1)).words(in: state)
        == "read what was counted over the last 1m")
  }
}
