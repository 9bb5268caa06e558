import StrategyLab

/// Plays the releases of a capacity plan to their end, with progress on the terminal.
struct CapacityPlay {
  /// What is played.
  let trial: CapacityTrial
  /// Threads and quietness.
  let options: PlayOptions

  /// Plays everything.
  ///
  /// - Returns: the plan.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/interrupted`` when somebody asked to stop.
  func finish() throws -> CapacityPlan {
    Interruption.listen()
    let line = ProgressLine(quiet: options.quiet, runsBefore: 0)
    defer { line.clear() }
    guard
      let plan = trial.plan(
        threads: options.threadCount, shouldStop: { Interruption.isRequested },
        onProgress: { line.show(runsDone: $0, runsPlanned: trial.runs) })
    else {
      line.clear()
      throw CommandFailure(.interrupted, "interrupted; nothing is kept of a capacity plan")
    }
    return plan
  }
}
