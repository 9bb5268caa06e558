import LabKernel
import LabStrategies
import LabUnits

/// Controllers that measure for themselves read the counters through samples.
extension Simulation {
  /// Reads the counters now, and keeps what they counted over a time for the next observation.
  mutating func takeSample(over window: Span) {
    sample = MetricSample(time: now, window: window, stable: .init(), candidate: .init())
  }
}
