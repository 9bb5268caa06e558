import LabUnits

@testable import StrategyLab

/// Readings at a fixed interval, and when a monitor fails on them.
struct MonitorFeed {
  var interval: Span = .seconds(30)
  var stable: RequestCounts = .none
  var candidate: RequestCounts = .none

  /// The seconds of the first reading at which a monitor fails; nil if it does not within so many readings.
  func failure(of monitor: inout Monitor, readings: Int = 10_000, from start: Instant = .zero)
    -> Double?
  {
    for index in 1...readings {
      let time = start + interval * index
      if monitor.observe(MonitorReading(time: time, stable: stable, candidate: candidate)) {
        return time.seconds
      }
    }
    return nil
  }
}

extension Monitor {
  init(_ rule: MonitorRule, objective: Share = Share(millionths: 999_000)) {
    self.init(rule: rule, objective: objective, start: .zero)
  }

  /// What `conclude` would say now.
  var failsIfConcluded: Bool {
    var copy = self
    return copy.conclude()
  }
}
