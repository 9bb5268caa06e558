import LabStrategies
import LabUnits

/// What `spec.strategy.canary` of a Rollout says.
///
/// Every field of the v1alpha1 definition is known: what the model plays is read, everything else is
/// listed as left out. What Argo Rollouts refuses is reported.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/types.go, `CanaryStrategy`;
/// pkg/apis/rollouts/validation/validation.go.
struct ArgoCanaryManifest {
  /// Where the section stands.
  let place: ManifestPlace
  /// The section's path below the object.
  let path: String
  /// The steps in order.
  let steps: [ArgoCanaryStepManifest]
  /// What splits the traffic; nil: the replicas.
  let routing: ArgoTrafficRouting?
  /// The Service of the candidate.
  let canaryService: Given<String>?
  /// The Service of stable.
  let stableService: Given<String>?
  /// The Services that take turns.
  let pingPong: (ping: Given<String>?, pong: Given<String>?)?
  /// How many replicas may be asked for above the desired count.
  let maxSurge: Given<ReplicaQuantity>?
  /// How many replicas may be missing.
  let maxUnavailable: Given<ReplicaQuantity>?
  /// Whether stable shrinks as its weight does.
  let dynamicStableScale: Given<Bool>?
  /// The fewest replicas of a set that has any.
  let minPodsPerReplicaSet: Given<Int>?
  /// How long stable stays after the promotion.
  let scaleDownDelay: Given<Span>?
  /// How long the candidate stays after an abort.
  let abortScaleDownDelay: Given<Span>?
  /// How many available replicas are enough to go on.
  let progressThreshold: Given<ReplicaQuantity>?
  /// What is measured beside the steps.
  let backgroundAnalysis: ArgoAnalysisManifest?
  /// `spec.progressDeadlineSeconds`, which stands outside of this section.
  var progressDeadline: Given<Span>?
  /// `spec.progressDeadlineAbort`, which stands outside of this section.
  var progressDeadlineAbort: Given<Bool>?
  /// `spec.rollbackWindow.revisions`, which stands outside of this section.
  var rollbackWindow: Given<Int>?
  /// The metrics of the templates by the place of their reference.
  var metrics: [ManifestPlace: [DraftNode]] = [:]

  /// The metrics of a template, by its name and whether it is one of the whole cluster; nil if no manifest describes it.
  typealias TemplateMetrics = (_ name: String, _ isOfCluster: Bool) -> [DraftNode]?

  /// Reads the section and reports what is wrong with it.
  init(_ fields: ManifestFields, metrics template: TemplateMetrics) {
    var fields = fields
    place = fields.place
    path = fields.path
    canaryService = fields.text("canaryService")
    stableService = fields.text("stableService")
    maxSurge = fields.argoQuantity("maxSurge")
    maxUnavailable = fields.argoQuantity("maxUnavailable")
    dynamicStableScale = fields.flag("dynamicStableScale")
    minPodsPerReplicaSet = fields.integer("minPodsPerReplicaSet", 1...100_000)
    scaleDownDelay = fields.argoSeconds("scaleDownDelaySeconds")
    abortScaleDownDelay = fields.argoSeconds("abortScaleDownDelaySeconds")
    progressThreshold = Self.threshold(fields.section("replicaProgressThreshold"))
    routing = fields.section("trafficRouting").map { ArgoTrafficRouting($0) }
    steps = fields.sections("steps").map { ArgoCanaryStepManifest($0) }
    backgroundAnalysis = fields.section("analysis").map { ArgoAnalysisManifest($0) }
    if var services = fields.section("pingPong") {
      pingPong = (services.text("pingService"), services.text("pongService"))
      services.close()
    } else {
      pingPong = nil
    }
    fields.pass(["canaryMetadata", "stableMetadata"])
    fields.leaveOut(
      ["antiAffinity"], "where replicas are placed is said by the scenario's cluster")
    fields.leaveOut(
      ["scaleDownDelayRevisionLimit"], "no revisions older than the stable one are played")
    fields.close()
    reportRefusals(fields.findings)
    resolve(template, fields.findings)
  }

  private static func threshold(_ section: ManifestFields?) -> Given<ReplicaQuantity>? {
    guard var section else { return nil }
    let type = section.choice("type", ["Percentage", "Pods", "Percent", "Pod"])
    let value = section.integer("value", 0...100_000)
    section.close()
    guard let type, let value else { return nil }
    return value.map {
      type.value.hasPrefix("Percent") ? .share(.percent($0)) : .count($0)
    }
  }

  /// Looks up the metrics of every template that is named.
  private mutating func resolve(_ template: TemplateMetrics, _ findings: ManifestFindings) {
    var references = backgroundAnalysis?.templates ?? []
    for step in steps {
      switch step.action {
      case .analysis(let analysis): references += analysis.templates
      case .experiment(let experiment): references += experiment.analyses
      default: break
      }
    }
    for reference in references {
      if let found = template(reference.name.value, reference.isOfCluster) {
        metrics[reference.name.place] = found
      } else {
        let kind = reference.isOfCluster ? "ClusterAnalysisTemplate" : "AnalysisTemplate"
        findings.refuse(
          .manifestReference, "no manifest describes the \(kind) '\(reference.name.value)'",
          hint: "give its manifest too", at: reference.name.place)
      }
    }
  }
}
