/// Finds Deployments that are versions of one service: by routing rules, by canary Ingresses, by one Service over several.
struct VersionFinder {
  /// The objects.
  let cluster: ManifestCluster
  /// The titles of workloads that belong to another release already.
  let taken: Set<String>
  /// The name of the workload that is meant, if somebody has said it.
  let workload: String?
  /// The name of the candidate, if somebody has said it.
  let candidate: String?

  private struct Reached {
    let workload: WorkloadManifest
    let target: TrafficRule.Target
  }

  /// Every pair of versions, in the order of what splits them.
  ///
  /// - Throws: why a split cannot be understood.
  func splits() throws(ScenarioFileError) -> [VersionSplit] {
    var found: [VersionSplit] = []
    var used = taken
    func keep(_ split: VersionSplit) {
      guard !used.contains(split.stable.title), !used.contains(split.candidate.title) else {
        return
      }
      used.formUnion([split.stable.title, split.candidate.title])
      found.append(split)
    }
    let rules = TrafficRule.rules(of: cluster)
    var unmarked: [String: [TrafficRule.Target]] = [:]
    for rule in rules {
      // A handful tells everyone else's version.
      if case .everyone = rule.match, unmarked[rule.object.title, default: []].count < 8 {
        unmarked[rule.object.title, default: []] += rule.targets
      }
    }
    for rule in rules {
      try checkSubsets(rule)
      let others = unmarked[rule.object.title] ?? []
      if let split = try weighted(rule) ?? mirrored(rule) ?? marked(rule, others) {
        keep(split)
      }
    }
    for service in cluster.services {
      let deployments = cluster.deployments(behind: service).filter { !used.contains($0.title) }
      if let split = try byReplicas(service, deployments) { keep(split) }
    }
    return found
  }

  /// A subset that nothing describes has no pods, and requests to it fail.
  private func checkSubsets(_ rule: TrafficRule) throws(ScenarioFileError) {
    for target in rule.targets + [rule.mirror].compactMap({ $0 }) {
      guard let subset = target.missingSubset,
        let service = cluster.service(target.service, in: target.namespace),
        cluster.deployments(behind: service).count > 1
      else { continue }
      throw cluster.set.failure(
        .manifestReference,
        "no DestinationRule describes the subset '\(subset.value)' of '\(target.service)'",
        hint: "give the file of the DestinationRule too", at: subset.place)
    }
  }

  /// The Deployments that a target reaches.
  private func reached(_ target: TrafficRule.Target) -> Reached? {
    guard let service = cluster.service(target.service, in: target.namespace) else { return nil }
    let deployments = cluster.deployments(behind: service).filter { deployment in
      target.subset.allSatisfy { deployment.podLabels[$0.key] == $0.value }
    }
    guard deployments.count == 1, let deployment = deployments.first else { return nil }
    return Reached(workload: deployment, target: target)
  }

  private func weighted(_ rule: TrafficRule) throws(ScenarioFileError) -> VersionSplit? {
    guard case .everyone = rule.match, rule.targets.count > 1 else { return nil }
    var versions: [Reached] = []
    for target in rule.targets {
      guard let reached = reached(target) else { continue }
      if !versions.contains(where: { $0.workload.title == reached.workload.title }) {
        versions.append(reached)
      }
    }
    guard versions.count > 1 else { return nil }
    if versions.count > 2 { versions = try two(of: versions, rule) }
    let (one, other) = (versions[0], versions[1])
    let weights = (one.target.weight?.value ?? 0, other.target.weight?.value ?? 0)
    let isFirstStable: Bool
    let reason: String
    if rule.namesCandidate, candidate == nil {
      (isFirstStable, reason) = (true, "the annotation names the canary")
    } else {
      (isFirstStable, reason) = VersionOrder.isFirstStable(
        .init(workload: one.workload, weight: weights.0),
        .init(workload: other.workload, weight: weights.1), candidate: candidate)
    }
    let candidate = isFirstStable ? other : one
    let total = min(weights.0, 1_000_000) + min(weights.1, 1_000_000)
    let place = candidate.target.weight?.place ?? candidate.target.place
    let path = candidate.target.weight?.path ?? candidate.target.path
    return VersionSplit(
      stable: (isFirstStable ? one : other).workload, candidate: candidate.workload,
      form: .weighted(
        candidate: min(isFirstStable ? weights.1 : weights.0, 1_000_000), of: max(total, 1)),
      origin: cluster.set.origin(place, path), reason: reason, splitter: rule.object)
  }

  /// The two versions of more that are meant.
  private func two(of versions: [Reached], _ rule: TrafficRule) throws(ScenarioFileError)
    -> [Reached]
  {
    let serving = versions.filter { ($0.target.weight?.value ?? 0) > 0 }
    if serving.count == 2, candidate == nil { return serving }
    let byWeight = versions.enumerated().sorted {
      ($1.element.target.weight?.value ?? 0, $0.offset)
        < ($0.element.target.weight?.value ?? 0, $1.offset)
    }.map { $0.element }
    let chosen = versions.first { $0.workload.object.name == candidate }
    guard let chosen,
      let stable = byWeight.first(where: { $0.workload.title != chosen.workload.title })
    else {
      throw ambiguous(versions.map { $0.workload }, rule.object, rule.targets[0].place)
    }
    return [stable, chosen]
  }

  private func mirrored(_ rule: TrafficRule) -> VersionSplit? {
    guard let mirror = rule.mirror, let copy = reached(mirror),
      let target = rule.targets.first, let stable = reached(target),
      stable.workload.title != copy.workload.title
    else { return nil }
    return VersionSplit(
      stable: stable.workload, candidate: copy.workload,
      form: .mirrored(percentage: rule.mirrorPercentage?.value ?? 100),
      origin: cluster.set.origin(mirror.place, mirror.path),
      reason: "the candidate gets copies only", splitter: rule.object)
  }

  /// A rule for marked users, beside where the same object sends everyone else.
  private func marked(_ rule: TrafficRule, _ unmarked: [TrafficRule.Target]) -> VersionSplit? {
    guard case .users(let mark) = rule.match else { return nil }
    // A canary Ingress carries both sides itself.
    let exception = rule.namesCandidate ? rule.targets.last : rule.targets.first
    let others = rule.namesCandidate ? Array(rule.targets.prefix(1)) : unmarked
    guard let exception, let marked = reached(exception) else { return nil }
    for target in others {
      guard let plain = reached(target), plain.workload.title != marked.workload.title else {
        continue
      }
      let order: (Bool, String) =
        rule.namesCandidate && candidate == nil
        ? (true, "the annotation names the canary")
        : VersionOrder.isFirstStable(
          .init(workload: plain.workload), .init(workload: marked.workload, isException: true),
          candidate: candidate)
      return VersionSplit(
        stable: order.0 ? plain.workload : marked.workload,
        candidate: order.0 ? marked.workload : plain.workload,
        form: .cohort(mark: mark, isCandidate: order.0),
        origin: cluster.set.origin(exception.place, exception.path), reason: order.1,
        splitter: rule.object)
    }
    return nil
  }

  private func byReplicas(_ service: ServiceManifest, _ deployments: [WorkloadManifest])
    throws(ScenarioFileError) -> VersionSplit?
  {
    guard deployments.count > 1 else { return nil }
    var pair = deployments
    let isMeant = workload.map { name in
      service.object.name == name || deployments.contains { $0.object.name == name }
    }
    if isMeant == true, candidate == workload {
      // The one Deployment is released alone, beside the others.
      return nil
    }
    if deployments.count > 2 {
      // Somebody else's versions are left alone: they are then listed one by one.
      guard isMeant ?? (cluster.deployments.count == deployments.count) else { return nil }
      guard let chosen = deployments.first(where: { $0.object.name == candidate }) else {
        throw ambiguous(deployments, service.object, service.object.place)
      }
      let stable =
        deployments.first { $0.object.name == workload && $0.title != chosen.title }
        ?? deployments.first { $0.title != chosen.title }
      pair = [stable, chosen].compactMap { $0 }
    }
    guard pair.count == 2 else { return nil }
    let (isFirstStable, reason) = VersionOrder.isFirstStable(
      .init(workload: pair[0]), .init(workload: pair[1]), candidate: candidate)
    return VersionSplit(
      stable: isFirstStable ? pair[0] : pair[1], candidate: isFirstStable ? pair[1] : pair[0],
      form: .replicas,
      origin: cluster.set.origin(service.selector?.place ?? service.object.place, "spec.selector"),
      reason: reason, splitter: service.object)
  }

  private func ambiguous(
    _ workloads: [WorkloadManifest], _ splitter: ManifestObject, _ place: ManifestPlace
  ) -> ScenarioFileError {
    let names = workloads.prefix(12).map { $0.object.name }
    return cluster.set.failure(
      .manifestAmbiguous,
      "\(splitter.title) sends requests to \(workloads.count) Deployments: \(names.joined(separator: ", "))",
      hint: "say which one is released: --candidate \(names.last ?? "NAME")", at: place)
  }
}
