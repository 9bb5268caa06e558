import LabUnits

/// The arithmetic of a HorizontalPodAutoscaler that holds the processor use of its replicas near a target.
///
///     let autoscaler = HorizontalPodAutoscaler(minimum: 2, maximum: 20, target: .percent(60))
///     autoscaler.recommendation(current: 10, pods: PodUsage(measured: 10, utilization: 0.9))   // 15
///
/// A recommendation is the ready replicas times use over target, rounded up, unless the ratio lies within the
/// tolerance of 1. Replicas that are not ready count as idle when there is more to do, and are left out when
/// there is less; those without a metric count as idle or as fully used, whichever makes the move smaller.
///
/// Source: Kubernetes, pkg/controller/podautoscaler/replica_calculator.go, `GetResourceReplicas`, and
/// pkg/controller/podautoscaler/horizontal.go, `normalizeDesiredReplicasWithBehaviors`. The tolerance is compared as
/// |ratio - 1| <= tolerance, as in releases up to 1.32.
public struct HorizontalPodAutoscaler: Sendable, Hashable {
  /// The fewest replicas.
  public var minimum: Int
  /// The most replicas.
  public var maximum: Int
  /// The use of the request that is aimed at.
  public var target: Share
  /// How far the ratio of use and target may be from 1 without a change.
  public var tolerance: Share
  /// How it moves upward.
  public var scaleUp: ScalingRules
  /// How it moves downward.
  public var scaleDown: ScalingRules

  /// An autoscaler; what is left out is as Kubernetes fills it in.
  public init(
    minimum: Int = 1, maximum: Int, target: Share = .percent(80), tolerance: Share = .percent(10),
    scaleUp: ScalingRules = .standardUp, scaleDown: ScalingRules = .standardDown
  ) {
    self.minimum = minimum
    self.maximum = maximum
    self.target = target
    self.tolerance = tolerance
    self.scaleUp = scaleUp
    self.scaleDown = scaleDown
  }

  /// Whether a ratio of use and target is near enough to 1.
  public func isTolerated(_ ratio: Double) -> Bool { abs(ratio - 1) <= tolerance.fraction }

  /// The replicas by a ratio of use and target, where every replica is ready and measured.
  public func replicas(current: Int, ready: Int, ratio: Double) -> Int {
    isTolerated(ratio) ? current : Replicas.whole((ratio * Double(ready)).rounded(.up))
  }

  /// The replicas that the metrics ask for; nil where there is no metric to go by.
  public func recommendation(current: Int, pods: PodUsage) -> Int? {
    guard pods.measured > 0, target > .none else { return nil }
    let targetPercent = target.fraction * 100
    let ratio = Double(pods.percent(over: pods.measured)) / targetPercent
    let hasUnready = pods.unready > 0 && ratio > 1
    guard hasUnready || pods.missing > 0 else {
      return replicas(current: current, ready: pods.measured, ratio: ratio)
    }
    var count = pods.measured
    var assumed = 0
    if pods.missing > 0, ratio != 1 {
      count += pods.missing
      if ratio < 1 { assumed = Replicas.whole(max(1000, targetPercent * 10)) * pods.missing }
    }
    if hasUnready { count += pods.unready }
    let corrected = Double(pods.percent(adding: assumed, over: count)) / targetPercent
    let turns = (ratio < 1 && corrected > 1) || (ratio > 1 && corrected < 1)
    if isTolerated(corrected) || turns { return current }
    let wanted = Replicas.whole((corrected * Double(count)).rounded(.up))
    let movesBack = corrected < 1 ? wanted > current : wanted < current
    return movesBack ? current : wanted
  }

  /// The replicas that a recommendation leads to now, and what is remembered of it.
  ///
  /// - Parameters:
  ///   - recommendation: What the metrics ask for.
  ///   - current: The present replicas, within the minimum and the maximum.
  ///   - history: What the autoscaler remembers; the recommendation is written down.
  ///   - now: The present.
  /// - Returns: the replicas after stabilisation, the policies and the bounds.
  public func normalized(
    _ recommendation: Int, current: Int, history: inout ScalingHistory, at now: Instant
  ) -> Int {
    let wanted = history.stabilized(
      recommendation, current: current, upWindow: scaleUp.stabilization,
      downWindow: scaleDown.stabilization, at: now)
    history.noteRecommendation(recommendation, at: now)
    if wanted > current {
      return min(wanted, maximum, scaleUp.upperLimit(current: current, history: history, at: now))
    }
    if wanted < current {
      return max(
        wanted, minimum, scaleDown.lowerLimit(current: current, history: history, at: now))
    }
    return wanted
  }

  /// One sync: the replicas that there shall be, with the move written down.
  ///
  /// At 0 replicas the autoscaler is switched off; outside its bounds it moves to the nearer one at once.
  public func sync(current: Int, pods: PodUsage, history: inout ScalingHistory, at now: Instant)
    -> Int
  {
    guard current > 0 || minimum == 0 else { return current }
    history.forget(before: now, longest: longestMemory)
    var desired = current
    if current > maximum {
      desired = maximum
    } else if current < minimum {
      desired = minimum
    } else if let wanted = recommendation(current: current, pods: pods) {
      desired = normalized(wanted, current: current, history: &history, at: now)
    }
    if desired != current { history.noteMove(from: current, to: desired, at: now) }
    return desired
  }

  private var longestMemory: Span {
    (scaleUp.policies + scaleDown.policies).reduce(
      max(scaleUp.stabilization, scaleDown.stabilization)
    ) { max($0, $1.period) }
  }
}
