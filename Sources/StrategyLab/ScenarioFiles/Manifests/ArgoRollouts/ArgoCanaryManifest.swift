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
  let backgroundAnalysis: RolloutAnalysisManifest?
  /// `spec.progressDeadlineSeconds`, which stands outside of this section.
  var progressDeadline: Given<Span>?
  /// `spec.progressDeadlineAbort`, which stands outside of this section.
  var progressDeadlineAbort: Given<Bool>?
  /// `spec.rollbackWindow.revisions`, which stands outside of this section.
  var rollbackWindow: Given<Int>?
  /// The metrics of each analysis by the place where that stands.
  private(set) var metrics: [ManifestPlace: [DraftNode]] = [:]

  /// The metrics of an analysis, from the templates that it names; whether something else ends it is told too.
  typealias Metrics = (_ analysis: RolloutAnalysisManifest, _ mayRunForever: Bool) -> [DraftNode]

  /// Reads the section and reports what is wrong with it.
  init(_ fields: ManifestFields, metrics: Metrics) {
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
    backgroundAnalysis = fields.section("analysis").map { RolloutAnalysisManifest($0) }
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
    resolve(metrics)
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

  /// Looks up the metrics of every analysis.
  private mutating func resolve(_ found: Metrics) {
    func keep(_ analysis: RolloutAnalysisManifest, mayRunForever: Bool) {
      metrics[analysis.place] = found(analysis, mayRunForever)
    }
    // The end of the steps ends what runs in the background.
    if let backgroundAnalysis { keep(backgroundAnalysis, mayRunForever: true) }
    for step in steps {
      switch step.action {
      case .analysis(let analysis): keep(analysis, mayRunForever: false)
      case .experiment(let experiment):
        for analysis in experiment.analyses {
          keep(analysis, mayRunForever: experiment.duration != nil)
        }
      default: break
      }
    }
  }
}
