import LabUnits

/// The rolling update of Amazon ECS: start new tasks up to the upper limit, stop old ones down to the lower limit.
///
/// Both limits are shares of the desired count and round inwards. A circuit breaker, where it is on,
/// gives the deployment up after too many failed tasks and rolls back to the last one that completed.
public struct ECSRolling: ReleaseStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "ecs-rolling"
  /// What the strategy is.
  public static let summary =
    "Replaces stable by the candidate between two limits, as a rolling update of Amazon ECS does."
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "minimumHealthyPercent", .part, "100%",
      "The share of the desired tasks that stays healthy; it rounds up.",
      source: "Amazon ECS, API reference, DeploymentConfiguration"),
    .standard(
      "maximumPercent", .share(.whole ... .percent(1000)), "200%",
      "The share of the desired tasks that may run or start; it rounds down.",
      source: "Amazon ECS, API reference, DeploymentConfiguration"),
    .standard(
      "circuitBreaker", .flag, "false",
      "Whether too many failed tasks end the deployment and roll it back.",
      source: "Amazon ECS, API reference, DeploymentCircuitBreaker: off where it is absent"),
    .standard(
      "healthTimeout", .positiveSpan, "90s",
      "How long a task may start before it counts as failed and is replaced.",
      source: "Amazon ECS, API reference, HealthCheck: 3 retries at an interval of 30 s"),
    .alarms,
  ]

  /// The share of the desired tasks that stays healthy.
  public let minimumHealthy: Share
  /// The share of the desired tasks that may run or start.
  public let maximum: Share
  /// Whether too many failed tasks roll back.
  public let circuitBreaker: Bool
  /// How long a task may start before it counts as failed.
  public let healthTimeout: Span
  /// Whether alarms roll back.
  public let alarms: Bool

  /// A rolling update; what is left out is as the service fills it in.
  public init(
    minimumHealthy: Share = .whole, maximum: Share = .percent(200), circuitBreaker: Bool = false,
    healthTimeout: Span = .seconds(90), alarms: Bool = true
  ) {
    self.minimumHealthy = minimumHealthy
    self.maximum = maximum
    self.circuitBreaker = circuitBreaker
    self.healthTimeout = healthTimeout
    self.alarms = alarms
  }

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    self.init(
      minimumHealthy: values.share("minimumHealthyPercent"),
      maximum: values.share("maximumPercent"), circuitBreaker: values.flag("circuitBreaker"),
      healthTimeout: values.span("healthTimeout"), alarms: values.flag("alarms"))
  }

  /// The limits of a service of so many tasks.
  func limits(_ desired: Int) -> ECSLimits {
    ECSLimits(desired: desired, minimumHealthy: minimumHealthy, maximum: maximum)
  }

  /// Whether the limits leave room to move.
  public func problems(replicas: Int) -> [StrategyProblem] {
    let limits = limits(replicas)
    guard limits.isStuck else { return [] }
    return [
      StrategyProblem(
        key: "maximumPercent",
        message:
          "at least \(limits.lowest) and at most \(limits.highest) of \(counted(replicas, "task")): nothing could ever move",
        hint: "write maximumPercent: 200% or minimumHealthyPercent: 50%")
    ]
  }

  /// A controller that plays the rolling update.
  public func makeController(replicas: Int) -> any ReleaseController {
    ECSRollingController(self)
  }

  /// The limits and what happens at them, in words.
  public func outline(replicas: Int) -> [String] {
    let limits = limits(replicas)
    var lines = [
      "replace \(counted(replicas, "task")) by rolling update: at least \(limits.lowest) healthy, at most \(limits.highest) in all"
    ]
    if circuitBreaker {
      let threshold = ECSCircuitBreaker.failureThreshold(desired: replicas)
      lines.append("roll back after \(counted(threshold, "failed task"))")
    }
    if alarms { lines.append("roll back as soon as an alarm goes off") }
    return lines
  }

  /// Nothing waits for a time.
  public var leastDuration: Span { .zero }
  /// Traffic follows the tasks.
  public var needsTrafficRouting: Bool { false }
}

extension ECSRolling: StepwiseStrategy {
  /// What the scheduler does next.
  public func next(_ state: ControllerState) -> ControllerDecision {
    let limits = limits(state.desiredReplicas)
    let version: ReleaseVersion = state.isAborted ? .stable : .candidate
    let parts = [state.stable, state.candidate]
    let (new, old) = (parts[version.rawValue], parts[version.other.rawValue])
    if limits.isStuck {
      return ControllerDecision(reason: "both limits are \(limits.desired), so nothing can move")
    }
    if DeploymentReconciler.isComplete(limits.rolling, new: new, old: old) {
      return ControllerDecision(
        orders: [.finish(state.isAborted ? .rolledBack : .promoted)],
        reason: "all \(limits.desired) tasks run the \(version.name) revision")
    }
    let pass = DeploymentReconciler.pass(limits.rolling, new: new, old: old, newSetExists: true)
    if let size = pass.newSize {
      return ControllerDecision(
        orders: [.scale(version, to: size)],
        reason:
          "\(counted(new.desired + old.desired, "task")) of at most \(limits.highest) are asked for, "
          + "so \(size - new.desired) more of the \(version.name) revision may start")
    }
    if let size = pass.oldSize {
      return ControllerDecision(
        orders: [.scale(version.other, to: size)],
        reason:
          "\(counted(new.available + old.available, "task")) are healthy and \(limits.lowest) must be, "
          + "so \(old.desired - size) of the \(version.other.name) revision may stop"
      )
    }
    let missing = max(0, new.desired - new.available)
    return ControllerDecision(
      reason: "\(counted(missing, "task")) of the \(version.name) revision "
        + "\(missing == 1 ? "is" : "are") not healthy yet, and none may start or stop before")
  }
}
