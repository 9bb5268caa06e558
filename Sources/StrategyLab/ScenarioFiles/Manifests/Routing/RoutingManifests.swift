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

  /// Something that keeps pods: a Deployment, a ReplicaSet, a StatefulSet, a Rollout.
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

  /// Reads manifest files.
  ///
  /// - Parameter paths: The files; each may hold several documents.
  /// - Returns: what is in them.
  /// - Throws: everything that is wrong with them, file by file.
  public static func read(paths: [String]) throws(ScenarioFileError) -> RoutingManifests {
    let source = RoutingObjects(paths: paths)
    var manifests = RoutingManifests()
    var remarks: [RoutingRemark] = []
    for object in source.objects { manifests.take(object, remarks: &remarks) }
    if let error = source.error { throw error }
    manifests.leftOut = source.findings.leftOut.map { field in
      let reason = field.reason.isEmpty ? "" : ": \(field.reason)"
      return "\(source.text(of: field.place)): \(field.path) of \(field.object)\(reason)"
    }
    manifests.remarks = remarks.map { "\(source.text(of: $0.place)): \($0.message)" }
    return manifests
  }

  private mutating func take(_ object: RoutingObject, remarks: inout [RoutingRemark]) {
    found.append("\(object.kind) \(object.name)")
    var fields = object.fields
    switch object.kind {
    case "VirtualService":
      guard let spec = fields.section("spec") else { return }
      let read = VirtualServiceReader.read(spec, name: object.name, namespace: object.namespace)
      virtualServices.append(read.service)
      remarks += read.remarks
    case "DestinationRule":
      guard let spec = fields.section("spec") else { return }
      destinationRules.append(
        DestinationRuleReader.read(spec, name: object.name, namespace: object.namespace))
    case "Ingress":
      ingresses.append(
        NginxIngressReader.read(fields, name: object.name, namespace: object.namespace))
    case "HTTPRoute":
      guard let spec = fields.section("spec") else { return }
      httpRoutes.append(
        HTTPRouteReader.read(spec, name: object.name, namespace: object.namespace))
    case "Service":
      guard var spec = fields.section("spec") else { return }
      services.append(
        Service(
          name: object.name, namespace: object.namespace, selector: Self.labels(&spec, "selector"))
      )
    case "Deployment", "StatefulSet", "ReplicaSet", "Rollout":
      guard var spec = fields.section("spec") else { return }
      let replicas = spec.integer("replicas")?.value ?? 1
      guard var template = spec.section("template"), var metadata = template.section("metadata")
      else { return }
      workloads.append(
        Workload(
          name: object.name, namespace: object.namespace, replicas: replicas,
          labels: Self.labels(&metadata, "labels")))
    default: break
    }
  }

  private static func labels(_ fields: inout ManifestFields, _ key: String) -> [String: String] {
    Dictionary(
      fields.labels(key).map { ($0.key, $0.value.value) }, uniquingKeysWith: { first, _ in first })
  }
}
