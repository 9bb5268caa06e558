import LabStrategies
import LabUnits

/// What `spec.analysis` of a Canary says.
///
/// Source: Flagger, artifacts/flagger/crd.yaml, and pkg/apis/flagger/v1beta1/canary.go, `CanaryAnalysis`.
struct FlaggerAnalysisManifest {
  /// Where the section stands.
  let place: ManifestPlace
  /// The section's path below the object.
  let path: String
  /// The time between two ticks, as it is given.
  let interval: Given<Span>?
  /// Failed checks that roll back.
  let threshold: Given<Int>?
  /// What each tick adds to the weight.
  let stepWeight: Given<Int>?
  /// The weights one after the other, at most 100 each.
  let stepWeights: [Given<Int>]
  /// The weight at which the canary is promoted.
  let maxWeight: Given<Int>?
  /// What each tick gives back after the promotion.
  let stepWeightPromotion: Given<Int>?
  /// Ticks of checks.
  let iterations: Given<Int>?
  /// Whether traffic is mirrored.
  let mirror: Given<Bool>?
  /// The percentage of the traffic that is mirrored.
  let mirrorWeight: Given<Int>?
  /// The percentage of the primary's replicas that must be available.
  let primaryReadyThreshold: Given<Int>?
  /// The percentage of the canary's replicas that must be available.
  let canaryReadyThreshold: Given<Int>?
  /// Where the conditions of an A/B test stand; nil if there are none.
  let match: ManifestPlace?
  /// The metrics that the model plays.
  let metrics: [FlaggerMetricManifest]
  /// Above which duration a request is slow, as a metric asks for it.
  let slowThreshold: Given<Span>?
  /// What the webhooks do.
  let webhooks: FlaggerWebhooks

  /// Reads the section and reports what is wrong with it.
  init(_ fields: ManifestFields, hasTemplate: FlaggerMetricManifest.HasTemplate) {
    var fields = fields
    place = fields.place
    path = fields.path
    interval = fields.flaggerSpan("interval")
    threshold = fields.integer("threshold", -1_000_000...10_000)
    stepWeight = fields.flaggerPercent("stepWeight")
    stepWeights = fields.percents("stepWeights")
    maxWeight = fields.integer("maxWeight", 0...1_000_000)
    stepWeightPromotion = fields.flaggerPercent("stepWeightPromotion")
    iterations = fields.integer("iterations", 0...10_000)
    mirror = fields.flag("mirror")
    mirrorWeight = fields.flaggerPercent("mirrorWeight")
    primaryReadyThreshold = fields.flaggerPercent("primaryReadyThreshold")
    canaryReadyThreshold = fields.flaggerPercent("canaryReadyThreshold")
    match = fields.items("match").isEmpty ? nil : fields.place(of: "match")
    let read = fields.sections("metrics").map {
      FlaggerMetricManifest($0, hasTemplate: hasTemplate)
    }
    // The model has one threshold of slowness; the first metric that asks for one has it.
    let slow = read.compactMap { $0.slowThreshold }.first
    metrics = read.compactMap { one -> FlaggerMetricManifest? in
      guard let own = one.slowThreshold, let slow, own.value != slow.value else {
        return one.metric == nil ? nil : one
      }
      fields.findings.leaveOut(
        LeftOutField(
          object: fields.object, path: own.path,
          reason: "one threshold of slowness is modelled, that of the first metric",
          place: own.place))
      return nil
    }
    slowThreshold = slow
    webhooks = FlaggerWebhooks(
      fields.sections("webhooks"), playsLoad: (iterations?.value ?? 0) > 0)
    fields.pass(["alerts"])
    fields.leaveOut(
      ["sessionAffinity"], "whether users stay with a version is said by the scenario's users")
    fields.close()
  }

  /// The numbers of the analysis for a provider.
  func analysis(isKubernetes: Bool, skipsAnalysis: Bool) -> FlaggerAnalysis {
    FlaggerAnalysis(
      threshold: FlaggerDefaults.threshold(threshold?.value), stepWeight: stepWeight?.value ?? 0,
      stepWeights: stepWeights.map { $0.value }, maxWeight: maxWeight?.value ?? 0,
      stepWeightPromotion: stepWeightPromotion?.value ?? 0, iterations: iterations?.value ?? 0,
      hasMatch: match != nil, mirrors: mirror?.value ?? false, skipsAnalysis: skipsAnalysis,
      isKubernetes: isKubernetes)
  }
}

extension ManifestFields {
  /// A list of whole percents; what lies above 100 is 100, as upstream cuts it.
  fileprivate mutating func percents(_ key: String) -> [Given<Int>] {
    texts(key).compactMap { text in
      guard let value = Int(text.value) else {
        findings.report(.notAnInteger(key, text: text.value), at: text.place)
        return nil
      }
      return text.map { _ in min(max(value, 0), 100) }
    }
  }
}
