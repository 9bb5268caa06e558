import LabUnits

extension ArgoCanaryManifest {
  /// The strategy of a scenario, each value with where it comes from.
  ///
  /// - Parameters:
  ///   - users: The share of the users whose requests bear the header of a `setHeaderRoute`, and where it comes from.
  ///   - origin: The comment for a value from a place and a path.
  /// - Returns: a strategy of the kind `argo-canary`.
  func draft(
    users: (share: String, origin: String) = (
      "10%", "assumption: nothing says how many users match"
    ),
    origin: (ManifestPlace, String) -> String
  ) -> DraftNode {
    var entries = [DraftEntry("kind", "argo-canary", origin: origin(place, path))]
    func add<Value>(_ key: String, _ given: Given<Value>?, _ text: (Value) -> String) {
      guard let given else { return }
      entries.append(
        DraftEntry(key, text(given.value), origin: origin(given.place, given.path)))
    }
    let drafts = steps.compactMap { draft($0, users: users, origin: origin) }
    if !drafts.isEmpty { entries.append(DraftEntry("steps", .list(drafts))) }
    if let routing {
      entries.append(
        DraftEntry("trafficRouting", "weighted", origin: origin(routing.place, routing.path)))
    }
    add("maxSurge", maxSurge) { $0.text }
    add("maxUnavailable", maxUnavailable) { $0.text }
    add("maxTrafficWeight", routing?.maxTrafficWeight) { String($0) }
    add("dynamicStableScale", dynamicStableScale) { String($0) }
    add("minPodsPerReplicaSet", minPodsPerReplicaSet) { String($0) }
    add("scaleDownDelay", scaleDownDelay) { $0.text }
    add("abortScaleDownDelay", abortScaleDownDelay) { $0.text }
    add("progressThreshold", progressThreshold) { $0.text }
    add("progressDeadline", progressDeadline) { $0.text }
    add("progressDeadlineAbort", progressDeadlineAbort) { String($0) }
    add("rollbackWindow", rollbackWindow) { String($0) }
    if let background = backgroundAnalysis {
      let metrics = metrics[background.place] ?? []
      if !metrics.isEmpty {
        var inner: [DraftEntry] = []
        if let step = background.startingStep {
          inner.append(
            DraftEntry(
              "startingStep", String(step.value), origin: origin(step.place, step.path)))
        }
        inner.append(DraftEntry("metrics", .list(metrics)))
        entries.append(
          DraftEntry(
            "backgroundAnalysis",
            .mapping(inner, origin: origin(background.place, background.path))))
      }
    }
    return .mapping(entries)
  }

  /// A weight of the router as the share of the traffic that it stands for.
  private func share(_ weight: Int) -> String {
    let most = Int64(routing?.maxTrafficWeight?.value ?? 100)
    return Share(millionths: (Int64(weight) * 1_000_000 + most / 2) / most).text
  }

  private func draft(
    _ step: ArgoCanaryStepManifest, users: (share: String, origin: String),
    origin: (ManifestPlace, String) -> String
  ) -> DraftNode? {
    let whole = origin(step.place, step.path)
    func one(_ key: String, _ node: DraftNode) -> DraftNode {
      .mapping([DraftEntry(key, node)])
    }
    func value<Value>(_ given: Given<Value>, _ text: String) -> DraftNode {
      .value(text, origin: origin(given.place, given.path))
    }
    switch step.action {
    case .setWeight(let weight): return one("setWeight", value(weight, share(weight.value)))
    case .pause(let duration?):
      return one(
        "pause", .mapping([DraftEntry("duration", value(duration, duration.value.text))]))
    case .pause(nil): return one("pause", .mapping([], origin: whole))
    case .setCanaryScale(let replicas, let weight, let matches):
      var inner: [DraftEntry] = []
      if let replicas { inner.append(.init("replicas", value(replicas, String(replicas.value)))) }
      if let weight { inner.append(.init("weight", value(weight, share(weight.value)))) }
      if let matches {
        inner.append(.init("matchTrafficWeight", value(matches, String(matches.value))))
      }
      return one("setCanaryScale", .mapping(inner, origin: whole))
    case .setHeaderRoute(_, let hasMatch):
      let inner =
        hasMatch ? [DraftEntry("users", users.share, origin: users.origin)] : []
      return one("setHeaderRoute", .mapping(inner, origin: whole))
    case .setMirrorRoute(_, let hasMatch, let percentage):
      guard hasMatch || percentage != nil else {
        return one("setMirrorRoute", .mapping([], origin: whole))
      }
      let share = percentage.map { value($0, "\($0.value)%") } ?? .value("100%", origin: whole)
      return one("setMirrorRoute", .mapping([DraftEntry("percentage", share)]))
    case .analysis(let analysis):
      let metrics = metrics[analysis.place] ?? []
      guard !metrics.isEmpty else { return nil }
      return one("analysis", .mapping([DraftEntry("metrics", .list(metrics))], origin: whole))
    case .experiment(let experiment):
      var inner: [DraftEntry] = []
      if let duration = experiment.duration {
        inner.append(.init("duration", value(duration, duration.value.text)))
      }
      let metrics = experiment.analyses.flatMap { self.metrics[$0.place] ?? [] }
      if experiment.duration == nil, metrics.isEmpty {
        inner.append(
          .init(
            "duration", "5m", origin: "assumption: nothing that it measures can be played"))
      }
      inner.append(.init("replicas", String(experiment.replicas), origin: whole))
      if let weight = experiment.weight {
        inner.append(.init("weight", value(weight, share(weight.value))))
      }
      if !metrics.isEmpty { inner.append(.init("metrics", .list(metrics))) }
      return one("experiment", .mapping(inner))
    case .leftOut, nil: return nil
    }
  }
}
