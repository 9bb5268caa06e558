import LabUnits

/// What `spec.strategy.blueGreen` of a Rollout says.
///
/// Every field of the v1alpha1 definition is known: what the model plays is read, everything else is
/// listed as left out. What Argo Rollouts refuses is reported.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/types.go, `BlueGreenStrategy`;
/// pkg/apis/rollouts/validation/validation.go, `ValidateRolloutStrategyBlueGreen`.
struct ArgoBlueGreenManifest {
  /// Where the section stands.
  let place: ManifestPlace
  /// The section's path below the object.
  let path: String
  /// The Service that users reach.
  let activeService: Given<String>?
  /// The Service that shows the new version before it is promoted.
  let previewService: Given<String>?
  /// How many replicas the new version has until it is promoted.
  let previewReplicaCount: Given<Int>?
  /// Whether the new version is promoted without a person.
  let autoPromotion: Given<Bool>?
  /// How long the new version waits before it is promoted without a person.
  let autoPromotionDelay: Given<Span>?
  /// How long the old version keeps its replicas.
  let scaleDownDelay: Given<Span>?
  /// How long the new version keeps its replicas after an abort.
  let abortScaleDownDelay: Given<Span>?
  /// The analysis before the switch.
  let prePromotionAnalysis: RolloutAnalysisManifest?
  /// The analysis after the switch.
  let postPromotionAnalysis: RolloutAnalysisManifest?
  /// `spec.progressDeadlineSeconds`, which stands outside of this section.
  var progressDeadline: Given<Span>?
  /// `spec.progressDeadlineAbort`, which stands outside of this section.
  var progressDeadlineAbort: Given<Bool>?

  /// The metrics of an analysis, from the templates that it names; empty if none of them can be played.
  typealias Metrics = (_ analysis: RolloutAnalysisManifest) -> [DraftNode]

  /// Reads the section and reports what is wrong with it.
  init(_ fields: ManifestFields) {
    var fields = fields
    place = fields.place
    path = fields.path
    func seconds(_ key: String) -> Given<Span>? {
      fields.integer(key, 0...31_000_000)?.map { .seconds($0) }
    }
    activeService = fields.text("activeService")
    previewService = fields.text("previewService")
    previewReplicaCount = fields.integer("previewReplicaCount", 0...100_000)
    autoPromotion = fields.flag("autoPromotionEnabled")
    autoPromotionDelay = seconds("autoPromotionSeconds")
    scaleDownDelay = seconds("scaleDownDelaySeconds")
    abortScaleDownDelay = seconds("abortScaleDownDelaySeconds")
    prePromotionAnalysis = fields.section("prePromotionAnalysis").map { .init($0) }
    postPromotionAnalysis = fields.section("postPromotionAnalysis").map { .init($0) }
    _ = fields.integer("scaleDownDelayRevisionLimit")
    fields.leaveOut(
      ["scaleDownDelayRevisionLimit"], "no versions older than the stable one are played")
    fields.leaveOut(
      ["maxUnavailable"], "Argo Rollouts itself does not use it for blue-green")
    fields.leaveOut(
      ["antiAffinity"], "where replicas are placed is said by the scenario's cluster")
    fields.pass(["previewMetadata", "activeMetadata"])
    fields.close()
    refuse(fields)
  }

  private func refuse(_ fields: ManifestFields) {
    guard let activeService else {
      fields.findings.report(
        .missingKey("activeService", owner: "blueGreen", example: "activeService: web"), at: place)
      return
    }
    if let previewService, previewService.value == activeService.value {
      fields.findings.refuse(
        .manifestRefused,
        "the active and the preview service are the same Service '\(previewService.value)', but two "
          + "are required",
        hint: "name another Service, or leave out previewService", at: previewService.place)
    }
    if autoPromotion?.value == false, let delay = autoPromotionDelay, delay.value > .zero {
      fields.findings.leaveOut(
        LeftOutField(
          object: fields.object, path: delay.path,
          reason: "with autoPromotionEnabled: false only a person promotes", place: delay.place))
    }
  }

  /// The strategy of a scenario, each value with where it comes from.
  ///
  /// - Parameters:
  ///   - metrics: The metrics of an analysis.
  ///   - origin: The comment for a value from a place and a path.
  /// - Returns: a strategy of the kind `argo-blue-green`.
  func draft(metrics: Metrics, origin: (ManifestPlace, String) -> String) -> DraftNode {
    var entries = [DraftEntry("kind", "argo-blue-green", origin: origin(place, path))]
    func add<Value>(_ key: String, _ given: Given<Value>?, _ text: (Value) -> String) {
      guard let given else { return }
      entries.append(
        DraftEntry(key, text(given.value), origin: origin(given.place, given.path)))
    }
    add("previewReplicaCount", previewReplicaCount) { String($0) }
    add("autoPromotion", autoPromotion) { String($0) }
    add("autoPromotionDelay", autoPromotionDelay) { $0.text }
    add("scaleDownDelay", scaleDownDelay) { $0.text }
    add("abortScaleDownDelay", abortScaleDownDelay) { $0.text }
    for (key, analysis) in [
      ("prePromotionAnalysis", prePromotionAnalysis),
      ("postPromotionAnalysis", postPromotionAnalysis),
    ] {
      guard let analysis else { continue }
      let drafts = metrics(analysis)
      if drafts.isEmpty { continue }
      entries.append(
        DraftEntry(key, .list(drafts, origin: origin(analysis.place, analysis.path))))
    }
    add("progressDeadline", progressDeadline) { $0.text }
    add("progressDeadlineAbort", progressDeadlineAbort) { String($0) }
    return .mapping(entries)
  }
}
