/// What is released, with everything that belongs to it.
struct ReleaseSubject {
  /// What carries the release out.
  enum Form {
    /// A Deployment replaces its own pods.
    case deployment
    /// A Rollout of Argo Rollouts.
    case rollout
    /// A Canary of Flagger.
    case flagger(ManifestObject)
    /// Two Deployments are versions of one service.
    case versions(VersionSplit)
  }

  /// What carries the release out.
  let form: Form
  /// The workload whose pods serve when the release begins; nil if no manifest describes it.
  let workload: WorkloadManifest?
  /// The object that names the release.
  let object: ManifestObject
  /// What scales it.
  var autoscaler: AutoscalerManifest?
  /// The quotas of its namespace.
  var quotas: [QuotaManifest] = []
  /// What its containers request if they say nothing.
  var limitRange: LimitRangeManifest?
  /// Whether its namespace has a mesh's proxy put into every pod, and where that stands.
  var injection: Given<String>?
  /// The titles of every object that belongs to it, for the list of what is left out.
  var members: Set<String> = []

  /// What the release is called.
  var name: String { object.name }

  /// The names by which somebody can choose it.
  var names: [String] {
    var names = [object.name, object.title, "\(object.kind)/\(object.name)"]
    names.append("\(object.namespace)/\(object.name)")
    if case .versions(let split) = form {
      names += [split.stable.object.name, split.candidate.object.name, split.splitter.name]
    }
    if let workload { names.append(workload.object.name) }
    return names
  }
}
