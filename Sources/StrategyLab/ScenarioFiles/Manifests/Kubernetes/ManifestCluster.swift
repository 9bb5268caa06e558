/// The objects of manifests by kind, each read once.
struct ManifestCluster {
  /// The manifests.
  let set: ManifestSet
  /// Every Deployment.
  private(set) var deployments: [WorkloadManifest] = []
  /// Every Rollout of Argo Rollouts.
  private(set) var rollouts: [WorkloadManifest] = []
  /// Every Canary of Flagger, to be read by its own reader.
  private(set) var canaries: [ManifestObject] = []
  /// Every Service.
  private(set) var services: [ServiceManifest] = []
  /// Every HorizontalPodAutoscaler.
  private(set) var autoscalers: [AutoscalerManifest] = []
  /// Every PodDisruptionBudget.
  private(set) var budgets: [DisruptionBudgetManifest] = []
  /// Every ResourceQuota.
  private(set) var quotas: [QuotaManifest] = []
  /// Every LimitRange.
  private(set) var limitRanges: [LimitRangeManifest] = []
  /// Every Namespace.
  private(set) var namespaces: [ManifestObject] = []
  /// What splits or moves requests: VirtualService, DestinationRule, Ingress, HTTPRoute.
  private(set) var routing: [ManifestObject] = []
  /// The same, each read by the reader of its kind.
  private(set) var routes = ManifestRouting()
  /// What a controller measures by: AnalysisTemplate, ClusterAnalysisTemplate, MetricTemplate.
  private(set) var templates: [ManifestObject] = []
  /// Workloads that no strategy releases: StatefulSet, DaemonSet.
  private(set) var otherWorkloads: [ManifestObject] = []

  // Rendered charts hold thousands of objects: each is found by a key and not by looking at all.
  private var servicePositions: [String: Int] = [:]
  private var deploymentPositions: [String: Int] = [:]
  private var labelled: [String: [Int]] = [:]
  private static let mostBehindOneService = 1000

  /// The objects of a set.
  ///
  /// What is wrong with them is reported to the set's findings.
  init(_ set: ManifestSet) {
    self.set = set
    for object in set.objects { add(object) }
    for (position, service) in services.enumerated() {
      servicePositions["\(service.object.namespace)/\(service.object.name)"] = position
    }
    for (position, deployment) in deployments.enumerated() {
      let namespace = deployment.object.namespace
      deploymentPositions["\(namespace)/\(deployment.object.name)"] = position
      for (key, value) in deployment.podLabels {
        labelled["\(namespace)/\(key)=\(value)", default: []].append(position)
      }
    }
  }

  private mutating func add(_ object: ManifestObject) {
    switch KindCatalogue.standing(kind: object.kind, apiVersion: object.apiVersion) {
    case .refused(let message, let hint):
      set.findings.refuse(message, hint: hint, at: object.fields.place(of: "apiVersion"))
    case .left:
      if KindCatalogue.otherWorkloads.contains(object.kind) { otherWorkloads.append(object) }
      set.findings.leaveOut(
        LeftOutField(
          object: object.title, path: "",
          reason: KindCatalogue.otherWorkloads.contains(object.kind)
            ? "no strategy releases a \(object.kind)" : "the kind plays no part in a release",
          place: object.place))
    case .modelled:
      checkName(object)
      sort(object)
    }
  }

  private mutating func sort(_ object: ManifestObject) {
    switch object.kind {
    case "Deployment": deployments.append(WorkloadManifest(deployment: object))
    case "Rollout": rollouts.append(WorkloadManifest(rollout: object))
    case "Canary": canaries.append(object)
    case "Service": services.append(ServiceManifest(object))
    case "HorizontalPodAutoscaler": autoscalers.append(AutoscalerManifest(object))
    case "PodDisruptionBudget": budgets.append(DisruptionBudgetManifest(object))
    case "ResourceQuota": quotas.append(QuotaManifest(object))
    case "LimitRange": limitRanges.append(LimitRangeManifest(object))
    case "Namespace": namespaces.append(object)
    case "AnalysisTemplate", "ClusterAnalysisTemplate", "MetricTemplate": templates.append(object)
    default:
      routing.append(object)
      routes.add(object)
    }
  }

  /// Names are parts of DNS names.
  ///
  /// Source: Kubernetes, apimachinery, pkg/util/validation, `IsDNS1123Subdomain`.
  private func checkName(_ object: ManifestObject) {
    let isGood =
      object.name.utf8.count <= 253
      && object.name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
          && label.utf8.allSatisfy {
            $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D
          }
      }
    guard !isGood else { return }
    set.findings.refuse(
      "'\(object.name)' cannot be the name of a \(object.kind)",
      hint:
        "names hold small letters, digits, '-' and '.', and begin and end with a letter or digit",
      at: object.fields.place(of: "metadata"))
  }

  /// The Service of a name.
  func service(_ name: String, in namespace: String) -> ServiceManifest? {
    servicePositions["\(namespace)/\(name)"].map { services[$0] }
  }

  /// The Deployment of a name.
  func deployment(_ name: String, in namespace: String) -> WorkloadManifest? {
    deploymentPositions["\(namespace)/\(name)"].map { deployments[$0] }
  }

  /// The Deployments that a Service sends requests to, in the order of the files; the first thousand of them.
  func deployments(behind service: ServiceManifest) -> [WorkloadManifest] {
    guard let first = service.selector?.requirements.first, case .isOne(let values) = first.rule,
      let value = values.first,
      let positions = labelled["\(service.object.namespace)/\(first.key)=\(value)"]
    else { return [] }
    return positions.prefix(ManifestCluster.mostBehindOneService).map { deployments[$0] }
      .filter { service.selects($0) }
  }

  /// The limits of a namespace for containers that request nothing.
  func limitRange(in namespace: String) -> LimitRangeManifest? {
    limitRanges.first { $0.object.namespace == namespace }
  }
}
