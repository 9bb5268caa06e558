import LabKernel
import LabStrategies
import LabUnits

/// Controllers that measure for themselves read the counters through samples.
extension Simulation {
  /// Reads the counters now, and keeps what they counted over a time for the next observation.
  ///
  /// The candidate's counts hold what it answered to users, to mirrored and to synthetic requests. A window that
  /// reaches before the start of the release, or before the candidate had requests, simply counted for less long.
  mutating func takeSample(over window: Span) {
    // Several samples of one instant are of one reading.
    if samples?.lastReading != now { readCounters() }
    sample = samples?.sample(over: window, at: now)
  }
}
