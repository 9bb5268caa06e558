/// Finds what is released among the objects of a cluster, and what belongs to it.
struct SubjectFinder {
  /// The objects.
  let cluster: ManifestCluster
  /// The name of the workload that is meant, if somebody has said it.
  let workload: String?
  /// The name of the candidate, if somebody has said it.
  let candidate: String?

  /// The one release that the manifests describe.
  ///
  /// - Throws: why there is none, or which there are.
  func subject() throws(ScenarioFileError) -> ReleaseSubject {
    var subjects = try all()
    if let workload {
      let names = subjects.flatMap { $0.names }
      subjects = subjects.filter { $0.names.contains(workload) }
      guard !subjects.isEmpty else {
        let near = EditDistance.nearest(to: workload, in: names)
        throw cluster.set.failure(
          .manifestNoWorkload, "no manifest describes the workload '\(workload)'",
          hint: near.map { "did you mean '\($0)'?" } ?? "there are \(list(names: names))",
          at: wholeSet)
      }
    }
    guard let subject = subjects.first else { throw nothing() }
    guard subjects.count == 1 else {
      throw cluster.set.failure(
        .manifestAmbiguous,
        "\(subjects.count) workloads could be released: \(list(names: subjects.map { $0.object.title }))",
        hint: "choose one: --workload \(subject.name)", at: subject.object.place)
    }
    return attached(subject)
  }

  /// Every release that could be meant, in the order of the files.
  private func all() throws(ScenarioFileError) -> [ReleaseSubject] {
    var taken: Set<String> = []
    var subjects: [ReleaseSubject] = []
    for rollout in cluster.rollouts {
      subjects.append(try self.rollout(rollout, &taken))
    }
    for canary in cluster.canaries {
      subjects.append(flagger(canary, &taken))
    }
    let finder = VersionFinder(
      cluster: cluster, taken: taken, workload: workload, candidate: candidate)
    for split in try finder.splits() {
      taken.insert(split.stable.title)
      taken.insert(split.candidate.title)
      var subject = ReleaseSubject(
        form: .versions(split), workload: split.stable, object: split.stable.object)
      subject.members = [split.stable.title, split.candidate.title, split.splitter.title]
      subjects.append(subject)
    }
    for deployment in cluster.deployments where !taken.contains(deployment.title) {
      subjects.append(
        ReleaseSubject(form: .deployment, workload: deployment, object: deployment.object))
    }
    return subjects.sorted { $0.object.place < $1.object.place }
  }

  private func rollout(_ rollout: WorkloadManifest, _ taken: inout Set<String>)
    throws(ScenarioFileError) -> ReleaseSubject
  {
    var workload = rollout
    var members: Set<String> = []
    if let reference = rollout.workloadReference {
      let found = cluster.deployment(reference.value, in: rollout.object.namespace)
      guard let found else {
        throw cluster.set.failure(
          .manifestReference, "no manifest describes the Deployment '\(reference.value)'",
          hint: "give its file too", at: reference.place)
      }
      workload.template = found.template
      taken.insert(found.title)
      members.insert(found.title)
    }
    var subject = ReleaseSubject(form: .rollout, workload: workload, object: rollout.object)
    subject.members = members
    return subject
  }

  private func flagger(_ canary: ManifestObject, _ taken: inout Set<String>) -> ReleaseSubject {
    var fields = canary.silentFields
    var spec = fields.section("spec")
    var reference = spec?.section("targetRef")
    let name = reference?.text("name")?.value
    let target = name.flatMap { cluster.deployment($0, in: canary.namespace) }
    if let target { taken.insert(target.title) }
    var subject = ReleaseSubject(form: .flagger(canary), workload: target, object: canary)
    subject.members = [canary.title]
    return subject
  }

  /// A release with what belongs to it by selector, reference and namespace.
  private func attached(_ subject: ReleaseSubject) -> ReleaseSubject {
    var subject = subject
    let namespace = subject.object.namespace
    subject.members.insert(subject.object.title)
    if let workload = subject.workload {
      subject.members.insert(workload.title)
      subject.autoscaler = cluster.autoscalers.first { $0.scales(workload) }
      attach(workload, to: &subject)
    }
    if case .versions(let split) = subject.form { attach(split.candidate, to: &subject) }
    if let autoscaler = subject.autoscaler { subject.members.insert(autoscaler.object.title) }
    subject.quotas = cluster.quotas.filter { $0.object.namespace == namespace }
    for quota in subject.quotas { subject.members.insert(quota.object.title) }
    subject.limitRange = cluster.limitRange(in: namespace)
    if let range = subject.limitRange { subject.members.insert(range.object.title) }
    attachRouting(to: &subject)
    if let found = cluster.namespaces.first(where: { $0.name == namespace }) {
      let label = found.label("istio-injection") ?? found.label("linkerd.io/inject")
      if let label, label.value == "enabled" { subject.injection = label }
    }
    return subject
  }

  /// Keeps what selects the pods of a workload.
  private func attach(_ workload: WorkloadManifest, to subject: inout ReleaseSubject) {
    for service in cluster.services where service.selects(workload) {
      subject.members.insert(service.object.title)
    }
    for budget in cluster.budgets where budget.selects(workload) {
      subject.members.insert(budget.object.title)
    }
  }

  /// Keeps what routes to the release, as far as it plays a part: a Deployment of its own has none.
  private func attachRouting(to subject: inout ReleaseSubject) {
    let namespace = subject.object.namespace
    switch subject.form {
    // What a controller names is found by its own reader.
    case .deployment, .rollout, .flagger: break
    case .versions(let split):
      // What names the subsets, and the Ingress that the canary stands beside.
      let kinds = split.splitter.kind == "Ingress" ? ["Ingress"] : ["DestinationRule"]
      for object in cluster.routing
      where object.namespace == namespace && kinds.contains(object.kind) {
        subject.members.insert(object.title)
      }
    }
  }

  /// Why nothing can be released.
  private func nothing() -> ScenarioFileError {
    if let other = cluster.otherWorkloads.first {
      return cluster.set.failure(
        .manifestNoWorkload, "no strategy releases a \(other.kind)",
        hint: "give a Deployment, a Rollout, or a Canary with its Deployment", at: other.place)
    }
    let kinds = Set(cluster.set.objects.map { $0.kind }).sorted()
    return cluster.set.failure(
      .manifestNoWorkload,
      kinds.isEmpty
        ? "there is no object here"
        : "nothing here runs pods: the only \(kinds.count == 1 ? "kind is" : "kinds are") \(list(names: kinds))",
      hint: "give the file of the Deployment or Rollout too", at: wholeSet)
  }

  private func list(names: [String]) -> String {
    let shown = names.prefix(12).joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }

  private var wholeSet: ManifestPlace {
    cluster.set.objects.first?.place ?? ManifestPlace(file: 0, mark: .wholeFile)
  }
}
