import LabUnits

/// Where a controller stands in its plan.
enum Course: Sendable, Hashable {
  case starting, releasing, promoted, rollingBack, rolledBack
}

/// What came of playing a phase once.
enum Progress {
  case done, waiting
}

/// What a phase must remember between two looks at the fleet.
struct Memory: Sendable, Hashable {
  /// Whether the phase has been named as a step of the release.
  var hasBegun = false
  /// Whether the phase has scaled anything.
  var hasActed = false
  /// The fenceposts by which a rolling update sized the versions last, nil before it began.
  var rolling: RollingParameters?
  /// The version that stays in that rolling update.
  var rollingVersion = ReleaseVersion.stable
  /// When the phase's wait ends, nil before it began.
  var deadline: Instant?
  /// Whether the verdict of the phase's analysis has been asked for.
  var isConcluding = false
  /// The replicas without which another look would order nothing.
  var awaited: AwaitedReplicas?
}

extension FleetObservation {
  /// Whether nothing of the release shows: stable is whole, the candidate has nothing and gets nothing.
  var isUntouched: Bool {
    stable.desired >= desiredReplicas && candidate.desired == 0 && candidate.live == 0
      && (route == .allStable || route == .byReplicaShare)
  }
}

extension ReleaseVersion {
  /// The version as the object of a sentence: `stable`, `the candidate`.
  var titled: String { self == .stable ? "stable" : "the candidate" }
}

extension AnalysisKind {
  /// What a controller does in an analysis, as the beginning of a line of the timeline.
  var plainText: String {
    switch self {
    case .health: "watches the candidate"
    case .checks(let rate): "sends synthetic checks to the candidate at \(rateText(rate))/s"
    case .probing(let rate): "sends synthetic requests to the candidate at \(rateText(rate))/s"
    case .comparison: "compares the failures of both cohorts"
    }
  }
}
