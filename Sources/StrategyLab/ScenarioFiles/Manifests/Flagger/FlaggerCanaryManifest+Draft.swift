import LabStrategies
import LabUnits

extension FlaggerCanaryManifest {
  /// The strategy of a scenario, each value with where it comes from.
  ///
  /// - Parameters:
  ///   - canaryReplicas: The size of the canary where the target or its autoscaler says one, and where that comes from.
  ///   - users: The share of the users that the conditions of an A/B test match, and where it comes from.
  ///   - origin: The comment for a value from a place and a path.
  /// - Returns: a strategy of the kind `flagger`.
  func draft(
    canaryReplicas: (text: String, origin: String)? = nil,
    users: (share: String, origin: String) = (
      "10%", "assumption: nothing says how many users match"
    ),
    origin: (ManifestPlace, String) -> String
  ) -> DraftNode {
    var entries = [DraftEntry("kind", FlaggerCanary.kind, origin: origin(place, path))]
    func add<Value>(_ key: String, _ given: Given<Value>?, _ text: (Value) -> String) {
      guard let given else { return }
      entries.append(
        DraftEntry(key, text(given.value), origin: origin(given.place, given.path)))
    }
    if let analysis {
      add("interval", analysis.interval) { max($0, FlaggerDefaults.leastInterval).text }
      add("threshold", analysis.threshold) { String(FlaggerDefaults.threshold($0)) }
      add("stepWeight", analysis.stepWeight) { "\($0)%" }
      if !analysis.stepWeights.isEmpty {
        entries.append(
          DraftEntry(
            "stepWeights",
            .list(
              analysis.stepWeights.map {
                .value("\($0.value)%", origin: origin($0.place, $0.path))
              })))
      }
      if let most = analysis.maxWeight, most.value > 0, analysis.stepWeights.isEmpty {
        add("maxWeight", most) { "\(min($0, 100))%" }
      }
      add("stepWeightPromotion", analysis.stepWeightPromotion) { "\($0)%" }
      add("iterations", analysis.iterations) { String($0) }
      if analysis.match != nil, !isKubernetes {
        entries.append(DraftEntry("matchedUsers", users.share, origin: users.origin))
      }
      add("mirror", analysis.mirror) { String($0) }
      if let weight = analysis.mirrorWeight, weight.value > 0 {
        add("mirrorWeight", weight) { "\($0)%" }
      }
    }
    add("skipAnalysis", skipAnalysis) { String($0) }
    add("provider", provider) { $0 == "kubernetes" ? "kubernetes" : "mesh" }
    if let analysis {
      entries.append(
        DraftEntry("metrics", .list(analysis.metrics.compactMap { draft($0, origin) })))
      entries += checks(analysis, origin)
    }
    if let canaryReplicas {
      entries.append(
        DraftEntry("canaryReplicas", canaryReplicas.text, origin: canaryReplicas.origin))
    }
    add("canaryReadyThreshold", analysis?.canaryReadyThreshold) { "\($0)%" }
    add("primaryReadyThreshold", analysis?.primaryReadyThreshold) { "\($0)%" }
    add("progressDeadline", progressDeadline) { max($0, .seconds(1)).text }
    add("confirmRollout", analysis?.webhooks.confirmRollout) { _ in "true" }
    add("confirmPromotion", analysis?.webhooks.confirmPromotion) { _ in "true" }
    return .mapping(entries)
  }

  private func draft(
    _ manifest: FlaggerMetricManifest, _ origin: (ManifestPlace, String) -> String
  ) -> DraftNode? {
    guard let metric = manifest.metric else { return nil }
    let value = metric.value
    func source<Value>(_ given: Given<Value>?, _ standard: String) -> String {
      given.map { origin($0.place, $0.path) } ?? standard
    }
    return .mapping([
      DraftEntry("name", value.name, origin: source(manifest.name, "")),
      DraftEntry("of", value.quality.rawValue),
      DraftEntry("maximum", value.maximum.text, origin: source(metric, "")),
      DraftEntry(
        "interval", value.interval.text,
        origin: source(
          manifest.interval,
          "default: Flagger, pkg/apis/flagger/v1beta1/canary.go, MetricInterval")),
    ])
  }

  /// The requests of a load test; without any, checks of a canary that users do not meet find no data.
  private func checks(
    _ analysis: FlaggerAnalysisManifest, _ origin: (ManifestPlace, String) -> String
  ) -> [DraftEntry] {
    if let load = analysis.webhooks.load {
      let whole = Int(min(max(load.value.rounded(), 1), 1e6))
      return [
        DraftEntry("checksPerSecond", "\(whole)/s", origin: origin(load.place, load.path))
      ]
    }
    let played = analysis.analysis(isKubernetes: isKubernetes, skipsAnalysis: false).effective
    let isUnseen = played.mode == .blueGreen && (isKubernetes || !played.mirrors)
    guard isUnseen, !analysis.metrics.isEmpty else { return [] }
    return [
      DraftEntry(
        "checksPerSecond", "5/s",
        origin: "assumption: something tests the canary, since users do not meet it")
    ]
  }
}
