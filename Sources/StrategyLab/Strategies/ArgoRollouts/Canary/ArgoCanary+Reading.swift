import LabUnits

extension ArgoCanary {
  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    let most = values.integer("maxTrafficWeight")
    func span(_ key: String) -> Span? { values.has(key) ? values.span(key) : nil }
    func integer(_ key: String) -> Int? { values.has(key) ? values.integer(key) : nil }
    self.init(
      steps: values.list("steps").map { ArgoCanaryStep($0, of: most) },
      isRouted: values.text("trafficRouting") == "weighted",
      maxSurge: values.replicas("maxSurge"), maxUnavailable: values.replicas("maxUnavailable"),
      maxTrafficWeight: most, dynamicStableScale: values.flag("dynamicStableScale"),
      minPodsPerReplicaSet: integer("minPodsPerReplicaSet"),
      abortScaleDownDelay: span("abortScaleDownDelay"), scaleDownDelay: span("scaleDownDelay"),
      progressThreshold: values.has("progressThreshold")
        ? ProgressThreshold(values.replicas("progressThreshold")) : .all,
      progressDeadline: values.span("progressDeadline"),
      progressDeadlineAbort: values.flag("progressDeadlineAbort"),
      rollbackWindow: integer("rollbackWindow").map { RollbackWindow(revisions: $0) },
      resumeAfter: values.span("resumeAfter"),
      backgroundAnalysis: values.has("backgroundAnalysis")
        ? BackgroundAnalysis(values.section("backgroundAnalysis")) : nil)
    stepKeys = values.list("steps").map { item in
      guard case .section(let step) = item else { return [] }
      return Self.stepParameters.map { $0.key }.filter { step.has($0) }
    }
  }
}

extension ArgoCanary.BackgroundAnalysis {
  init(_ values: ParameterValues) {
    self.init(
      startingStep: values.integer("startingStep"),
      metrics: ArgoCanaryStep.metrics(values))
  }
}

extension ProgressThreshold {
  /// The threshold that a quantity stands for: a share in whole percent.
  init(_ quantity: ReplicaQuantity) {
    switch quantity {
    case .count(let count): self = .pods(count)
    case .share(let share): self = .percentage(Int(share.millionths / 10_000))
    }
  }
}

extension ArgoCanaryStep {
  /// The step in an item of the list `steps`; one without a key rests for no time.
  init(_ item: ParameterValue, of most: Int) {
    guard case .section(let values) = item else {
      preconditionFailure("a step of a canary is a section")
    }
    func weight(_ share: Share) -> Int {
      Int((Double(share.millionths) * Double(most) / 1_000_000).rounded())
    }
    if values.has("setWeight") {
      self = .setWeight(weight(values.share("setWeight")))
    } else if values.has("setCanaryScale") {
      let scale = values.section("setCanaryScale")
      if scale.has("replicas"), !scale.flag("matchTrafficWeight") {
        self = .setCanaryScale(.replicas(scale.integer("replicas")))
      } else if scale.has("weight"), !scale.flag("matchTrafficWeight") {
        self = .setCanaryScale(.weight(weight(scale.share("weight"))))
      } else {
        self = .setCanaryScale(.matchTrafficWeight)
      }
    } else if values.has("setHeaderRoute") {
      let route = values.section("setHeaderRoute")
      self = .setHeaderRoute(route.has("users") ? route.share("users") : nil)
    } else if values.has("setMirrorRoute") {
      let route = values.section("setMirrorRoute")
      self = .setMirrorRoute(route.has("percentage") ? route.share("percentage") : nil)
    } else if values.has("analysis") {
      self = .analysis(Self.metrics(values.section("analysis")))
    } else if values.has("experiment") {
      let experiment = values.section("experiment")
      self = .experiment(
        Experiment(
          duration: experiment.has("duration") ? experiment.span("duration") : nil,
          replicas: experiment.integer("replicas"), weight: weight(experiment.share("weight")),
          metrics: experiment.has("metrics") ? Self.metrics(experiment) : []))
    } else if values.has("pause") {
      let pause = values.section("pause")
      self = .pause(pause.has("duration") ? pause.span("duration") : nil)
    } else {
      self = .pause(.zero)
    }
  }

  /// The metrics behind the key `metrics`.
  static func metrics(_ values: ParameterValues) -> [AnalysisMetric] {
    values.list("metrics").compactMap { item in
      if case .section(let metric) = item { AnalysisMetric(metric) } else { nil }
    }
  }
}
