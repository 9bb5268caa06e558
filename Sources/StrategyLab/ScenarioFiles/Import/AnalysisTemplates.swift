import LabUnits

/// The analysis templates among some manifests, and the metrics that a Rollout's analyses have by them.
///
/// A class, because every analysis of a Rollout asks for its metrics while the Rollout is read, and all
/// of them share the one slow threshold that a scenario has.
///
/// Source: Argo Rollouts, utils/analysis/helpers.go, `FlattenTemplates` and `MergeArgs`.
final class AnalysisTemplates {
  /// The latency above which a request counts as slow, as the first metric that asks for one has it.
  private(set) var slowThreshold: (span: Span, origin: String)?
  /// The titles of the templates that were used.
  private(set) var members: Set<String> = []

  private let cluster: ManifestCluster
  private let namespace: String
  private var positions: [String: Int] = [:]
  private var manifests: [Int: AnalysisTemplateManifest] = [:]
  private var drafted = 0
  // Hostile files name every template in every step.
  private static let mostMetrics = 10_000

  /// The templates that a Rollout of a namespace can name.
  init(_ cluster: ManifestCluster, namespace: String) {
    self.cluster = cluster
    self.namespace = namespace
    for (position, object) in cluster.templates.enumerated() {
      positions[Self.key(object.kind, object.namespace, object.name)] = position
    }
  }

  /// The metrics of all templates that an analysis names, those of their own templates last.
  ///
  /// A template that no manifest describes is reported, and so is what Argo Rollouts refuses.
  ///
  /// - Parameters:
  ///   - analysis: The reference with its arguments.
  ///   - mayRunForever: Whether something else ends the analysis.
  /// - Returns: the metrics as a scenario writes them; empty if none can be played.
  func metrics(of analysis: RolloutAnalysisManifest, mayRunForever: Bool) -> [DraftNode] {
    let templates = flattened(analysis.templates)
    let defaults = templates.reduce(into: [String: String]()) { all, template in
      all.merge(template.arguments) { first, _ in first }
    }
    let arguments = defaults.merging(analysis.arguments) { _, given in given }
    checkArguments(of: templates, given: arguments, analysis)
    checkNames(of: templates)
    let dryRun = analysis.dryRun + templates.flatMap { $0.dryRun }
    var metrics: [DraftNode] = []
    for template in templates where drafted < Self.mostMetrics {
      let draft = template.draft(
        arguments: arguments, dryRun: dryRun, mayRunForever: mayRunForever,
        slowThreshold: slowThreshold
      ) { [cluster] in cluster.set.origin($0, $1) }
      slowThreshold = draft.slowThreshold
      metrics += draft.metrics
      drafted += draft.metrics.count
      if drafted >= Self.mostMetrics {
        cluster.set.findings.refuse(
          .manifestUnplayable, "the analyses have more than \(Self.mostMetrics) metrics",
          hint: "name fewer templates", at: analysis.place)
      }
    }
    return metrics
  }

  private static func key(_ kind: String, _ namespace: String, _ name: String) -> String {
    kind == "ClusterAnalysisTemplate" ? "\(kind)/\(name)" : "\(kind)/\(namespace)/\(name)"
  }

  /// The templates that are named, and those that they name, each once: a circle ends by itself.
  private func flattened(_ references: [RolloutAnalysisManifest.Template])
    -> [AnalysisTemplateManifest]
  {
    var waiting = references
    var seen: Set<Int> = []
    var templates: [AnalysisTemplateManifest] = []
    var next = 0
    while next < waiting.count {
      let reference = waiting[next]
      next += 1
      let key = Self.key(reference.kind, namespace, reference.name.value)
      guard let position = positions[key] else {
        cluster.set.findings.refuse(
          .manifestReference,
          "no manifest describes the \(reference.kind) '\(reference.name.value)'"
            + (reference.isOfCluster ? "" : " of the namespace '\(namespace)'"),
          hint: hint(reference), at: reference.name.place)
        continue
      }
      guard seen.insert(position).inserted, let template = template(position) else { continue }
      templates.append(template)
      waiting += template.templates
    }
    return templates
  }

  /// How to give a template that was not found: one of another namespace is told of.
  private func hint(_ reference: RolloutAnalysisManifest.Template) -> String {
    let near = cluster.templates.first { $0.name == reference.name.value }
    guard let near else { return "give its file too" }
    if near.kind != reference.kind {
      return near.kind == "ClusterAnalysisTemplate"
        ? "there is a ClusterAnalysisTemplate of that name: write clusterScope: true"
        : "there is an AnalysisTemplate of that name: leave out clusterScope"
    }
    return
      "there is one in the namespace '\(near.namespace)': write metadata.namespace: \(namespace) there"
  }

  private func template(_ position: Int) -> AnalysisTemplateManifest? {
    if let read = manifests[position] { return read }
    let object = cluster.templates[position]
    members.insert(object.title)
    var fields = object.fields
    guard let spec = fields.section("spec") else {
      cluster.set.findings.report(
        .missingKey("spec", owner: object.title, example: "spec: ..."), at: object.place)
      return nil
    }
    let manifest = AnalysisTemplateManifest(spec)
    fields.pass(["status"])
    fields.close()
    manifests[position] = manifest
    return manifest
  }

  /// An argument without a value stops an analysis before it begins.
  private func checkArguments(
    of templates: [AnalysisTemplateManifest], given: [String: String],
    _ analysis: RolloutAnalysisManifest
  ) {
    for template in templates {
      for name in template.requiredArguments where given[name.value] == nil {
        cluster.set.findings.refuse(
          .manifestRefused,
          "the analysis gives no value for the argument '\(name.value)' of \(template.object)",
          hint: "write args: [{name: \(name.value), value: ...}] beside templates",
          at: analysis.place)
      }
    }
  }

  private func checkNames(of templates: [AnalysisTemplateManifest]) {
    guard templates.count > 1 else { return }
    var owners: [String: String] = [:]
    for template in templates {
      for metric in template.metrics {
        guard let name = metric.name else { continue }
        if let owner = owners[name.value], owner != template.object {
          cluster.set.findings.refuse(
            .manifestRefused,
            "\(owner) and \(template.object) have a metric of the same name '\(name.value)', and one analysis runs both",
            hint: "give each metric a name of its own", at: name.place)
        }
        owners[name.value] = template.object
      }
    }
  }
}
