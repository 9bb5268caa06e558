import LabUnits

/// AWS CodeDeploy on hosts: take out as many as stand above the minimum, deploy to them in place, go on as they come back.
///
/// Nothing is added, so capacity is missing throughout. A roll-back is a new deployment of the old
/// revision, host by host like the first.
public struct CodeDeployHosts: ReleaseStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "code-deploy-hosts"
  /// What the strategy is.
  public static let summary =
    "Deploys to the same hosts in place, a few at a time, as AWS CodeDeploy does on EC2."
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "preset",
      .choice(
        MinimumHealthyHosts.Preset.allCases.map { $0.rawValue }
          + MinimumHealthyHosts.Preset.allCases.map { CodeDeployPreset.prefix + $0.rawValue }),
      "OneAtATime", "How many hosts are taken out at a time, by its published name.",
      source: "AWS CodeDeploy user guide, Predefined deployment configurations"),
    .optional(
      "minimumHealthy", .replicas,
      "The hosts that are kept healthy, instead of the preset; a share rounds up.",
      source: "AWS CodeDeploy, API reference, MinimumHealthyHosts"),
    .standard(
      "hostTimeout", .positiveSpan, "1h",
      "How long the deployment to a host may take before it counts as failed.",
      source: "AWS CodeDeploy user guide, AppSpec hooks: a script may take 3600 s"),
    .alarms,
  ]

  /// The published configuration; it counts without ``minimumHealthy``.
  public let preset: MinimumHealthyHosts.Preset
  /// The hosts that are kept healthy.
  public let minimumHealthy: ReplicaQuantity?
  /// How long the deployment to a host may take.
  public let hostTimeout: Span
  /// Whether alarms roll back.
  public let alarms: Bool

  /// A deployment in place.
  public init(
    _ preset: MinimumHealthyHosts.Preset = .oneAtATime, minimumHealthy: ReplicaQuantity? = nil,
    hostTimeout: Span = .hours(1), alarms: Bool = true
  ) {
    self.preset = preset
    self.minimumHealthy = minimumHealthy
    self.hostTimeout = hostTimeout
    self.alarms = alarms
  }

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    self.init(
      MinimumHealthyHosts.Preset(name: values.text("preset")) ?? .oneAtATime,
      minimumHealthy: values.has("minimumHealthy") ? values.replicas("minimumHealthy") : nil,
      hostTimeout: values.span("hostTimeout"), alarms: values.flag("alarms"))
  }

  /// What is kept healthy among so many hosts.
  func healthy(of hosts: Int) -> MinimumHealthyHosts {
    if let minimumHealthy { return MinimumHealthyHosts(minimumHealthy, of: hosts) }
    return MinimumHealthyHosts(preset, of: hosts)
  }

  /// Whether any host can be taken out.
  public func problems(replicas: Int) -> [StrategyProblem] {
    let healthy = healthy(of: replicas)
    guard healthy.failsImmediately else { return [] }
    return [
      StrategyProblem(
        key: minimumHealthy == nil ? "preset" : "minimumHealthy",
        message:
          "\(healthy.minimum) of \(counted(replicas, "host")) stay healthy, so the deployment fails at once",
        hint: "write minimumHealthy: \(max(0, replicas - 1)) or less")
    ]
  }

  /// A controller that plays the deployment.
  public func makeController(replicas: Int) -> any ReleaseController { HostController(self) }

  /// The batches in words.
  public func outline(replicas: Int) -> [String] {
    let healthy = healthy(of: replicas)
    return [
      "take out up to \(counted(healthy.batch, "host")) of \(replicas) at a time, and keep \(healthy.minimum) healthy",
      "deploy to each, and take the next one out when it is healthy again",
    ] + (alarms ? ["deploy the old revision again as soon as an alarm goes off"] : [])
  }

  /// Nothing waits for a time.
  public var leastDuration: Span { .zero }
  /// Traffic follows the hosts.
  public var needsTrafficRouting: Bool { false }
}

extension CodeDeployHosts: StepwiseStrategy {
  /// What the deployment does next.
  public func next(_ state: ControllerState) -> ControllerDecision {
    let target: ReleaseVersion = state.isAborted ? .stable : .candidate
    let parts = [state.stable, state.candidate]
    let (new, old) = (parts[target.rawValue], parts[target.other.rawValue])
    let healthy = healthy(of: state.desiredReplicas)
    let orders = HostController.orders(healthy, target, new: new, old: old)
    let available = new.available + old.available
    if case .scale(let version, let size)? = orders.first {
      return ControllerDecision(
        orders: orders,
        reason: version == target
          ? "\(counted(healthy.hosts - old.notGone - new.desired, "host")) are free for the \(target.name) revision"
          : "\(counted(available, "host")) are healthy and \(healthy.minimum) must stay so: "
            + "\(old.desired - size) with the \(version.name) revision may be taken out"
      )
    }
    if new.available >= healthy.hosts, old.notGone == 0 {
      return ControllerDecision(
        orders: [.finish(state.isAborted ? .rolledBack : .promoted)],
        reason: "every host runs the \(target.name) revision")
    }
    let missing = max(0, new.desired - new.available)
    return ControllerDecision(
      reason: available > healthy.minimum
        ? "\(counted(missing, "host")) with the \(target.name) revision \(missing == 1 ? "is" : "are") not healthy yet, and those come first"
        : "\(counted(available, "host")) \(available == 1 ? "is" : "are") healthy and \(healthy.minimum) must stay so: no other is taken out"
    )
  }
}
