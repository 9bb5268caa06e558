import LabUnits

extension ReleasePhase {
  /// The phase in a few words, for the rows of a plan; nil for a mere announcement.
  ///
  ///     ReleasePhase.provision(.candidate, .share(.percent(25))).title(replicas: 10)
  ///     // "run 3 candidate replicas"
  ///
  /// ``sentence(replicas:)`` says the whole of it.
  func title(replicas n: Int) -> String? {
    switch self {
    case .provision(let version, let quantity):
      "run " + counted(quantity.replicas(of: n, rounding: .up), "\(version.name) replica")
    case .restore(let version): "restore \(version.name)"
    case .analyse(let kind, for: let span): "\(Self.verb(kind)) for \(span.plainText)"
    case .shiftTraffic(to: let route): "send " + route.shortText
    case .hold(let span, analysed: let isAnalysed):
      "\(isAnalysed ? "watch" : "wait") for \(span.plainText)"
    case .replaceInPlace(by: .candidate, _, _): "rolling update"
    case .replaceInPlace(by: .stable, _, _): "rolling update back"
    case .recreate(with: let version): "stop \(version.other.name), start \(version.name)"
    case .shiftReplicas(to: let weight, let maxSurge, let maxUnavailable):
      Self.title(
        ReplicaSplit(
          weight: weight,
          rolling: RollingParameters(
            desired: n, maxSurge: maxSurge, maxUnavailable: maxUnavailable)))
    case .retire(let version): "remove \(version.name)"
    case .announce: nil
    }
  }

  private static func title(_ split: ReplicaSplit) -> String {
    "\(split.candidate) candidate, \(split.stable) stable"
  }

  private static func verb(_ kind: AnalysisKind) -> String {
    switch kind {
    case .health: "watch"
    case .checks: "check"
    case .probing: "probe"
    case .comparison: "compare"
    }
  }
}

extension TrafficRoute {
  /// The route in a few words, as the object of a sentence that begins with "send".
  fileprivate var shortText: String {
    let answered =
      switch rule {
      case .replicaShare: "traffic by replicas"
      case .weighted(.allStable): "all to stable"
      case .weighted(.allCandidate): "all to the candidate"
      case .weighted(let weight): "\(weight.share.plainText) to the candidate"
      case .cohort(let weight, .allStable): "\(weight.share.plainText) of users"
      case .cohort(let weight, let others):
        "\(weight.share.plainText) of users, \(others.share.plainText) of others"
      }
    return mirrored == .none ? answered : answered + ", copy \(mirrored.plainText)"
  }
}
