import LabKernel
import LabStrategies
import LabUnits

/// How far the traffic has come.
///
/// Between two changes of what the flow depends on nothing happens that it would have to be told, so it lags behind
/// the clock, over starts, deletions and whatever else happens to replicas that no router knows. Whoever changes
/// what it depends on, or reads it, brings it up to date first.
extension Simulation {
  /// Moves the clock on.
  @inline(__always)
  mutating func passTime(to instant: Instant) {
    guard instant > now else { return }
    if trafficTime == now { trafficIsEven = flow.isEven }
    now = instant
    if trafficKeepsUp || !trafficIsEven { catchUpTraffic() }
  }

  /// Lets the traffic flow until now.
  @inline(__always)
  mutating func catchUpTraffic() {
    if trafficTime < now { flowUntilNow() }
  }

  /// The share of requests that goes to the candidate now, whether or not the traffic has come so far.
  ///
  /// To look changes nothing, so that a play that is written down is the same as one that is not.
  var candidateShare: Double { flow.candidateShare(after: (now - trafficTime).seconds) }

  private mutating func flowUntilNow() {
    let (start, end) = (trafficTime, now)
    trafficTime = end
    if playsRequests { requests?.pass(from: start, to: end, flow: flow) }
    flow.pass(from: start, to: end)
    if flow.answers != nil { flow.delayAnswers(from: start, to: end) }
  }

  mutating func changeTraffic(to step: Int) {
    catchUpTraffic()
    let steps = compiled.scenario.traffic.steps
    flow.rate = steps[step].requestsPerSecond
    requests?.change(rate: flow.rate, at: now)
    if step + 1 < steps.count { schedule(.trafficStep, step + 1, at: steps[step + 1].start) }
  }
}
