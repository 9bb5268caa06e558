import LabUnits

extension ArgoCanaryController {
  /// Since when a release has made no progress.
  struct DeadlineClock: Sendable, Hashable {
    private(set) var lastProgress = Instant.zero
    private var seen: [Int] = []
    /// The look that is planned.
    var planned: Instant?

    /// Begins to count anew.
    mutating func restart(at now: Instant) {
      lastProgress = now
      seen = []
    }

    /// Begins to count anew if anything has moved since the last look.
    mutating func note(_ progress: CanaryProgress, _ sets: CanaryFleet, at now: Instant) {
      let numbers = [
        progress.step, progress.weight ?? 0, sets.canary?.desired ?? 0,
        sets.canary?.available ?? 0, sets.stable?.desired ?? 0, sets.stable?.available ?? 0,
      ]
      guard numbers != seen else { return }
      seen = numbers
      lastProgress = now
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
