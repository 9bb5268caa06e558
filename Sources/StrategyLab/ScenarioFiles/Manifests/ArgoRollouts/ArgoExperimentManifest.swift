import LabUnits

/// An experiment of a step: extra replicas for a time.
struct ArgoExperimentManifest {
  /// How long it runs; nil: until its analyses are done.
  let duration: Given<Span>?
  /// The replicas of the candidate that it adds.
  private(set) var replicas = 0
  /// Their weight, with the place of the first one given.
  private(set) var weight: Given<Int>?
  /// What it measures.
  private(set) var analyses: [RolloutAnalysisManifest] = []
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
    let dryRun = RolloutAnalysisManifest.dryRun(&fields)
    for var analysis in fields.sections("analyses") {
      let isOfCluster = analysis.flag("clusterScope")?.value ?? false
      let arguments = RolloutAnalysisManifest.arguments(&analysis)
      if let name = analysis.text("templateName") {
        analyses.append(
          RolloutAnalysisManifest(
            template: .init(name: name, isOfCluster: isOfCluster), arguments: arguments,
            dryRun: dryRun, place: analysis.place, path: analysis.path))
      } else {
        analysis.findings.report(
          .missingKey("templateName", owner: "analyses", example: "templateName: success-rate"),
          at: analysis.place)
      }
      analysis.pass(["name", "requiredForCompletion"])
      analysis.close()
    }
    fields.pass(["analysisRunMetadata", "experimentMetadata", "measurementRetention"])
    fields.close()
  }
}
