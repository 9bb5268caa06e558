import LabUnits

extension ArgoCanaryController {
  /// Since when a release has made no progress.
  struct DeadlineClock: Sendable, Hashable {
    private(set) var lastProgress = Instant.zero
    private var seen: Mark?
    /// The look that is planned.
    var planned: Instant?

    /// Begins to count anew.
    mutating func restart(at now: Instant) {
      lastProgress = now
      seen = nil
    }

    /// Begins to count anew if anything has moved since the last look.
    mutating func note(_ progress: CanaryProgress, _ sets: CanaryFleet, at now: Instant) {
      let mark = Mark(
        step: progress.step, weight: progress.weight, canary: sets.canary, stable: sets.stable)
      guard mark != seen else { return }
      seen = mark
      lastProgress = now
    }

    /// What counts as progress when it changes.
    private struct Mark: Sendable, Hashable {
      var step: Int
      var weight: Int?
      var canaryDesired: Int
      var canaryAvailable: Int
      var stableDesired: Int
      var stableAvailable: Int

      init(step: Int, weight: Int?, canary: ReplicaCounts?, stable: ReplicaCounts?) {
        self.step = step
        self.weight = weight
        canaryDesired = canary?.desired ?? 0
        canaryAvailable = canary?.available ?? 0
        stableDesired = stable?.desired ?? 0
        stableAvailable = stable?.available ?? 0
      }
    }
  }

  /// The reason for an abort if the release has made no progress for too long; plans the look otherwise.
  ///
  /// A pause, an analysis and an experiment may last as long as they like.
  ///
  /// Source: Argo Rollouts, rollout/sync.go, `calculateRolloutConditions`, `isIndefiniteStep`.
  mutating func expired(
    _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> String? {
    guard canary.progressDeadlineAbort, !progress.isPromotedInFull,
      !(canary.step(progress)?.isIndefinite ?? false)
    else { return nil }
    let due = deadline.lastProgress + canary.progressDeadline
    if fleet.now >= due {
      return "there was no progress for \(canary.progressDeadline.plainText)"
    }
    if let planned = deadline.planned, planned > fleet.now { return nil }
    deadline.planned = due
    orders.append(.wake(at: due))
    return nil
  }
}
