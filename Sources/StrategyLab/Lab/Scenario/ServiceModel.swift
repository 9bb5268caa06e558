import LabKernel
import LabUnits

/// The service: how many replicas, what each asks for, how much it can do, how it starts and stops.
public struct ServiceModel: Sendable, Hashable {
  /// The replicas that the service shall have when the release begins.
  public var replicas: Int
  /// What one replica asks for, its sidecar not included.
  public var request: ComputeResources
  /// Requests that one replica works on at the same time.
  public var workers: Int
  /// How long a worker needs for one request.
  public var serviceTime: SpanDistribution
  /// A caller gives up after this time.
  public var timeout: Span
  /// The share of requests that fail although nothing is wrong with either version.
  public var baselineFailures: Share
  /// From being placed on a node to being able to answer.
  public var startup: SpanDistribution
  /// From being told to stop to having stopped, if nobody cuts it short.
  public var drain: SpanDistribution
  /// A terminating replica is killed after this time.
  public var terminationGrace: Span
  /// A terminating replica goes on accepting requests for this time before it is told to stop.
  public var preStop: Span
  /// From becoming ready, or being deleted, until every router knows it.
  public var endpointPropagation: Span
  /// How readiness is probed.
  public var readiness: ReadinessProbe
  /// A ready replica counts as available after this time.
  public var minReady: Span
  /// The mesh proxy beside each replica; nil if there is none.
  public var sidecar: Sidecar?
  /// How a router chooses among the replicas of a version.
  public var balancing = Balancing.random
  /// How failed requests are sent again; nil: not at all.
  public var retries: RetryPolicy?

  /// How a router chooses among the replicas of a version.
  public enum Balancing: String, Sendable, Hashable, CaseIterable {
    /// Each as likely as any other.
    case random
    /// One after the other.
    case roundRobin = "round-robin"
    /// The one with fewer requests of two that are drawn.
    case leastRequest = "least-request"
  }

  /// How the platform finds out that a replica can answer.
  public struct ReadinessProbe: Sendable, Hashable {
    /// No probe before this time after the start.
    public var initialDelay: Span
    /// The time between probes; zero means that readiness is known at once.
    public var period: Span
    /// So many successes in a row make a replica ready.
    public var successThreshold: Int

    /// The time until the probe finds a replica ready that can answer after the given time.
    func ready(after startup: Span) -> Span {
      guard period > .zero else { return max(startup, initialDelay) }
      let missing = max(0, startup.nanoseconds - initialDelay.nanoseconds)
      let period = period.nanoseconds
      let ticks = (missing + period - 1) / period + Int64(successThreshold - 1)
      return Span(nanoseconds: initialDelay.nanoseconds + ticks * period)
    }
  }

  /// A proxy beside each replica.
  public struct Sidecar: Sendable, Hashable {
    /// What the proxy asks for.
    public var request: ComputeResources
    /// What it adds to the time of every request.
    public var latency: Span
  }

  /// What one replica asks for, with its sidecar.
  public var replicaRequest: ComputeResources { request + (sidecar?.request ?? .zero) }
}

extension ServiceModel {
  /// The keys of `service` in a scenario file.
  public static let parameters: [Parameter] = [
    .required("replicas", .integer(1...1_000_000), "Replicas that the service shall have."),
    .standard(
      "cpu", .milliCores, "500m", "Processor that one replica requests.",
      source: "assumption of StrategyLab: half a core, a small web service"),
    .standard(
      "memory", .bytes, "512Mi", "Memory that one replica requests.",
      source: "assumption of StrategyLab: a small web service"),
    .standard(
      "workers", .integer(1...10_000), "8", "Requests that one replica works on at the same time.",
      source: "assumption of StrategyLab: a small thread pool"),
    .standard(
      "serviceTime", .variant(SpanDistribution.family), "{distribution: exponential, mean: 50ms}",
      "How long a worker needs for one request.",
      source: "assumption of StrategyLab: exponential, the M/M/c queue of the textbooks"),
    .standard(
      "timeout", .positiveSpan, "10s", "A caller gives up after this time.",
      source: "assumption of StrategyLab; Istio sets none (istio.io, VirtualService timeout)"),
    .standard(
      "baselineFailures", .part, "0.1%",
      "Share of requests that fail although nothing is wrong with either version.",
      source: "assumption of StrategyLab: a service that just meets 99.9%"),
    .standard(
      "startup", .variant(SpanDistribution.family),
      "{distribution: lognormal, median: 6.281s, p95: 20s}",
      "From being placed on a node to being able to answer: image pull and boot.",
      source:
        "median: Spring Boot petclinic, docker run to first 200 (blog.rasc.ch, 2026-04); p95: assumption of StrategyLab"
    ),
    .standard(
      "drain", .variant(SpanDistribution.family), "1s",
      "From being told to stop to having stopped, if nobody cuts it short.",
      source: "assumption of StrategyLab: short requests end within a second"),
    .standard(
      "terminationGrace", .anySpan, "30s", "A terminating replica is killed after this time.",
      source: "Kubernetes, DefaultTerminationGracePeriodSeconds"),
    .standard(
      "preStop", .anySpan, "0s",
      "A deleted replica goes on accepting requests for this time; part of the grace period.",
      source: "Kubernetes: no preStop hook unless written; 5 to 15 s are common in the field"),
    .standard(
      "endpointPropagation", .anySpan, "1s",
      "From becoming ready, or being deleted, until every router knows it.",
      source: "kube-proxy iptables minSyncPeriod (pkg/proxy/apis/config/v1alpha1/defaults.go)"),
    .standard(
      "readiness",
      .section([
        .standard(
          "initialDelay", .anySpan, "0s", "No probe before this time after the start.",
          source: "Kubernetes, SetDefaults_Probe"),
        .standard(
          "period", .anySpan, "10s",
          "Time between probes, from the start of the replica on; 0s means that readiness is known at once.",
          source: "Kubernetes, SetDefaults_Probe"),
        .standard(
          "successThreshold", .integer(1...100), "1",
          "Successes in a row that make a replica ready.",
          source: "Kubernetes, SetDefaults_Probe"),
      ]), "{}", "How the platform finds out that a replica can answer.",
      source: "Kubernetes, SetDefaults_Probe"),
    .standard(
      "minReady", .anySpan, "0s", "A ready replica counts as available after this time.",
      source: "Kubernetes, Deployment minReadySeconds"),
    .optional(
      "sidecar",
      .section([
        .standard(
          "cpu", .milliCores, "100m", "Processor that the proxy requests.",
          source: "Istio, istio-discovery values.yaml"),
        .standard(
          "memory", .bytes, "128Mi", "Memory that the proxy requests.",
          source: "Istio, istio-discovery values.yaml"),
        .standard(
          "latency", .anySpan, "0.228ms", "Time that the proxies add to every request.",
          source: "Istio 1.20 performance page, 90th percentile of a call through two proxies"),
      ]), "A mesh proxy beside each replica; none if left out."),
    .standard(
      "balancing", .choice(Balancing.allCases.map(\.rawValue)), "random",
      "How a router chooses among the replicas of a version: at random, one after the other, or the one with fewer requests of two drawn at random. The last two are played request by request.",
      source: "kube-proxy in iptables mode chooses at random (kubernetes.io, Virtual IPs)"),
    .optional(
      "retries", .section(RetryPolicy.parameters),
      "Failed requests are sent again by the mesh; not at all if left out. They are played request by request."
    ),
  ]

  /// The service that a scenario file describes.
  public init(_ values: ParameterValues) {
    let probe = values.section("readiness")
    self.init(
      replicas: values.integer("replicas"),
      request: ComputeResources(
        milliCores: values.whole("cpu"), memoryBytes: values.whole("memory")),
      workers: values.integer("workers"),
      serviceTime: values.distribution("serviceTime"),
      timeout: values.span("timeout"),
      baselineFailures: values.share("baselineFailures"),
      startup: values.distribution("startup"),
      drain: values.distribution("drain"),
      terminationGrace: values.span("terminationGrace"),
      preStop: values.span("preStop"),
      endpointPropagation: values.span("endpointPropagation"),
      readiness: ReadinessProbe(
        initialDelay: probe.span("initialDelay"), period: probe.span("period"),
        successThreshold: probe.integer("successThreshold")),
      minReady: values.span("minReady"),
      sidecar: values.has("sidecar")
        ? Sidecar(
          request: ComputeResources(
            milliCores: values.section("sidecar").whole("cpu"),
            memoryBytes: values.section("sidecar").whole("memory")),
          latency: values.section("sidecar").span("latency")) : nil,
      balancing: Balancing(rawValue: values.text("balancing")) ?? .random,
      retries: values.has("retries") ? RetryPolicy(values.section("retries")) : nil)
  }
}
