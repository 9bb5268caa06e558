import LabStrategies
import LabUnits

/// What `spec` of a Canary of Flagger says.
///
/// Every field of the v1beta1 definition is known: what the model plays is read, everything else is
/// passed or listed as left out. What the cluster or Flagger refuses is reported.
///
/// Source: Flagger, artifacts/flagger/crd.yaml, and pkg/apis/flagger/v1beta1/canary.go, `CanarySpec`.
struct FlaggerCanaryManifest {
  /// Where `spec` stands.
  let place: ManifestPlace
  /// The path of `spec` below the object.
  let path: String
  /// What is released.
  let target: FlaggerReference?
  /// What scales it.
  let autoscaler: FlaggerReference?
  /// The Ingress that routes to it.
  let ingress: FlaggerReference?
  /// The Services and routes that are generated.
  let service: FlaggerServiceManifest?
  /// What routes; nil for what Flagger was installed for.
  let provider: Given<String>?
  /// The analysis; nil if there is none.
  let analysis: FlaggerAnalysisManifest?
  /// How long a Deployment may lack replicas.
  let progressDeadline: Given<Span>?
  /// Whether the analysis is skipped.
  let skipAnalysis: Given<Bool>?

  private static let providers = [
    "apisix", "appmesh", "appmesh:v1beta2", "contour", "gatewayapi:v1", "gatewayapi:v1beta1",
    "gloo", "istio", "knative", "kubernetes", "kuma", "linkerd", "nginx", "osm", "skipper",
    "smi:v1alpha1", "smi:v1alpha2", "smi:v1alpha3", "traefik",
  ]

  /// Above which duration a request is slow, for the scenario's `monitoring.slowThreshold`.
  var impliedSlowThreshold: Given<Span>? { analysis?.slowThreshold }

  /// Whether Services of Kubernetes alone route.
  var isKubernetes: Bool { provider?.value == "kubernetes" }

  /// Reads `spec` and reports what is wrong with it.
  ///
  /// - Parameters:
  ///   - fields: The keys of `spec`.
  ///   - hasTemplate: Whether a MetricTemplate is described by some manifest.
  init(_ fields: ManifestFields, hasTemplate: FlaggerMetricManifest.HasTemplate = { _, _ in true })
  {
    var fields = fields
    place = fields.place
    path = fields.path
    provider = fields.choice("provider", Self.providers)
    target = fields.flaggerReference("targetRef", kinds: ["DaemonSet", "Deployment", "Service"])
    autoscaler = fields.flaggerReference(
      "autoscalerRef", kinds: ["HorizontalPodAutoscaler", "ScaledObject"])
    ingress = fields.flaggerReference("ingressRef", kinds: ["Ingress"])
    service = fields.section("service").map { FlaggerServiceManifest($0) }
    progressDeadline = fields.integer("progressDeadlineSeconds", 0...1_000_000_000)?
      .map { .seconds($0) }
    skipAnalysis = fields.flag("skipAnalysis")
    let suspend = fields.flag("suspend")
    analysis = fields.section("analysis").map {
      FlaggerAnalysisManifest($0, hasTemplate: hasTemplate)
    }
    fields.pass(["metricsServer", "revertOnDeletion", "routeRef", "upstreamRef"])
    let hasLegacy = fields.has("canaryAnalysis")
    if hasLegacy { fields.pass(["canaryAnalysis"]) }
    fields.close()
    let findings = fields.findings
    if !fields.has("targetRef") {
      findings.report(
        .missingKey(
          "targetRef", owner: fields.object,
          example: "targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}"),
        at: fields.place)
    }
    if let target, target.kind == "DaemonSet" || target.kind == "Service" {
      findings.refuse(
        .manifestUnplayable, "the model releases Deployments, and this Canary a \(target.kind)",
        hint: "give a Canary whose targetRef is a Deployment", at: target.name.place)
    }
    if let suspend, suspend.value {
      findings.refuse(
        .manifestUnplayable, "a Canary that is suspended releases nothing",
        hint: "remove suspend", at: suspend.place)
    }
    if !fields.has("analysis") {
      findings.refuse(
        .manifestRefused,
        hasLegacy
          ? "canaryAnalysis is no field of v1beta1, so the Canary has no analysis"
          : "a Canary needs an analysis",
        hint: hasLegacy
          ? "write analysis instead of canaryAnalysis"
          : "write analysis: {interval: 1m, threshold: 5, stepWeight: 10}",
        at: hasLegacy ? fields.place(of: "canaryAnalysis") : fields.place)
    }
    analysis.map { refuse($0, findings) }
  }

  /// Reports what the definition or Flagger does not accept together.
  private func refuse(_ analysis: FlaggerAnalysisManifest, _ findings: ManifestFindings) {
    let ways: [(key: String, place: ManifestPlace?)] = [
      ("iterations", analysis.iterations?.place), ("stepWeight", analysis.stepWeight?.place),
      ("stepWeights", analysis.stepWeights.first?.place),
    ]
    let given = ways.filter { $0.place != nil }
    if given.isEmpty {
      findings.refuse(
        .manifestRefused,
        "an analysis needs stepWeight, stepWeights or iterations",
        hint: "write stepWeight: 10, or iterations: 10", at: analysis.place)
    } else if given.count > 1, let place = given.last?.place {
      let keys = given.map { $0.key }.joined(separator: " and ")
      findings.refuse(
        .manifestRefused,
        "\(keys) do not go together: the cluster accepts one of them", hint: "keep one of them",
        at: place)
    }
    for (key, isThere) in [
      ("interval", analysis.interval != nil), ("threshold", analysis.threshold != nil),
    ] where !isThere {
      findings.report(
        .missingKey(
          key, owner: "an analysis", example: key == "interval" ? "interval: 1m" : "threshold: 5"),
        at: analysis.place)
    }
    guard given.count == 1, skipAnalysis?.value != true else { return }
    let played = analysis.analysis(isKubernetes: isKubernetes, skipsAnalysis: false)
    if played.hasMatch, played.iterations == 0, !isKubernetes, let match = analysis.match {
      findings.refuse(
        .manifestUnplayable, "conditions without iterations make no A/B test",
        hint: "write iterations: 10 instead of the weights", at: match)
    } else if played.effective.mode == .canary,
      (played.weights.last ?? 0) < played.promotionWeight
    {
      findings.refuse(
        .manifestUnplayable,
        "the weight never reaches \(played.promotionWeight)%, so the canary is never promoted",
        hint: "write a maxWeight of at most 100, and weights in ascending order",
        at: analysis.maxWeight?.place ?? given[0].place ?? analysis.place)
    }
  }
}
