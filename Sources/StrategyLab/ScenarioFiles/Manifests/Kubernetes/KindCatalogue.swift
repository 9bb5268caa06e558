/// Which kinds there are, in which versions clusters of today serve them, and what is modelled of them.
///
/// Source: Kubernetes, deprecated API migration guide; the custom resource definitions of Argo Rollouts,
/// Flagger, Istio and the Gateway API.
enum KindCatalogue {
  /// A kind that is modelled.
  struct Kind {
    /// The name: `Deployment`.
    let name: String
    /// The API versions that clusters serve, the best first.
    let versions: [String]
    /// API versions that were served once, and are gone.
    let removed: [String]

    init(_ name: String, _ versions: [String], removed: [String] = []) {
      self.name = name
      self.versions = versions
      self.removed = removed
    }
  }

  /// The kinds that are read.
  static let modelled: [Kind] = [
    Kind(
      "Deployment", ["apps/v1"],
      removed: ["extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"]),
    Kind("Service", ["v1"]),
    Kind("Namespace", ["v1"]),
    Kind("ResourceQuota", ["v1"]),
    Kind("LimitRange", ["v1"]),
    Kind(
      "HorizontalPodAutoscaler", ["autoscaling/v2", "autoscaling/v1"],
      removed: ["autoscaling/v2beta1", "autoscaling/v2beta2"]),
    Kind("PodDisruptionBudget", ["policy/v1"], removed: ["policy/v1beta1"]),
    Kind(
      "Ingress", ["networking.k8s.io/v1"],
      removed: ["extensions/v1beta1", "networking.k8s.io/v1beta1"]),
    Kind("Rollout", ["argoproj.io/v1alpha1"]),
    Kind("AnalysisTemplate", ["argoproj.io/v1alpha1"]),
    Kind("ClusterAnalysisTemplate", ["argoproj.io/v1alpha1"]),
    Kind("Canary", ["flagger.app/v1beta1"], removed: ["flagger.app/v1alpha3"]),
    Kind("MetricTemplate", ["flagger.app/v1beta1"]),
    Kind(
      "VirtualService",
      ["networking.istio.io/v1", "networking.istio.io/v1beta1", "networking.istio.io/v1alpha3"]),
    Kind(
      "DestinationRule",
      ["networking.istio.io/v1", "networking.istio.io/v1beta1", "networking.istio.io/v1alpha3"]),
    Kind(
      "HTTPRoute", ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"],
      removed: ["gateway.networking.k8s.io/v1alpha2"]),
  ]

  /// Kinds of the groups that every cluster has and that are not modelled, so that a misspelt kind is found.
  private static let others: [String: [String]] = [
    "v1": [
      "Pod", "ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "PersistentVolume",
      "Endpoints", "Event", "Node", "PodTemplate", "ReplicationController", "Binding",
    ],
    "apps/v1": ["ReplicaSet", "StatefulSet", "DaemonSet", "ControllerRevision"],
    "autoscaling/v1": ["Scale"],
    "policy/v1": ["Eviction"],
    "batch/v1": ["Job", "CronJob"],
    "networking.k8s.io/v1": ["IngressClass", "NetworkPolicy", "IPAddress", "ServiceCIDR"],
    "flagger.app/v1beta1": ["AlertProvider"],
  ]

  /// Kinds that run pods and that no strategy of the laboratory releases.
  static let otherWorkloads = [
    "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Pod", "Job", "CronJob",
  ]

  /// What stands against an object's kind.
  enum Standing {
    /// The kind is read.
    case modelled
    /// The kind is real, or may be, and is not read.
    case left
    /// No cluster of today takes it: why, and what to write.
    case refused(String, hint: String)
  }

  /// What stands against an object of a kind and a version.
  static func standing(kind: String, apiVersion: String) -> Standing {
    if let known = modelled.first(where: { $0.name == kind }) {
      if known.versions.contains(apiVersion) { return .modelled }
      if known.removed.contains(apiVersion) {
        return .refused(
          "no cluster of today serves \(kind) in \(apiVersion)",
          hint: "write apiVersion: \(known.versions[0])")
      }
    }
    let groups = modelled.flatMap { $0.versions + $0.removed }
    guard groups.contains(apiVersion) || others[apiVersion] != nil else {
      return nearVersion(kind, apiVersion)
    }
    if others[apiVersion]?.contains(kind) ?? false { return .left }
    // Groups of custom resources hold more kinds than are listed here.
    let isOpen = ["argoproj.io", "networking.istio.io", "gateway.networking"].contains {
      apiVersion.hasPrefix($0)
    }
    let here = modelled.filter { $0.versions.contains(apiVersion) }.map { $0.name }
    let names = here + (others[apiVersion] ?? [])
    if let known = modelled.first(where: { $0.name == kind }), !isOpen {
      return .refused(
        "there is no \(kind) in \(apiVersion)", hint: "write apiVersion: \(known.versions[0])")
    }
    if let near = EditDistance.nearest(to: kind, in: names), near != kind,
      !isOpen || EditDistance.between(near, kind) <= 2
    {
      return .refused("there is no kind \(kind) in \(apiVersion)", hint: "write kind: \(near)")
    }
    return isOpen
      ? .left
      : .refused(
        "there is no kind \(kind) in \(apiVersion)",
        hint: "write the apiVersion that the kind belongs to")
  }

  /// A version that is spelt almost as one of the kind's own.
  private static func nearVersion(_ kind: String, _ apiVersion: String) -> Standing {
    guard let known = modelled.first(where: { $0.name == kind }),
      let near = EditDistance.nearest(to: apiVersion, in: known.versions),
      EditDistance.between(apiVersion, near) <= 2
    else { return .left }
    return .refused(
      "there is no \(kind) in \(apiVersion)", hint: "write apiVersion: \(near)")
  }
}
