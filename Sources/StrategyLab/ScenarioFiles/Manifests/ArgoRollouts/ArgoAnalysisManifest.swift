import LabUnits

/// An analysis of a step or in the background: the templates that it runs.
struct ArgoAnalysisManifest {
  /// A reference to a template.
  struct Template {
    /// The template's name.
    let name: Given<String>
    /// Whether it is one of the whole cluster.
    let isOfCluster: Bool
  }

  /// The templates.
  private(set) var templates: [Template] = []
  /// The step at which an analysis in the background starts.
  let startingStep: Given<Int>?
  /// Where the analysis stands.
  let place: ManifestPlace
  /// The path below the object.
  let path: String

  /// Reads an analysis.
  init(_ fields: ManifestFields) {
    var fields = fields
    place = fields.place
    path = fields.path
    startingStep = fields.integer("startingStep", 0...10_000)
    for var template in fields.sections("templates") {
      let isOfCluster = template.flag("clusterScope")?.value ?? false
      if let name = template.text("templateName") {
        templates.append(Template(name: name, isOfCluster: isOfCluster))
      }
      template.close()
    }
    fields.pass(["args", "analysisRunMetadata", "measurementRetention"])
    fields.leaveOut(["dryRun"], "which metrics are dry runs is said by the scenario")
    fields.close()
  }
}

/// An experiment of a step: extra replicas for a time.
struct ArgoExperimentManifest {
  /// How long it runs; nil: until its analyses are done.
  let duration: Given<Span>?
  /// The replicas of the candidate that it adds.
  private(set) var replicas = 0
  /// Their weight, with the place of the first one given.
  private(set) var weight: Given<Int>?
  /// What it measures.
  private(set) var analyses: [ArgoAnalysisManifest.Template] = []
  /// Where the experiment stands.
  let place: ManifestPlace
  /// The path below the object.
  let path: String

  /// Reads an experiment.
  init(_ fields: ManifestFields) {
    var fields = fields
    place = fields.place
    path = fields.path
    duration = fields.argoDuration("duration")
    for var template in fields.sections("templates") {
      let isCandidate = template.text("specRef")?.value != "stable"
      let count = template.integer("replicas", 0...100_000)?.value ?? 1
      let share = template.integer("weight", 0...100)
      if isCandidate {
        replicas = min(100_000, replicas + count)
        if let share {
          let before = weight?.value ?? 0
          weight = (weight ?? share).map { _ in min(100, before + share.value) }
        }
      } else {
        template.findings.leaveOut(
          LeftOutField(
            object: template.object, path: template.path,
            reason: "replicas of stable in an experiment are not played", place: template.place))
      }
      template.pass(["name", "metadata", "service", "selector", "minReadySeconds"])
      template.close()
    }
    for var analysis in fields.sections("analyses") {
      let isOfCluster = analysis.flag("clusterScope")?.value ?? false
      if let name = analysis.text("templateName") {
        analyses.append(.init(name: name, isOfCluster: isOfCluster))
      }
      analysis.pass(["name", "args", "requiredForCompletion"])
      analysis.close()
    }
    fields.pass(["analysisRunMetadata", "experimentMetadata"])
    fields.leaveOut(["dryRun", "measurementRetention"])
    fields.close()
  }
}
