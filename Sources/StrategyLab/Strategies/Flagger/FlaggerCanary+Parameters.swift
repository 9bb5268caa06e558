import LabUnits

extension FlaggerCanary {
  private static let source = "Flagger, pkg/apis/flagger/v1beta1/canary.go"

  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "interval", .span(FlaggerDefaults.leastInterval ... .hours(24 * 366)), "1m",
      "The time between two ticks.", source: "\(source), GetAnalysisInterval"),
    .standard(
      "threshold", .integer(1...10_000), "1",
      "Failed checks after which the next tick rolls back.",
      source: "\(source), GetAnalysisThreshold"),
    .optional(
      "stepWeight", .part,
      "What each tick adds to the canary's weight. Default: 10% up to a maxWeight of 50%, if neither stepWeights nor iterations are there.",
      source: "Flagger, docs/gitbook: stepWeight 10 and maxWeight 50 in its tutorials"),
    .optional(
      "stepWeights", .list(.part, minimumCount: 1),
      "The canary's weights one after the other, instead of stepWeight.",
      source: "Flagger, docs/gitbook/usage/deployment-strategies.md, Rollout Weights"),
    .optional(
      "maxWeight", .part,
      "The weight at which the canary is promoted; the last step may pass it. Default: 100%, or the last of stepWeights.",
      source: "Flagger, pkg/controller/scheduler.go, maxWeight"),
    .standard(
      "stepWeightPromotion", .part, "0%",
      "What each tick gives back to the primary after the promotion; 0% gives all back at once.",
      source: "Flagger, pkg/controller/scheduler.go, runPromotionTrafficShift"),
    .standard(
      "iterations", .integer(0...10_000), "0",
      "Ticks of checks; above 0 the release is blue/green, or an A/B test if matchedUsers are there.",
      source: "\(source), DeploymentStrategy"),
    .optional(
      "matchedUsers", .part,
      "The share of the users whose requests match the conditions of an A/B test.",
      source: "assumption of StrategyLab: the conditions do not say how many users they match"),
    .standard(
      "mirror", .flag, "false", "Whether requests are copied to the canary before it answers any.",
      source: "\(source), CanaryAnalysis"),
    .standard(
      "mirrorWeight", .part, "100%", "The share of the requests that is copied.",
      source: "Flagger, pkg/router/istio.go, SetRoutes: all where it is absent"),
    .standard(
      "skipAnalysis", .flag, "false", "Whether the canary is promoted as soon as it is ready.",
      source: "\(source), SkipAnalysis"),
    .standard(
      "provider", .choice(["mesh", "kubernetes"]), "mesh",
      "What routes: a mesh or an ingress controller by weight, or Services of Kubernetes, which cannot split.",
      source: "Flagger, charts/flagger/values.yaml, meshProvider"),
    metricsParameter,
    .standard(
      "checksPerSecond", .rate, "0/s",
      "Synthetic requests to the canary while it is analysed, as a load test sends them.",
      source: "\(source), CanaryWebhook: none where there is no webhook"),
    .standard(
      "canaryReplicas", .replicas, "100%", "The size of the canary.",
      source: "Flagger, pkg/canary/deployment_controller.go, ScaleFromZero: as many as the primary"),
    .standard(
      "canaryReadyThreshold", .part, "100%",
      "The share of the canary's replicas that must be available.",
      source: "\(source), CanaryReadyThreshold"),
    .standard(
      "primaryReadyThreshold", .part, "100%",
      "The share of the primary's replicas that must be available.",
      source: "\(source), PrimaryReadyThreshold"),
    .standard(
      "progressDeadline", .positiveSpan, "10m",
      "How long the canary or the primary may have too few available replicas.",
      source: "\(source), ProgressDeadlineSeconds"),
    .maxSurge, .maxUnavailable,
    .standard(
      "confirmRollout", .flag, "false", "Whether a person confirms that the canary is started.",
      source: "\(source), ConfirmRolloutHook"),
    .standard(
      "confirmPromotion", .flag, "false", "Whether a person confirms the promotion.",
      source: "\(source), ConfirmPromotionHook"),
    .standard(
      "resumeAfter", .anySpan, "5m", "How long a person takes to confirm.",
      source: "assumption of StrategyLab: a person looks and resumes"),
  ]

  private static let metricsParameter = Parameter.standard(
    "metrics",
    .list(
      .section([
        .required("name", .text, "What the timeline calls the metric."),
        .required(
          "of", .choice(FlaggerMetric.Quality.allCases.map { $0.rawValue }),
          "Which requests count as bad: failed ones, or those above the scenario's slow threshold."),
        .required("maximum", .part, "The share of bad requests up to which the check passes."),
        .standard(
          "interval", .positiveSpan, "1m", "The time over which the requests are counted.",
          source: "\(source), MetricInterval"),
      ]), minimumCount: 0),
    "[{name: request-success-rate, of: failures, maximum: 1%}, {name: request-duration, of: slow, maximum: 1%}]",
    "What is checked at each tick; the first metric that fails halts the release. No data is a failure.",
    source: "Flagger, docs/gitbook: a success rate of 99% and a 99th percentile in its tutorials")

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    let iterations = values.integer("iterations")
    let given = (step: values.percent("stepWeight"), steps: values.percents("stepWeights"))
    // A bare `flagger` is the Canary of upstream's tutorials.
    let isBare = given.step == nil && given.steps.isEmpty && iterations == 0
    let analysis = FlaggerAnalysis(
      threshold: values.integer("threshold"), stepWeight: given.step ?? (isBare ? 10 : 0),
      stepWeights: given.steps, maxWeight: values.percent("maxWeight") ?? (isBare ? 50 : 0),
      stepWeightPromotion: values.percent("stepWeightPromotion") ?? 0, iterations: iterations,
      hasMatch: values.has("matchedUsers"), mirrors: values.flag("mirror"),
      skipsAnalysis: values.flag("skipAnalysis"),
      isKubernetes: values.text("provider") == "kubernetes")
    self.init(
      analysis, interval: values.span("interval"),
      matchedUsers: values.has("matchedUsers")
        ? TrafficWeight(values.share("matchedUsers")) : .percent(10),
      mirrorWeight: values.share("mirrorWeight"),
      metrics: values.list("metrics").map(FlaggerMetric.init),
      checksPerSecond: values.number("checksPerSecond"),
      canaryReplicas: values.replicas("canaryReplicas"),
      canaryReadyThreshold: values.percent("canaryReadyThreshold") ?? 100,
      primaryReadyThreshold: values.percent("primaryReadyThreshold") ?? 100,
      progressDeadline: values.span("progressDeadline"), maxSurge: values.replicas("maxSurge"),
      maxUnavailable: values.replicas("maxUnavailable"),
      confirmsRollout: values.flag("confirmRollout"),
      confirmsPromotion: values.flag("confirmPromotion"),
      resumeAfter: values.span("resumeAfter"))
  }
}

extension ParameterValues {
  /// A share in whole percent, cut off; nil where an optional key was left out.
  fileprivate func percent(_ key: String) -> Int? {
    has(key) ? Int(share(key).millionths / 10_000) : nil
  }

  /// A list of shares in whole percent, cut off; empty where it was left out.
  fileprivate func percents(_ key: String) -> [Int] {
    guard has(key) else { return [] }
    return list(key).map { item in
      guard case .share(let share) = item else {
        preconditionFailure("an item of \(key) is a share")
      }
      return Int(share.millionths / 10_000)
    }
  }
}

extension FlaggerMetric {
  /// The metric in an item of the list `metrics`.
  init(_ item: ParameterValue) {
    guard case .section(let values) = item else {
      preconditionFailure("a metric of Flagger is a section")
    }
    self.init(
      name: values.text("name"), of: values.text("of") == "slow" ? .slow : .failures,
      maximum: values.share("maximum"), interval: values.span("interval"))
  }
}
