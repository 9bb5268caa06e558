import LabStrategies
import LabUnits

/// The HorizontalPodAutoscaler beside the release: it holds the busy part of the replicas near a target.
public struct AutoscalerModel: Sendable, Hashable {
  /// Which replicas one autoscaler sees and sizes.
  public enum Scope: String, Sendable, Hashable, CaseIterable {
    /// All replicas of both versions, those of the surge included; it sets the service's desired replicas.
    case service
    /// The replicas of the version that gets most of the traffic; it sets the service's desired replicas.
    case active
    /// Each version's own replicas; it sets the size of that version alone.
    case version
  }

  /// What a sync takes for the replicas that a service has now.
  public enum Present: String, Sendable, Hashable, CaseIterable {
    /// Those that it shall have.
    case desired
    /// Those that there are: neither terminating nor gone, those of a surge included.
    case existing
  }

  /// The arithmetic, with bounds, target and rules.
  public var rules: HorizontalPodAutoscaler
  /// The time between two syncs; the first comes this long after the start of the release.
  public var syncPeriod: Span
  /// The time between two readings of the replicas' metrics, and the time over which each is a mean.
  public var metricsResolution: Span
  /// Which replicas one autoscaler sees and sizes.
  public var scope: Scope
  /// What it takes for the replicas that a service has now.
  public var present: Present

  /// An autoscaler.
  public init(
    rules: HorizontalPodAutoscaler, syncPeriod: Span = .seconds(15),
    metricsResolution: Span = .seconds(15), scope: Scope = .service,
    present: Present = .desired
  ) {
    self.rules = rules
    self.syncPeriod = syncPeriod
    self.metricsResolution = metricsResolution
    self.scope = scope
    self.present = present
  }
}

extension AutoscalerModel {
  /// The keys of `autoscaler` in a scenario file.
  public static let parameters: [Parameter] = [
    .standard(
      "minimum", .integer(1...100_000), "1", "The fewest replicas.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go: minReplicas 1"),
    .required("maximum", .integer(1...100_000), "The most replicas."),
    .standard(
      "target", .share(.percent(1) ... .percent(1000)), "80%",
      "The busy part of a replica's workers that is aimed at: the use of the processor it requests. A replica never uses more than 100%.",
      source: "Kubernetes, pkg/apis/autoscaling: DefaultCPUUtilization"),
    .standard(
      "tolerance", .part, "10%",
      "No change while use divided by target is no farther from 1 than this.",
      source: "kube-controller-manager, --horizontal-pod-autoscaler-tolerance"),
    .standard(
      "syncPeriod", .span(.seconds(1) ... .hours(1)), "15s", "The time between two syncs.",
      source: "kube-controller-manager, --horizontal-pod-autoscaler-sync-period"),
    .standard(
      "metricsResolution", .span(.seconds(1) ... .hours(1)), "15s",
      "The time over which a replica's use is measured; a replica that became ready within it counts as not ready.",
      source: "metrics-server, --metric-resolution"),
    .standard(
      "scope", .choice(Scope.allCases.map(\.rawValue)), "service",
      "What one autoscaler sees and sizes: the service with all replicas of both versions, the service by the replicas of the version that gets most traffic, or each version by itself.",
      source:
        "Kubernetes: a Deployment, or a Rollout with a canary, selects the replicas of both versions"
    ),
    .standard(
      "present", .choice(Present.allCases.map(\.rawValue)), "desired",
      "What a sync takes for the replicas that the service has now: those that it shall have, or those that there are. Autoscalers that size each version by itself take the desired ones.",
      source:
        "kubernetes/kubernetes#79035 (2019); before it, those that there are"),
    .standard(
      "scaleUpPods", .integer(0...100_000), "4",
      "Replicas that may be added in a period; 0 is no such policy.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go: 4 pods per 15 s"),
    .standard(
      "scaleUpShare", .share(.none ... .percent(100_000)), "100%",
      "The part of the replicas that may be added in a period; 0% is no such policy.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go: 100% per 15 s"),
    .standard(
      "scaleUpPeriod", .span(.seconds(1) ... .minutes(30)), "15s",
      "The period of both policies upward.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go"),
    .standard(
      "scaleUpSelect", .choice(ScalingRules.Selection.allCases.map(\.rawValue)), "max",
      "Which policy upward decides: the larger change, the smaller one, or no move at all.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go: selectPolicy Max"),
    .standard(
      "scaleUpStabilization", .span(.zero ... .hours(1)), "0s",
      "Upward the lowest recommendation of this time is followed.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go: 0 s"),
    .standard(
      "scaleDownPods", .integer(0...100_000), "0",
      "Replicas that may be removed in a period; 0 is no such policy.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go: none"),
    .standard(
      "scaleDownShare", .part, "100%",
      "The part of the replicas that may be removed in a period; 0% is no such policy.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go: 100% per 15 s"),
    .standard(
      "scaleDownPeriod", .span(.seconds(1) ... .minutes(30)), "15s",
      "The period of both policies downward.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go"),
    .standard(
      "scaleDownSelect", .choice(ScalingRules.Selection.allCases.map(\.rawValue)), "max",
      "Which policy downward decides: the larger change, the smaller one, or no move at all.",
      source: "Kubernetes, pkg/apis/autoscaling/v2/defaults.go: selectPolicy Max"),
    .standard(
      "scaleDownStabilization", .span(.zero ... .hours(1)), "5m",
      "Downward the highest recommendation of this time is followed.",
      source:
        "kube-controller-manager, --horizontal-pod-autoscaler-downscale-stabilization: 5 minutes"),
  ]

  /// The autoscaler that a scenario file describes.
  public init(_ values: ParameterValues) {
    self.init(
      rules: HorizontalPodAutoscaler(
        minimum: values.integer("minimum"), maximum: values.integer("maximum"),
        target: values.share("target"), tolerance: values.share("tolerance"),
        scaleUp: Self.rules("scaleUp", values), scaleDown: Self.rules("scaleDown", values)),
      syncPeriod: values.span("syncPeriod"), metricsResolution: values.span("metricsResolution"),
      scope: Scope(rawValue: values.text("scope")) ?? .service,
      present: Present(rawValue: values.text("present")) ?? .desired)
  }

  private static func rules(_ direction: String, _ values: ParameterValues) -> ScalingRules {
    let pods = values.integer(direction + "Pods")
    let share = values.share(direction + "Share")
    let period = values.span(direction + "Period")
    var policies: [ScalingRules.Policy] = []
    if pods > 0 { policies.append(.init(.pods(pods), per: period)) }
    if share > .none { policies.append(.init(.share(share), per: period)) }
    return ScalingRules(
      policies: policies,
      selection: ScalingRules.Selection(rawValue: values.text(direction + "Select")) ?? .max,
      stabilization: values.span(direction + "Stabilization"))
  }
}
