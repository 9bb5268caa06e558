import StrategyLab

/// Plays a trial of a scenario to its end, with progress on the terminal.
struct TrialPlay {
  /// Runs of all strategies together.
  let runs: Int
  /// What the trial makes, for the message of an interruption: `a capacity plan`.
  let product: String
  /// Threads and quietness.
  let options: PlayOptions

  /// Plays everything.
  ///
  /// - Parameter play: Plays on so many threads, asks whether to stop, and tells how many runs are done.
  /// - Returns: what was made.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/interrupted`` when somebody asked to stop.
  func finish<Plan>(
    _ play: (
      _ threads: Int, _ shouldStop: @Sendable () -> Bool, _ onProgress: (Int) -> Void
    ) -> Plan?
  ) throws -> Plan {
    Interruption.listen()
    let line = ProgressLine(quiet: options.quiet, runsBefore: 0)
    defer { line.clear() }
    let plan = play(options.threadCount, { Interruption.isRequested }) {
      line.show(runsDone: $0, runsPlanned: runs)
    }
    guard let plan else {
      line.clear()
      throw CommandFailure(.interrupted, "interrupted; nothing is kept of \(product)")
    }
    return plan
  }
}
