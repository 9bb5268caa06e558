import LabUnits
import Testing

@testable import LabStrategies

/// What a plan answers from states that somebody describes, in the words that are printed.
@Suite struct PlanNextTests {
  /// A state of a service with ten replicas of stable.
  private static func state(
    stable: Int = 10, candidate: Int = 0, available: Int? = nil, weight: Int = 0,
    elapsed: Span = .zero, analysis: String? = nil, isAborted: Bool = false
  ) -> ControllerState {
    ControllerState(
      desiredReplicas: 10,
      stable: ReplicaCounts(desired: stable, ready: stable, available: stable),
      candidate: ReplicaCounts(
        desired: candidate, ready: available ?? candidate, available: available ?? candidate),
      weight: .percent(weight), elapsed: elapsed, analysis: analysis, isAborted: isAborted)
  }

  private static func canary(_ routing: Canary.Routing, _ weights: [Int]) -> Canary {
    Canary(
      steps: weights.map { Canary.Step(weight: .percent($0), pause: .minutes(5)) },
      routing: routing, maxSurge: .count(1), maxUnavailable: .count(0), analysis: true,
      scaleDownDelay: .minutes(1), abortDelay: .minutes(1))
  }

  private func words(_ strategy: some StepwiseStrategy, _ state: ControllerState) -> [String] {
    let decision = strategy.next(state)
    return decision.orders.map { $0.words(in: state) } + [decision.reason]
  }

  @Test(arguments: [
    (
      state(),
      [
        "scale candidate from 0 to 2",
        "the release begins: run 2 candidate replicas and wait until all are available",
      ]
    ),
    (
      state(candidate: 2, available: 1),
      ["1 of 2 candidate replicas is available, and nothing else is done before all are"]
    ),
    (
      state(candidate: 2),
      [
        "send 20% of the traffic to the candidate",
        "what comes before is done, so it is time to send 20% of the traffic to the candidate",
      ]
    ),
    (
      state(candidate: 2, weight: 20, elapsed: .minutes(2)),
      ["the pause of 5m goes on for 3m; the candidate is watched, and a failure rolls it back"]
    ),
    (
      state(candidate: 2, weight: 20, elapsed: .minutes(2), analysis: "Failed"),
      [
        "roll back: the analysis failed", "send all traffic to stable",
        "the analysis ended as Failed, which a candidate does not survive: the release is undone, so it is time to send all traffic to stable",
      ]
    ),
    (
      state(candidate: 2, weight: 20, elapsed: .minutes(5)),
      [
        "scale candidate from 2 to 5",
        "what comes before is done, so it is time to run 5 candidate replicas and wait until all are available",
      ]
    ),
    (
      state(candidate: 5, weight: 20, elapsed: .minutes(6)),
      [
        "send 50% of the traffic to the candidate",
        "what comes before is done, so it is time to send 50% of the traffic to the candidate",
      ]
    ),
    (
      state(candidate: 5, weight: 50, isAborted: true),
      [
        "send all traffic to stable",
        "the release is undone, so it is time to send all traffic to stable",
      ]
    ),
    (
      state(stable: 0, candidate: 10, weight: 100, elapsed: .minutes(60)),
      ["finish: the candidate serves alone", "every phase of the release is done"]
    ),
    (
      state(elapsed: .minutes(60), isAborted: true),
      ["finish: stable serves alone again", "the release is undone: stable serves alone"]
    ),
  ])
  func aCanaryGoesOnFromWhereItStands(_ state: ControllerState, _ answer: [String]) {
    #expect(words(Self.canary(.weighted, [20, 50]), state) == answer)
  }

  @Test func waitsThatFollowEachOtherShareTheTime() {
    let native = NativeECS(.blueGreen, bake: .minutes(10), hooksAfter: .minutes(2))
    var state = Self.state(candidate: 10, weight: 100, elapsed: .minutes(5))
    #expect(native.next(state).looksAgainAfter == .minutes(7))
    state.elapsed = .minutes(12)
    #expect(native.next(state).orders == [.scale(.stable, to: 0)])
  }

  @Test func replicasStandForWeights() {
    let canary = Self.canary(.replicas, [30])
    #expect(canary.next(Self.state()).orders == [.scale(.candidate, to: 1)])
    let waiting = canary.next(Self.state(stable: 7, candidate: 3, elapsed: .minutes(1)))
    #expect(waiting.looksAgainAfter == .minutes(4))
  }

  @Test func everyKindAnswers() {
    for type in StrategyRegistry.all {
      let isStepwise = type is any StepwiseStrategy.Type
      #expect(isStepwise, "\(type.kind)")
    }
  }
}
