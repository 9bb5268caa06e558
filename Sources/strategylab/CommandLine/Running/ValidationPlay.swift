import StrategyLab

/// Plays a validation to its end, with progress on the terminal.
struct ValidationPlay {
  /// The scenarios to play.
  let trials: [LevelTrial]
  /// The reference systems to play; nil for none.
  let reference: ReferenceTrial?
  /// Threads and quietness.
  let options: PlayOptions

  /// Plays everything.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/interrupted`` when somebody asked to stop.
  func finish() throws -> ModelValidation {
    Interruption.listen()
    let line = ProgressLine(quiet: options.quiet, runsBefore: 0)
    defer { line.clear() }
    let planned = trials.reduce(reference?.runs ?? 0) { $0 + $1.runs }
    var before = 0
    func show(_ done: Int) {
      line.show(runsDone: before + done, runsPlanned: planned)
    }
    let stop: @Sendable () -> Bool = { Interruption.isRequested }
    let check = try reference.map { trial in
      guard
        let check = trial.check(threads: options.threadCount, shouldStop: stop, onProgress: show)
      else { throw interrupted(line) }
      before += trial.runs
      return check
    }
    guard
      let comparisons = LevelTrial.compare(
        trials, threads: options.threadCount, shouldStop: stop, onProgress: show)
    else { throw interrupted(line) }
    return ModelValidation(
      programVersion: ProgramVersion.text, scenarios: comparisons, reference: check)
  }

  private func interrupted(_ line: ProgressLine) -> CommandFailure {
    line.clear()
    return CommandFailure(.interrupted, "interrupted; nothing is kept of a validation")
  }
}
