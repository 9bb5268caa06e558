import LabUnits

/// A Deployment, or a Rollout, which has the same keys and another strategy.
struct WorkloadManifest {
  /// The object.
  let object: ManifestObject
  /// Replicas; nil if nothing is written, which means 1.
  let replicas: Given<Int>?
  /// Which pods are its own.
  let selector: LabelSelector?
  /// The pods; nil for a Rollout that takes them from a Deployment.
  var template: PodTemplate?
  /// Seconds that a ready pod must stay so to count as available.
  let minReady: Given<Int>?
  /// Seconds without progress after which a roll-out counts as failed.
  let progressDeadline: Given<Int>?
  /// How a Deployment replaces its pods; nil for a Rollout.
  private(set) var strategy: DeploymentStrategy?
  /// The section `spec.strategy` of a Rollout, for the reader of its controller.
  var strategyFields: ManifestFields?
  /// The Deployment that a Rollout takes its pods from.
  private(set) var workloadReference: Given<String>?
  /// Whether a Rollout without progress is aborted.
  private(set) var progressDeadlineAbort: Given<Bool>?
  /// How many revisions one may go back without the steps of a Rollout.
  private(set) var rollbackWindow: Given<Int>?

  /// `RollingUpdate` or `Recreate`.
  struct DeploymentStrategy {
    /// The type; nil if nothing is written, which means RollingUpdate.
    let type: Given<String>?
    /// Replicas above the desired ones.
    let maxSurge: Given<ReplicaQuantity>?
    /// Replicas that may be missing.
    let maxUnavailable: Given<ReplicaQuantity>?
    /// Where it stands.
    let place: ManifestPlace

    /// Whether all old pods are stopped first.
    var isRecreate: Bool { type?.value == "Recreate" }
  }

  /// What messages call it: `Deployment web`.
  var title: String { object.title }

  /// The labels of its pods.
  var podLabels: [String: String] { template?.labels ?? [:] }
}

extension WorkloadManifest {
  /// A Deployment.
  ///
  /// Source: Kubernetes, pkg/apis/apps/validation/validation.go, `ValidateDeploymentSpec`.
  init(deployment object: ManifestObject) {
    var fields = object.fields
    var spec = fields.section("spec")
    if spec == nil { WorkloadManifest.refuseMissing("spec", in: object, at: object.place) }
    self.init(object, &spec)
    var strategy = DeploymentStrategy(
      type: nil, maxSurge: nil, maxUnavailable: nil, place: object.place)
    if var section = spec?.section("strategy") { strategy = DeploymentStrategy(&section) }
    spec?.leaveOut(["paused"], "a paused roll-out is played as if it were resumed")
    spec?.leaveOut(
      ["progressDeadlineSeconds"], "a Deployment reports that it is late, and goes on all the same")
    spec?.pass(["revisionHistoryLimit", "rollbackTo"])
    spec?.close()
    fields.pass(["status"])
    fields.close()
    self.strategy = strategy
    if template == nil {
      WorkloadManifest.refuseMissing("spec.template", in: object, at: object.place)
    }
    requireSelector()
  }

  /// A Rollout; the reader of its controller takes `strategyFields` further.
  init(rollout object: ManifestObject) {
    var fields = object.fields
    var spec = fields.section("spec")
    if spec == nil { WorkloadManifest.refuseMissing("spec", in: object, at: object.place) }
    self.init(object, &spec)
    strategyFields = spec?.section("strategy")
    if strategyFields == nil, let spec {
      WorkloadManifest.refuseMissing("spec.strategy", in: object, at: spec.place)
    }
    if var reference = spec?.section("workloadRef") {
      workloadReference = reference.text("name")
      reference.pass(["apiVersion", "kind"])
      reference.leaveOut(["scaleDown"], "the Deployment is taken as scaled down already")
      reference.close()
    }
    if template == nil, workloadReference == nil, let spec {
      WorkloadManifest.refuseMissing("spec.template", in: object, at: spec.place)
    }
    spec?.leaveOut(["paused", "restartAt"], "the release is played as if nobody had stopped it")
    progressDeadlineAbort = spec?.flag("progressDeadlineAbort")
    if var window = spec?.section("rollbackWindow") {
      rollbackWindow = window.integer("revisions", 0...1000)
      window.close()
    }
    // How many AnalysisRuns are kept.
    spec?.pass(["revisionHistoryLimit", "analysis"])
    spec?.close()
    fields.pass(["status"])
    fields.close()
    if workloadReference == nil { requireSelector() }
  }

  private init(_ object: ManifestObject, _ spec: inout ManifestFields?) {
    self.object = object
    replicas = spec?.integer("replicas")
    selector = spec?.labelSelector("selector")
    if var fields = spec {
      template = PodTemplate(&fields, of: object)
      spec = fields
    }
    minReady = spec?.integer("minReadySeconds")
    progressDeadline = spec?.integer("progressDeadlineSeconds")
    strategy = nil
    // Both have a default: 600 and 0.
    let (deadline, ready) = (progressDeadline?.value ?? 600, minReady?.value ?? 0)
    if deadline <= ready, let place = progressDeadline?.place ?? minReady?.place {
      object.fields.findings.refuse(
        "progressDeadlineSeconds \(deadline) is not above minReadySeconds \(ready)",
        hint: progressDeadline == nil
          ? "write progressDeadlineSeconds: \(ready + 600), since its default is 600"
          : "write more than \(ready)", at: place)
    }
  }

  /// The selector must be there and must select the workload's own pods.
  private func requireSelector() {
    guard let selector else {
      WorkloadManifest.refuseMissing("spec.selector", in: object, at: object.place)
      return
    }
    if selector.requirements.isEmpty {
      object.fields.findings.refuse(
        "the selector of \(title) is empty", hint: "write matchLabels with a label of the pods",
        at: selector.place)
    } else if let template, !selector.selects(template.labels) {
      object.fields.findings.refuse(
        "the selector of \(title) does not match the labels of its pods",
        hint:
          "write the same labels under spec.selector.matchLabels and spec.template.metadata.labels",
        at: selector.place)
    }
  }

  private static func refuseMissing(
    _ key: String, in object: ManifestObject, at place: ManifestPlace
  ) {
    object.fields.findings.report(
      .missingKey(
        key, owner: object.title, example: "\(key.split(separator: ".").last ?? ""): ..."),
      at: place)
  }
}

extension WorkloadManifest.DeploymentStrategy {
  /// The section `spec.strategy` of a Deployment.
  ///
  /// Source: Kubernetes, pkg/apis/apps/validation/validation.go, `ValidateRollingUpdateDeployment`.
  init(_ fields: inout ManifestFields) {
    place = fields.place
    type = fields.choice("type", ["RollingUpdate", "Recreate"])
    var rolling = fields.section("rollingUpdate")
    maxSurge = rolling?.replicaQuantity("maxSurge")
    maxUnavailable = rolling?.replicaQuantity("maxUnavailable")
    rolling?.close()
    if let rolling, type?.value == "Recreate" {
      fields.findings.refuse(
        "rollingUpdate may not be written where the type is Recreate",
        hint: "take rollingUpdate away, or write type: RollingUpdate", at: rolling.place)
    }
    if let surge = maxSurge, let unavailable = maxUnavailable, surge.value.isZero,
      unavailable.value.isZero
    {
      fields.findings.refuse(
        "maxSurge and maxUnavailable are both 0: nothing could ever move",
        hint: "write maxSurge: 1 or maxUnavailable: 1", at: unavailable.place)
    }
    if let unavailable = maxUnavailable, case .share(let share) = unavailable.value, share > .whole
    {
      fields.findings.refuse(
        "maxUnavailable is above 100%", hint: "write at most 100%", at: unavailable.place)
    }
    fields.close()
  }
}

extension ReplicaQuantity {
  /// Whether the quantity is 0 as it is written.
  var isZero: Bool {
    switch self {
    case .count(let count): count == 0
    case .share(let share): share == .none
    }
  }

  /// The quantity as scenario files write it.
  var scenarioText: String {
    switch self {
    case .count(let count): "\(count)"
    case .share(let share): share.text
    }
  }
}
