import LabUnits

/// What the `spec` of an AnalysisTemplate or a ClusterAnalysisTemplate says.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/analysis_types.go, `AnalysisTemplateSpec`.
struct AnalysisTemplateManifest {
  /// The metrics in their order.
  let metrics: [AnalysisMetricManifest]
  /// Other templates whose metrics belong to this one.
  let templates: [RolloutAnalysisManifest.Template]
  /// The values that arguments have if nobody gives them others.
  let arguments: [String: String]
  /// The names of arguments that have no value unless somebody gives them one.
  let requiredArguments: [Given<String>]
  /// The names of the metrics whose findings have no consequence; `.*` is all of them.
  let dryRun: [String]
  /// Where findings go, also those that only arguments bring to light.
  let findings: ManifestFindings
  /// The object: `AnalysisTemplate success-rate`.
  let object: String

  /// Reads the `spec` of a template and reports what is wrong with it.
  init(_ fields: ManifestFields) {
    var fields = fields
    findings = fields.findings
    object = fields.object
    metrics = fields.sections("metrics").map { AnalysisMetricManifest($0) }
    templates = fields.sections("templates").compactMap { item in
      var item = item
      let isOfCluster = item.flag("clusterScope")?.value ?? false
      let name = item.text("templateName")
      item.close()
      return name.map { .init(name: $0, isOfCluster: isOfCluster) }
    }
    var copy = fields.silent
    arguments = RolloutAnalysisManifest.arguments(&fields)
    let valued = arguments
    requiredArguments = copy.sections("args").compactMap { argument in
      var argument = argument
      return argument.text("name").flatMap { valued[$0.value] == nil ? $0 : nil }
    }
    dryRun = RolloutAnalysisManifest.dryRun(&fields)
    fields.pass(["measurementRetention"])
    fields.close()
    if metrics.isEmpty, templates.isEmpty {
      findings.refuse(
        .manifestRefused, "no metrics specified",
        hint: "write metrics: [{name: success-rate, ...}]",
        at: fields.place(of: "metrics"))
    }
    reportTwins()
  }

  private func reportTwins() {
    for (index, metric) in metrics.enumerated() {
      guard let name = metric.name,
        metrics[..<index].contains(where: { $0.name?.value == name.value })
      else { continue }
      findings.refuse(
        .manifestRefused, "duplicate name '\(name.value)'",
        hint: "give each metric a name of its own",
        at: name.place)
    }
  }
}
