import Glibc
import StrategyLab

/// Redraws the progress of an experiment in place, on a terminal and nowhere else.
final class ProgressLine {
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant?
  private let runsBefore: Int

  /// Progress of an experiment of which some runs are already known.
  init(quiet: Bool, runsBefore: Int) {
    isShown = !quiet && Terminal.standardError.isTerminal
    self.runsBefore = runsBefore
    start = clock.now
  }

  /// Draws the progress, at most ten times a second.
  func show(_ progress: ExperimentProgress) {
    show(
      runsDone: progress.runsDone, runsPlanned: progress.runsPlanned,
      halfWidth: progress.halfWidth)
  }

  /// Draws so many runs done, at most ten times a second.
  func show(runsDone: Int, runsPlanned: Int, halfWidth: Double? = nil) {
    guard isShown else { return }
    let now = clock.now
    if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
    lastDrawn = now
    let bar = ProgressBar(
      runsBefore: runsBefore, runsDone: runsDone, runsPlanned: runsPlanned,
      elapsedSeconds: (now - start) / .seconds(1), halfWidth: halfWidth)
    draw(bar.line(width: Terminal.standardError.width - 1))
  }

  /// Wipes the line, so that what follows starts on a clean one.
  func clear() {
    guard lastDrawn != nil else { return }
    draw("")
    lastDrawn = nil
  }

  private func draw(_ text: String) {
    // Back to the first column, then erase to the end of the line.
    _ = Console.write("\r\u{1B}[K" + text, to: STDERR_FILENO)
  }
}
