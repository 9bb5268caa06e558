import LabStrategies

/// The objects of some manifests that decide where requests go.
public struct RoutingManifests: Sendable {
  /// A Service: whose pods it sends requests to.
  public struct Service: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its namespace.
    public var namespace: String
    /// The labels of its pods.
    public var selector: [String: String]
  }

  /// Something that keeps pods: a Deployment, a ReplicaSet, a StatefulSet, a DaemonSet, a Rollout.
  public struct Workload: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its namespace.
    public var namespace: String
    /// How many pods it keeps.
    public var replicas: Int
    /// The labels of its pods.
    public var labels: [String: String]

    /// The version that it runs, by its label; nil if it has none.
    public var versionLabel: String? { labels["version"] ?? labels["app.kubernetes.io/version"] }

    /// The version that it runs: the label, or the workload's name.
    public var version: String { versionLabel ?? name }
  }

  /// The VirtualServices, in the order of the files.
  public internal(set) var virtualServices: [VirtualService] = []
  /// The DestinationRules.
  public internal(set) var destinationRules: [DestinationRule] = []
  /// The Ingresses.
  public internal(set) var ingresses: [NginxIngress] = []
  /// The HTTPRoutes.
  public internal(set) var httpRoutes: [HTTPRoute] = []
  /// The Services.
  public internal(set) var services: [Service] = []
  /// The workloads.
  public internal(set) var workloads: [Workload] = []
  /// What was found, each object as `kind name`, in the order of the files.
  public internal(set) var found: [String] = []
  /// What was read and plays no part, each with its place.
  public internal(set) var leftOut: [String] = []
  /// What a cluster accepts with a warning, each with its place.
  public internal(set) var remarks: [String] = []
}
