import LabUnits

/// One metric of an AnalysisTemplate, as it is written: numbers may be arguments, and are read when those are known.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/analysis_types.go, `Metric`.
struct AnalysisMetricManifest {
  /// The keys whose values are whole numbers, and the least of each.
  static let limits: [(key: String, least: Int)] = [
    ("count", 0), ("failureLimit", -1), ("inconclusiveLimit", 0), ("consecutiveErrorLimit", 0),
    ("consecutiveSuccessLimit", 0),
  ]
  /// The keys whose values are lengths of time.
  static let spans = ["interval", "initialDelay"]
  /// Who can be asked.
  static let providers = [
    "prometheus", "kayenta", "web", "datadog", "wavefront", "newRelic", "job", "cloudWatch",
    "graphite", "influxdb", "skywalking", "plugin",
  ]

  /// The metric's name.
  let name: Given<String>?
  /// Texts by key: conditions, limits and lengths of time.
  private(set) var texts: [String: Given<String>] = [:]
  /// Who is asked: `prometheus`; empty if nobody is.
  let provider: String
  /// What is asked; empty if the provider has no text.
  private(set) var query = ""
  /// How far back the provider looks by its own words; nil if it does not say.
  private(set) var providerInterval: String?
  /// Where the metric stands.
  let place: ManifestPlace
  /// The metric's path below the object.
  let path: String

  /// Reads a metric and reports what is wrong with it.
  init(_ fields: ManifestFields) {
    var fields = fields
    place = fields.place
    path = fields.path
    name = fields.text("name")
    for key in ["successCondition", "failureCondition"] + Self.spans + Self.limits.map({ $0.key }) {
      texts[key] = fields.text(key)
    }
    let findings = fields.findings
    if name == nil {
      findings.report(
        .missingKey("name", owner: "metrics", example: "name: success-rate"), at: place)
    }
    guard var provider = fields.section("provider") else {
      self.provider = ""
      findings.refuse(
        .manifestRefused, "no provider specified", hint: "write provider: {prometheus: ...}",
        at: place)
      fields.close()
      return
    }
    let given = Self.providers.filter { provider.has($0) }
    self.provider = given.first ?? ""
    if given.count > 1 {
      findings.refuse(
        .manifestRefused, "multiple providers specified: \(given.joined(separator: ", "))",
        hint: "keep one of them", at: provider.place)
    } else if given.isEmpty {
      findings.refuse(
        .manifestRefused, "no provider specified", hint: "write provider: {prometheus: ...}",
        at: provider.place)
    }
    if let first = given.first, var inner = provider.section(first) {
      query = inner.node("query")?.flowText ?? inner.node("queries")?.flowText ?? ""
      providerInterval = inner.text("interval")?.value
      if providerInterval == nil, ["datadog", "cloudWatch"].contains(first) {
        providerInterval = "5m"
      }
    }
    provider.pass(Self.providers)
    provider.close()
    fields.close()
  }
}
