import LabUnits

extension ArgoCanaryManifest {
  /// Reports what Argo Rollouts refuses.
  ///
  /// Source: Argo Rollouts, pkg/apis/rollouts/validation/validation.go, `ValidateRolloutStrategyCanary`.
  func reportRefusals(_ findings: ManifestFindings) {
    if isNothing(maxSurge), isNothing(maxUnavailable), let maxSurge {
      findings.refuse(
        .manifestRefused, "maxSurge and maxUnavailable are both 0: nothing could ever move",
        hint: "write maxSurge: 1 or maxUnavailable: 1", at: maxSurge.place)
    }
    if let canaryService, let stableService, canaryService.value == stableService.value {
      findings.refuse(
        .manifestRefused,
        "stableService and canaryService are the same Service '\(stableService.value)'",
        hint: "name two Services", at: stableService.place)
    }
    if let routing {
      reportRouted(routing, findings)
    } else {
      for given in [
        scaleDownDelay.map { ("scaleDownDelaySeconds", $0.place) },
        dynamicStableScale.flatMap { $0.value ? ("dynamicStableScale", $0.place) : nil },
      ].compactMap({ $0 }) {
        findings.refuse(
          .manifestRefused, "\(given.0) can only be used with trafficRouting",
          hint: "leave out \(given.0)",
          at: given.1)
      }
    }
    for step in steps { report(step, findings) }
  }

  /// Whether a fencepost is written as nothing; one that is left out is 25%.
  private func isNothing(_ quantity: Given<ReplicaQuantity>?) -> Bool {
    switch quantity?.value {
    case .count(let count): count == 0
    case .share(let share): share == .none
    case nil: false
    }
  }

  private func reportRouted(_ routing: ArgoTrafficRouting, _ findings: ManifestFindings) {
    if dynamicStableScale?.value == true, let delay = scaleDownDelay {
      findings.refuse(
        .manifestRefused, "scaleDownDelaySeconds cannot be used with dynamicStableScale",
        hint: "leave out scaleDownDelaySeconds", at: delay.place)
    }
    if pingPong != nil, !routing.providers.contains("alb"), !routing.providers.contains("istio") {
      findings.refuse(
        .manifestRefused, "pingPong needs alb or istio", hint: "leave out pingPong",
        at: routing.place)
    }
    let needsServices = routing.destinationRule == nil && pingPong == nil
    guard needsServices, canaryService == nil || stableService == nil else { return }
    let missing =
      [canaryService == nil ? "canaryService" : nil, stableService == nil ? "stableService" : nil]
      .compactMap { $0 }.joined(separator: " and ")
    findings.refuse(
      .manifestRefused, "trafficRouting needs a \(missing)",
      hint: "name the Services, or Istio subsets by a destinationRule", at: routing.place)
  }

  private func report(_ step: ArgoCanaryStepManifest, _ findings: ManifestFindings) {
    switch step.action {
    case .setWeight(let weight):
      let most = routing?.maxTrafficWeight?.value ?? 100
      guard !(0...most).contains(weight.value) else { return }
      findings.refuse(
        .manifestRefused, "the weight \(weight.value) is not between 0 and \(most)",
        hint: weight.value > most ? "write \(most)" : "write 0", at: weight.place)
    case .setCanaryScale(let replicas, let weight, let matches):
      guard routing != nil else { return needsRouting("setCanaryScale", step, findings) }
      guard matches?.value == true, let other = (replicas ?? weight)?.place else { return }
      findings.refuse(
        .manifestRefused, "matchTrafficWeight excludes replicas and weight",
        hint: "write one of them", at: other)
    case .setHeaderRoute(let name, _):
      reportRoute("setHeaderRoute", name, ["istio", "alb", "apisix", "plugins"], step, findings)
    case .setMirrorRoute(let name, _, _):
      reportRoute("setMirrorRoute", name, ["istio", "plugins"], step, findings)
    case .experiment(let experiment):
      guard let weight = experiment.weight else { return }
      let able = ["istio", "alb", "smi", "plugins"]
      guard routing?.providers.contains(where: able.contains) ?? false else {
        return findings.refuse(
          .manifestRefused,
          "the weight of an experiment needs trafficRouting with istio, alb or smi",
          hint: "leave out weight", at: weight.place)
      }
    case .pause, .analysis, .leftOut, nil: break
    }
  }

  private func reportRoute(
    _ key: String, _ name: Given<String>?, _ able: [String], _ step: ArgoCanaryStepManifest,
    _ findings: ManifestFindings
  ) {
    guard let routing, routing.providers.contains(where: able.contains) else {
      return needsRouting(key, step, findings)
    }
    guard let name else {
      return findings.refuse(
        .manifestRefused, "\(key) needs a name", hint: "write name: one of managedRoutes",
        at: step.place)
    }
    guard !routing.managedRoutes.contains(where: { $0.value == name.value }) else { return }
    findings.refuse(
      .manifestRefused, "the route '\(name.value)' does not stand in trafficRouting.managedRoutes",
      hint: "write managedRoutes: [{name: \(name.value)}]", at: name.place)
  }

  private func needsRouting(
    _ key: String, _ step: ArgoCanaryStepManifest, _ findings: ManifestFindings
  ) {
    let routers = key == "setCanaryScale" ? "" : " by a router that can match requests"
    findings.refuse(
      .manifestRefused, "\(key) needs trafficRouting\(routers)",
      hint: "write trafficRouting: {istio: ...}",
      at: step.place)
  }
}
