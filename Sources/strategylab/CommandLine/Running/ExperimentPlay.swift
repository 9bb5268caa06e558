import StrategyLab

/// Plays an experiment to its end: progress on the terminal, batches into the store.
struct ExperimentPlay {
  /// What is played.
  let experiment: Experiment
  /// What was asked, as the record will have it.
  let header: ExperimentRecord.Header
  /// Where it is kept; nil if it is not.
  let stored: StoredExperiment?
  /// Whether somebody will look at timelines; each costs another play, and a row for every moment of it.
  let wantsTimelines: Bool
  /// Threads and quietness.
  let options: PlayOptions

  /// Plays what is not known yet.
  ///
  /// - Parameter known: Runs of the same experiment that were played before.
  /// - Returns: the whole experiment.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/interrupted`` when somebody asked to stop.
  func finish(known: [RunResult] = []) throws -> ExperimentRecord {
    Interruption.listen()
    let line = ProgressLine(quiet: options.quiet, runsBefore: known.count)
    defer { line.clear() }
    var done = known.count
    var planned = header.replications * header.strategies.count
    let runs = try experiment.run(
      threads: options.threadCount, known: known, shouldStop: { Interruption.isRequested }
    ) { batch, progress in
      try stored?.append(batch)
      done = progress.runsDone
      planned = progress.runsPlanned
      line.show(progress)
    }
    if Interruption.isRequested, runs.count < planned {
      line.clear()
      throw interrupted(done: done, planned: planned)
    }
    let timelines = wantsTimelines ? experiment.timelines(of: runs) : []
    try stored?.complete(timelines: timelines)
    return ExperimentRecord(header: header, runs: runs, timelines: timelines)
  }

  private func interrupted(done: Int, planned: Int) -> CommandFailure {
    let advice =
      stored.map { "finish it with '\($0.resumeCommand)'" }
      ?? "nothing is kept; with --store FILE it could be resumed"
    return CommandFailure(
      .interrupted, "interrupted after \(done) of \(planned) runs; \(advice)")
  }
}
