import LabUnits

/// Canary: send the candidate a growing share of the traffic, pause at each step to watch it, then promote.
///
/// With weighted routing a router splits the traffic, the candidate grows before its weight does,
/// and stable stays whole until the end, so that a roll-back is one change of the route. By
/// replicas, traffic follows the endpoints: the share is that of the replicas, and both versions
/// move within the fenceposts of a rolling update.
public struct Canary: PhasedStrategy, StepwiseStrategy, Hashable {
  /// One step: a weight, and how long it is watched.
  public struct Step: Sendable, Hashable {
    /// The candidate's share of the traffic.
    public let weight: TrafficWeight
    /// How long the step lasts once the weight is reached.
    public let pause: Span

    /// A step.
    public init(weight: TrafficWeight, pause: Span) {
      self.weight = weight
      self.pause = pause
    }
  }

  /// What splits the traffic.
  public enum Routing: String, Sendable, Hashable, CaseIterable {
    /// A router splits it by weight.
    case weighted
    /// It follows the endpoints, so that the replicas split it.
    case replicas
  }

  /// The strategy's name in scenario files.
  public static let kind = "canary"
  /// What the strategy is.
  public static let summary =
    "Sends the candidate a growing share of the traffic, pauses at each step to watch it, then promotes."
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "steps",
      .list(
        .section([
          .required("weight", .part, "The candidate's share of the traffic at this step."),
          .standard(
            "pause", .anySpan, "1m", "How long the step lasts once the weight is reached.",
            source: "Flagger, pkg/apis/flagger/v1beta1/canary.go: an interval of 60 s"),
        ]), minimumCount: 1),
      "[{weight: 10%}, {weight: 20%}, {weight: 30%}, {weight: 40%}, {weight: 50%}]",
      "The weights on the way, in ascending order; all traffic follows after the last.",
      source: "Flagger, docs/gitbook: stepWeight 10 and maxWeight 50 in its tutorials"),
    .standard(
      "routing", .choice(Routing.allCases.map { $0.rawValue }), "weighted",
      "What splits the traffic: a router by weight, or the number of replicas of each version.",
      source: "assumption of StrategyLab: a service mesh or an ingress controller is there"),
    .maxSurge, .maxUnavailable,
    .standard(
      "analysis", .flag, "true",
      "Whether the scenario's monitors watch the candidate at each step, and roll back.",
      source: "Flagger, docs/gitbook/usage/deployment-strategies.md: every step is analysed"),
    .scaleDownDelay, .abortDelay,
  ]

  /// The weights on the way.
  public let steps: [Step]
  /// What splits the traffic.
  public let routing: Routing
  /// How many replicas may be asked for above the desired count, when replicas split the traffic.
  public let maxSurge: ReplicaQuantity
  /// How many replicas may be missing from the desired count, when replicas split the traffic.
  public let maxUnavailable: ReplicaQuantity
  /// Whether the monitors watch the candidate at each step.
  public let analysis: Bool
  /// How long stable is kept after the promotion, when a router splits the traffic.
  public let scaleDownDelay: Span
  /// How long the candidate is kept after a roll-back, when a router splits the traffic.
  public let abortDelay: Span

  /// A canary release.
  public init(
    steps: [Step], routing: Routing, maxSurge: ReplicaQuantity, maxUnavailable: ReplicaQuantity,
    analysis: Bool, scaleDownDelay: Span, abortDelay: Span
  ) {
    self.steps = steps
    self.routing = routing
    self.maxSurge = maxSurge
    self.maxUnavailable = maxUnavailable
    self.analysis = analysis
    self.scaleDownDelay = scaleDownDelay
    self.abortDelay = abortDelay
  }

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    self.init(
      steps: values.list("steps").map(Step.init),
      routing: values.text("routing") == Routing.replicas.rawValue ? .replicas : .weighted,
      maxSurge: values.replicas("maxSurge"), maxUnavailable: values.replicas("maxUnavailable"),
      analysis: values.flag("analysis"), scaleDownDelay: values.span("scaleDownDelay"),
      abortDelay: values.span("abortDelay"))
  }

  /// The steps, then the promotion.
  public var plan: ReleasePlan {
    let climb = steps.indices.flatMap { index in
      [.announce(announcement(of: index))] + move(to: steps[index].weight)
        + [.hold(steps[index].pause, analysed: analysis)]
    }
    let promotion = steps.last?.weight == .allCandidate ? [] : move(to: .allCandidate)
    switch routing {
    case .weighted:
      let end: [ReleasePhase] = [.hold(scaleDownDelay, analysed: false), .retire(.stable)]
      return .sideBySide(climb + promotion + end, abortDelay: abortDelay)
    case .replicas:
      return ReleasePlan(
        route: .byReplicaShare,
        phases: climb + promotion,
        rollback: move(to: .allStable) + [.retire(.candidate)])
    }
  }

  /// What brings the candidate to a weight.
  private func move(to weight: TrafficWeight) -> [ReleasePhase] {
    switch routing {
    case .weighted:
      // Replicas before weight, as Argo Rollouts climbs: ceil(n * w) of the candidate, all of stable.
      [
        .provision(.candidate, .share(weight.share)),
        .shiftTraffic(to: TrafficRoute(.weighted(weight))),
      ]
    case .replicas:
      [.shiftReplicas(to: weight, maxSurge: maxSurge, maxUnavailable: maxUnavailable)]
    }
  }

  private func announcement(of index: Int) -> String {
    "step \(index + 1) of \(steps.count): \(steps[index].weight.share.plainText) to the candidate"
  }
}

extension Canary.Step {
  /// The step in an item of the list `steps`.
  init(_ item: ParameterValue) {
    guard case .section(let values) = item else {
      preconditionFailure("a step of a canary is a section")
    }
    self.init(weight: TrafficWeight(values.share("weight")), pause: values.span("pause"))
  }
}
