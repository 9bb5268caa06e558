import LabUnits

extension ArgoCanary {
  /// The step as people write and name it: `setWeight 20`, `pause 5m`, `analysis success-rate`.
  public func title(of step: ArgoCanaryStep) -> String {
    switch step {
    case .setWeight(let weight): return "setWeight \(weight)"
    case .pause(let duration): return duration.map { "pause \($0.plainText)" } ?? "pause"
    case .setCanaryScale(.replicas(let count)): return "setCanaryScale replicas \(count)"
    case .setCanaryScale(.weight(let weight)): return "setCanaryScale weight \(weight)"
    case .setCanaryScale(.matchTrafficWeight): return "setCanaryScale matchTrafficWeight"
    case .setHeaderRoute(let users):
      return users.map { "setHeaderRoute \($0.plainText) of the users" } ?? "setHeaderRoute none"
    case .setMirrorRoute(let share):
      return share.map { "setMirrorRoute \($0.plainText)" } ?? "setMirrorRoute none"
    case .analysis(let metrics):
      return ["analysis"].appending(metrics.map { $0.name }).joined(separator: " ")
    case .experiment(let experiment):
      return experiment.duration.map { "experiment \($0.plainText)" } ?? "experiment"
    }
  }

  /// What a plan says of the step at an index.
  func releaseStep(_ index: Int) -> ReleaseStep {
    let step = steps[index]
    return ReleaseStep(
      number: index + 1, title: title(of: step),
      wantedWeight: trafficWeight(currentWeight(CanaryProgress(step: index))),
      waitsForPerson: step == .pause(nil))
  }

  /// A weight as the share of the traffic that it stands for.
  func trafficWeight(_ weight: Int) -> TrafficWeight {
    let bounded = min(max(0, weight), maxTrafficWeight)
    let millionths =
      Double(bounded) * 1_000_000 / Double(max(1, maxTrafficWeight))
    return TrafficWeight(Share(millionths: Int64(millionths.rounded())))
  }
}

extension [String] {
  fileprivate func appending(_ others: [String]) -> [String] { self + others }
}
