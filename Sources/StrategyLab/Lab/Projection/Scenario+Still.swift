import LabKernel
import LabStrategies
import LabUnits

extension Scenario {
  /// The same release with nothing wrong and nobody alarmed: what a plan is made from.
  ///
  /// The fleet, its cluster and its strategies stay as they are. The candidate has no defect, no request
  /// fails or is slow, no monitor and no alert can fire, and nobody is called to a standstill. Traffic
  /// keeps its shape and the share of the fleet that it needs, but there is more of it, with workers to
  /// match, so that a controller which measures for itself always finds requests to judge.
  ///
  /// - Parameter horizon: How far the plan looks.
  /// - Returns: a scenario of the same strategies, in the same order.
  func still(until horizon: Span) -> Scenario {
    var still = self
    still.experiment.horizon = horizon
    still.release = ReleaseRisk(
      defectProbability: .none,
      catalog: [ReleaseRisk.Defect(name: "none", kind: "none", weight: 1, effect: DefectEffect())])

    // How requests are balanced and sent again changes nothing where none fails.
    still.experiment.detail = .flow
    still.service.balancing = .random
    still.service.retries = nil

    let longest = Span.hours(24 * 366)
    // The mean alone loads the fleet; what waits in a queue cannot fail here, nor be slow.
    still.service.serviceTime = .fixed(Span(seconds: service.serviceTime.mean))
    still.service.timeout = longest
    still.service.baselineFailures = .none
    still.monitoring.slowThreshold = longest
    still.monitoring.analysis = []
    still.monitoring.alerts = []
    still.monitoring.progressDeadline = longest
    // A plan of weeks is read less often: twenty thousand times at the most.
    still.monitoring.scrapeInterval = max(
      monitoring.scrapeInterval, Span(nanoseconds: horizon.nanoseconds / 20_000))
    still.addTraffic()
    return still
  }

  /// At least a thousand requests a second on average, and never a quiet moment.
  private mutating func addTraffic() {
    let span = traffic.steps.last.map { max(.seconds(1), $0.start - .zero) } ?? .seconds(1)
    let reach = max(span, .hours(1))
    let mean = traffic.requests(until: reach) / reach.seconds
    guard mean > 0 else {
      traffic = .constant(1000)
      return
    }
    // Tables of the queue take time in proportion to the workers.
    let most = max(1, 50_000 / service.workers)
    let factor = min(max(1, Int((1000 / mean).rounded(.up))), most)
    service.workers *= factor
    traffic = TrafficModel(
      steps: traffic.steps.map { step in
        TrafficModel.Step(
          start: step.start,
          requestsPerSecond: max(step.requestsPerSecond, mean / 10) * Double(factor))
      }, form: traffic.form)
  }
}
