import LabUnits

extension ReleasePhase {
  /// The phase as a textbook puts it, for a fleet of so many replicas; nil for a mere announcement.
  public func sentence(replicas n: Int) -> String? {
    switch self {
    case .provision(let version, let quantity):
      let size = quantity.replicas(of: n, rounding: .up)
      return "run \(counted(size, "\(version.name) replica")) and wait until "
        + (size == 1 ? "it is available" : "all are available")
    case .restore(let version):
      return "bring \(version.name) back to \(counted(n, "replica")) if it was scaled down"
    case .analyse(let kind, for: let span):
      return Self.sentence(kind, for: span)
    case .shiftTraffic(to: let route):
      return "send " + route.plainText
    case .hold(let span, analysed: false):
      return "wait \(span.plainText)"
    case .hold(let span, analysed: true):
      return Self.sentence(.health, for: span)
    case .replaceInPlace(by: let version, let maxSurge, let maxUnavailable):
      let rolling = RollingParameters(
        desired: n, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
      let object = version == .candidate ? "replace" : "put stable back in place of"
      return "\(object) \(counted(n, "replica")) by rolling update: \(rolling.plainText)"
    case .recreate(with: let version):
      return "stop all \(version.other.name) replicas, wait until the last is gone, "
        + "then start \(counted(n, "\(version.name) replica"))"
    case .shiftReplicas(to: let weight, let maxSurge, let maxUnavailable):
      let rolling = RollingParameters(
        desired: n, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
      let split = ReplicaSplit(weight: weight, rolling: rolling)
      return "move to \(split.candidate) candidate and \(counted(split.stable, "stable replica")): "
        + rolling.plainText
    case .retire(let version):
      return "remove the \(version.name) replicas"
    case .announce:
      return nil
    }
  }

  private static func sentence(_ kind: AnalysisKind, for span: Span) -> String {
    switch kind {
    case .health:
      "watch the candidate for \(span.plainText); roll back as soon as it is worse than allowed"
    case .checks(let rate):
      "send synthetic checks to the candidate at \(rateText(rate))/s for \(span.plainText); "
        + "roll back as soon as they fail"
    case .probing(let rate):
      "send synthetic requests to the candidate at \(rateText(rate))/s for \(span.plainText)"
    case .comparison(let falseAlarms):
      "compare the failures of both cohorts for \(span.plainText); roll back as soon as the "
        + "candidate's are more (false alarms: at most \(falseAlarms.plainText))"
    }
  }
}

extension TrafficRoute {
  /// The route as the object of a sentence that begins with "send".
  var plainText: String {
    let answered =
      switch rule {
      case .replicaShare: "every endpoint its share of the traffic"
      case .weighted(.allStable): "all traffic to stable"
      case .weighted(.allCandidate): "all traffic to the candidate"
      case .weighted(let weight): "\(weight.share.plainText) of the traffic to the candidate"
      case .cohort(let weight, .allStable):
        "\(weight.share.plainText) of the users to the candidate"
      case .cohort(let weight, let others):
        "\(weight.share.plainText) of the users, and \(others.share.plainText) of all other traffic, to the candidate"
      }
    return mirrored == .none
      ? answered : answered + ", and a copy of \(mirrored.plainText) of it to the candidate"
  }
}

extension RollingParameters {
  /// The fenceposts in words.
  var plainText: String { "at most \(surge) extra, at most \(unavailable) missing" }
}
