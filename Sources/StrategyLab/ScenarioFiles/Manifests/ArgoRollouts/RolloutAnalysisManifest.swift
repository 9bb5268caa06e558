/// A reference of a Rollout to analysis templates, with the arguments that it gives them.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/types.go, `RolloutAnalysis`.
struct RolloutAnalysisManifest {
  /// A template that is named.
  struct Template: Sendable {
    /// Its name.
    let name: Given<String>
    /// Whether it is a ClusterAnalysisTemplate.
    let isOfCluster: Bool

    /// The kind of object that is named.
    var kind: String { isOfCluster ? "ClusterAnalysisTemplate" : "AnalysisTemplate" }
  }

  /// The templates in their order.
  let templates: [Template]
  /// The arguments that are known before anything runs, by name.
  let arguments: [String: String]
  /// The names of the metrics whose findings have no consequence.
  let dryRun: [String]
  /// The step at which an analysis in the background starts.
  let startingStep: Given<Int>?
  /// Where the reference stands.
  let place: ManifestPlace
  /// The path of the reference below the object.
  let path: String

  /// Reads a reference and reports what is wrong with it.
  init(_ fields: ManifestFields) {
    var fields = fields
    place = fields.place
    path = fields.path
    var templates: [Template] = []
    for var template in fields.sections("templates") {
      let isOfCluster = template.flag("clusterScope")?.value ?? false
      if let name = template.text("templateName") {
        templates.append(Template(name: name, isOfCluster: isOfCluster))
      } else {
        template.report(
          .missingKey("templateName", owner: "templates", example: "templateName: success-rate"),
          template)
      }
      template.close()
    }
    if templates.isEmpty {
      fields.findings.refuse(
        .manifestRefused, "an analysis names no template",
        hint: "write templates: [{templateName: success-rate}]",
        at: place)
    }
    self.templates = templates
    arguments = Self.arguments(&fields)
    dryRun = Self.dryRun(&fields)
    startingStep = fields.integer("startingStep", 0...10_000)
    fields.pass(["analysisRunMetadata", "measurementRetention"])
    fields.close()
  }

  /// A reference of an experiment to one template.
  init(
    template: Template, arguments: [String: String], dryRun: [String], place: ManifestPlace,
    path: String
  ) {
    templates = [template]
    self.arguments = arguments
    self.dryRun = dryRun
    startingStep = nil
    self.place = place
    self.path = path
  }

  /// The names of the metrics that a list `dryRun` gives.
  static func dryRun(_ fields: inout ManifestFields) -> [String] {
    fields.sections("dryRun").compactMap { item in
      var item = item
      let name = item.text("metricName")?.value
      item.close()
      return name
    }
  }

  /// The arguments with a value; others get theirs from the cluster, and are only part of queries.
  static func arguments(_ fields: inout ManifestFields) -> [String: String] {
    var arguments: [String: String] = [:]
    for var argument in fields.sections("args") {
      let name = argument.text("name")?.value
      let value = argument.text("value")?.value
      let isFromCluster = argument.has("valueFrom")
      argument.pass(["valueFrom"])
      argument.close()
      guard let name else { continue }
      if let value {
        arguments[name] = value
      } else if isFromCluster {
        arguments[name] = "value-from-the-cluster"
      }
    }
    return arguments
  }
}

extension ManifestFields {
  fileprivate func report(_ fault: ScenarioFault, _ fields: ManifestFields) {
    findings.report(fault, at: fields.place)
  }
}
