import LabStrategies

/// What stable alone would have made of all requests.
extension TrafficFlow {
  /// What stable alone would miss in balance, of each request, at a rate and a capacity.
  struct BaselineLoss: BitwiseCopyable {
    var rate = 0.0
    var capacity = 0.0
    var missing = 0.0
  }

  /// Plays what the desired replicas of stable would have done with all requests.
  mutating func passBaseline(seconds: Double) {
    let table = columns.stable
    let capacity = baselineReplicas * workers / table.meanService
    let free = answers == nil ? 0 : freeBaselineSeconds(in: seconds)
    if baselineQueue.isSteady(arrivals: rate, capacity: capacity) {
      // The rate changes with the hour, and this is asked at every event.
      if baselineLoss.rate != rate || baselineLoss.capacity != capacity {
        let balance = table.balance(utilisation: rate / capacity)
        baselineLoss = BaselineLoss(
          rate: rate, capacity: capacity, missing: Self.missing(balance, table))
      }
      baselineShortfall += rate * seconds * baselineLoss.missing
      return
    }
    if free > 0 {
      baselineShortfall += rate * free * Self.missing(table.balance(utilisation: 0), table)
    }
    let outcome = Self.advance(
      &baselineQueue, seconds: seconds - free, load: rate, capacity: capacity, timeout: timeout,
      table)
    baselineShortfall += outcome.lost
    if outcome.steadySeconds > 0 {
      let balance = table.balance(utilisation: rate / capacity)
      baselineShortfall += rate * outcome.steadySeconds * Self.missing(balance, table)
    }
    if outcome.overloadedSeconds > 0 {
      let late = shares(.stable, outcome).late
      baselineShortfall += capacity * outcome.overloadedSeconds * late
    }
  }

  /// The seconds of a time in which stable alone would have free workers.
  private mutating func freeBaselineSeconds(in seconds: Double) -> Double {
    busyBaseline.resize(baselineReplicas * workers)
    if baselineQueue.backlog > 0 {
      busyBaseline.fill()
      return 0
    }
    return busyBaseline.advance(
      seconds: seconds, rate: rate, service: columns.stable.meanService)
  }
}
