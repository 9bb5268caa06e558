import LabKernel
import LabUnits

/// Where the service runs: nodes, quota, the speed of the control plane, and what it all costs.
public struct ClusterModel: Sendable, Hashable {
  /// What one node offers, before the part that is reserved.
  public var nodeCapacity: ComputeResources
  /// What the system keeps of each node for itself.
  public var nodeReserved: ComputeResources
  /// The most replicas that one node takes.
  public var nodePodLimit: Int
  /// Nodes there are at the start; nil: as many as the desired replicas need.
  public var nodeCount: Int?
  /// Nodes there can be at the most; nil: no limit.
  public var nodeMaximum: Int?
  /// From asking for a node to its being ready.
  public var nodeProvisioning: SpanDistribution
  /// An added node that has been empty for this time is given back.
  public var nodeScaleDownDelay: Span
  /// The most that the service's replicas may request together; nil fields: no limit.
  public var quota: Quota
  /// Replicas that controllers create or delete in a second; nil: no limit.
  public var controllerRate: Double?
  /// Creations and deletions that may go at once before the rate holds them back.
  public var controllerBurst: Int
  /// From ordering a route to every router following it.
  public var routePropagation: Span
  /// What resources cost.
  public var prices: Prices

  /// Limits on what replicas that are not gone may request together.
  public struct Quota: Sendable, Hashable {
    /// The most replicas, terminating ones included.
    public var replicas: Int?
    /// The most processor, in thousandths of a core.
    public var milliCores: Int64?
    /// The most memory, in bytes.
    public var memoryBytes: Int64?
  }

  /// Prices, in US dollars.
  public struct Prices: Sendable, Hashable {
    /// One requested core for an hour.
    public var corePerHour: Double
    /// One requested gibibyte for an hour.
    public var gibibytePerHour: Double
    /// One node for an hour; used when nodes are billed.
    public var nodePerHour: Double
    /// What the bill is made from.
    public var billing: Billing
  }

  /// What the bill is made from.
  public enum Billing: String, Sendable, Hashable, CaseIterable {
    /// What replicas request, for as long as they are on a node.
    case requests
    /// Whole nodes, for as long as they are there.
    case nodes
  }

  /// Replicas of the given request that one empty node takes.
  public func replicasPerNode(request: ComputeResources) -> Int {
    min((nodeCapacity - nodeReserved).count(of: request), nodePodLimit)
  }
}

extension ClusterModel {
  /// The keys of `cluster` in a scenario file.
  public static let parameters: [Parameter] = [
    .standard(
      "nodes",
      .section([
        .standard(
          "cpu", .milliCores, "4", "Processor of one node.",
          source: "n2-standard-4, the shape that OpenCost's default prices describe"),
        .standard(
          "memory", .bytes, "16Gi", "Memory of one node.",
          source: "n2-standard-4, the shape that OpenCost's default prices describe"),
        .standard(
          "reservedCpu", .milliCores, "140m", "Processor that the system keeps for itself.",
          source: "AKS, node resource reservations: 140 millicores of 4 cores"),
        .standard(
          "reservedMemory", .bytes, "2350Mi", "Memory that the system keeps for itself.",
          source: "AKS, node resource reservations: 20 MB x 110 pods + 50 MB + 100 MiB eviction"),
        .standard(
          "podLimit", .integer(1...10_000), "110", "The most replicas that one node takes.",
          source: "kubelet configuration defaults, maxPods"),
        .optional(
          "count", .integer(1...1_000_000),
          "Nodes at the start; as many as the desired replicas need if left out.",
          source: "a cluster whose autoscaler has left no node empty"),
        .optional(
          "maximum", .integer(1...1_000_000),
          "The most nodes that there can be; no limit if left out."),
        .standard(
          "provisioning", .variant(SpanDistribution.family), "70s",
          "From asking for a node to its being ready.",
          source: "Bottlerocket through an autoscaling group (keikoproj/instance-manager#290)"),
        .standard(
          "scaleDownDelay", .anySpan, "10m",
          "An added node that has been empty for this time is given back.",
          source: "cluster-autoscaler FAQ, scale-down-unneeded-time"),
      ]), "{}", "The nodes that replicas are packed on by what they request.", source: ""),
    .standard(
      "quota",
      .section([
        .optional(
          "replicas", .integer(1...1_000_000),
          "The most replicas at once, terminating ones included; no limit if left out."),
        .optional(
          "cpu", .milliCores, "The most processor requested at once; no limit if left out."),
        .optional("memory", .bytes, "The most memory requested at once; no limit if left out."),
      ]), "{}", "What the namespace may request at once, as a ResourceQuota does.",
      source: "Kubernetes: no quota unless written"),
    .standard(
      "controllerRate", .rate, "20/s",
      "Replicas that controllers create or delete in a second, once the burst is used up; 0/s means no limit.",
      source: "kube-controller-manager, --kube-api-qps"),
    .standard(
      "controllerBurst", .integer(1...1_000_000), "30",
      "Creations and deletions that may go at once before the rate holds them back.",
      source: "kube-controller-manager, --kube-api-burst"),
    .standard(
      "routePropagation", .anySpan, "0.1s", "From ordering a route to every router following it.",
      source: "Istio, PILOT_DEBOUNCE_AFTER (pilot/pkg/features/tuning.go)"),
    .standard(
      "prices",
      .section([
        .standard(
          "core", .dollarsPerHour, "$0.031611/h", "One requested core for an hour.",
          source: "OpenCost configs/default.json @ 5f65333: GCP us-central1"),
        .standard(
          "gibibyte", .dollarsPerHour, "$0.004237/h", "One requested gibibyte for an hour.",
          source: "OpenCost configs/default.json @ 5f65333: GCP us-central1"),
        .standard(
          "node", .dollarsPerHour, "$0.194236/h", "One node for an hour, where nodes are billed.",
          source: "n2-standard-4 us-central1, Cyclenerd pricing.yml @ fd66b26, 2026-07-30"),
        .standard(
          "billing", .choice(Billing.allCases.map(\.rawValue)), "requests",
          "What the bill is made from: what replicas request while they are on a node, or whole nodes.",
          source: "OpenCost specification v0.1, workload costs"),
      ]), "{}", "What resources cost.", source: ""),
  ]

  /// The cluster that a scenario file describes.
  public init(_ values: ParameterValues) {
    let nodes = values.section("nodes")
    let quota = values.section("quota")
    let prices = values.section("prices")
    let rate = values.number("controllerRate")
    self.init(
      nodeCapacity: ComputeResources(
        milliCores: nodes.whole("cpu"), memoryBytes: nodes.whole("memory")),
      nodeReserved: ComputeResources(
        milliCores: nodes.whole("reservedCpu"), memoryBytes: nodes.whole("reservedMemory")),
      nodePodLimit: nodes.integer("podLimit"),
      nodeCount: nodes.has("count") ? nodes.integer("count") : nil,
      nodeMaximum: nodes.has("maximum") ? nodes.integer("maximum") : nil,
      nodeProvisioning: nodes.distribution("provisioning"),
      nodeScaleDownDelay: nodes.span("scaleDownDelay"),
      quota: Quota(
        replicas: quota.has("replicas") ? quota.integer("replicas") : nil,
        milliCores: quota.has("cpu") ? quota.whole("cpu") : nil,
        memoryBytes: quota.has("memory") ? quota.whole("memory") : nil),
      controllerRate: rate > 0 ? rate : nil,
      controllerBurst: values.integer("controllerBurst"),
      routePropagation: values.span("routePropagation"),
      prices: Prices(
        corePerHour: prices.number("core"), gibibytePerHour: prices.number("gibibyte"),
        nodePerHour: prices.number("node"),
        billing: Billing(rawValue: prices.text("billing")) ?? .requests))
  }
}
