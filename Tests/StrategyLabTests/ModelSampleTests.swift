import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Controllers that measure by samples of the counters, and decide by themselves.
struct ModelSampleTests {
  /// Gives the candidate a route for ever and takes a sample at each of some instants.
  struct Sampler: ReleaseController {
    var route: TrafficRoute
    var probing: Double?
    var times: [Instant]
    var window: Span
    /// Rolls back when a sample holds so many failures.
    var mostFailed: Int
    var next = 0
    var hasDecided = false
    var isOver = false

    mutating func reconcile(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
      if fleet.isRollbackOrdered {
        guard !isOver else { return }
        isOver = true
        orders += [.begin(ReleaseStep(number: 0, title: "roll back")), .route(.allStable)]
        orders += [.scale(.candidate, to: 0), .finish(.rolledBack)]
        return
      }
      if fleet.candidate.desired == 0 {
        orders += [.begin(ReleaseStep(number: 1, title: "measure"))]
        orders += [.scale(.candidate, to: fleet.desiredReplicas), .route(route)]
        if let probing { orders.append(.startAnalysis(.probing(requestsPerSecond: probing))) }
        for time in times { orders.append(.wake(at: time)) }
        return
      }
      guard next < times.count, fleet.now >= times[next] else { return }
      if fleet.sample?.time != fleet.now { return orders.append(.takeSample(over: window)) }
      next += 1
      let sample =
        fleet.sample
        ?? MetricSample(time: .zero, window: .zero, stable: .init(), candidate: .init())
      orders.append(
        .announce(
          "sample \(sample.stable.requests) \(sample.stable.failed) \(sample.candidate.requests) \(sample.candidate.failed) \(sample.candidate.slow)"
        ))
      if sample.candidate.failed >= mostFailed {
        orders.append(.rollBack(because: "\(sample.candidate.failed) failed"))
      }
    }
  }

  /// A strategy around the controller.
  struct Sampling: ReleaseStrategy {
    static let kind = "sampling"
    static let summary = "Takes samples."
    static let parameters: [Parameter] = []
    var controller: Sampler
    init(_ controller: Sampler) { self.controller = controller }
    init(_ values: ParameterValues) { preconditionFailure("made by tests alone") }
    func problems(replicas: Int) -> [StrategyProblem] { [] }
    func makeController(replicas: Int) -> any ReleaseController { controller }
    func outline(replicas: Int) -> [String] { [] }
    var leastDuration: Span { .zero }
    var needsTrafficRouting: Bool { true }
  }

  private static func scenario(
    _ sampler: Sampler, horizon: Span = .minutes(20), adjust: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    plainScenario(rate: 1000, horizon: horizon, strategies: [Sampling(sampler)]) {
      $0.service.startup = .fixed(.zero)
      $0.service.workers = 100
      adjust(&$0)
    }
  }

  /// The samples as (stable, failed of stable, candidate, failed, slow).
  private static func samples(_ timeline: Timeline) -> [[Int]] {
    timeline.rows.filter { $0.event.hasPrefix("sample") }.map {
      $0.event.split(separator: " ").dropFirst().compactMap { Int($0) }
    }
  }

  private static let half = TrafficRoute(.weighted(.percent(50)))

  @Test(arguments: [
    // Scrape interval, window, time of the sample, seconds that it counts.
    (30, 60, 300, 60), (30, 60, 310, 70), (7, 60, 300, 62), (30, 1, 301, 1), (30, 3600, 90, 90),
    (30, 0, 300, 0), (30, 45, 300, 60),
  ])
  func aSampleCountsTheReadingsWithinItsWindow(
    _ scrape: Int, _ window: Int, _ time: Int, _ seconds: Int
  ) {
    let sampler = Sampler(
      route: Self.half, times: [.zero + .seconds(time)], window: .seconds(window),
      mostFailed: .max)
    let (_, timeline) = playOnce(
      Self.scenario(sampler) { $0.monitoring.scrapeInterval = .seconds(scrape) })
    let samples = Self.samples(timeline)
    #expect(samples.count == 1)
    let mean = 500 * Double(seconds)
    for index in [0, 2] {
      #expect(abs(Double(samples[0][index]) - mean) <= 5 * mean.squareRoot() + 1e-9)
    }
  }

  @Test func samplesOfTheWholeReleaseAreWhatTheMetricsCount() {
    let sampler = Sampler(
      route: Self.half, times: [.zero + .minutes(20)], window: .hours(1), mostFailed: .max)
    let (run, timeline) = playOnce(Self.scenario(sampler) { $0.release = certain(.failing(0.1)) })
    let sample = Self.samples(timeline)[0]
    #expect(Double(sample[0] + sample[2]) == run.metrics[.requestsTotal])
    #expect(Double(sample[2]) == run.metrics[.requestsCandidate])
    #expect(Double(sample[1] + sample[3]) == run.metrics[.requestsFailed])
  }

  @Test func copiesAndSyntheticRequestsCountForTheCandidate() {
    let copies = Sampler(
      route: TrafficRoute(.weighted(.allStable), mirrored: .percent(20)),
      times: [.zero + .seconds(300)], window: .seconds(300), mostFailed: .max)
    let mirrored = Self.samples(
      playOnce(Self.scenario(copies) { $0.release = certain(.failing(0.5)) }).timeline)[0]
    // 200 a second for 300 s, half of which fail.
    #expect(abs(mirrored[2] - 60_000) < 1300)
    #expect(abs(mirrored[3] - 30_000) < 900)
    let checks = Sampler(
      route: .allStable, probing: 10, times: [.zero + .seconds(300)], window: .seconds(300),
      mostFailed: .max)
    // A monitor that would fail at once must not judge what the controller judges itself.
    let (run, timeline) = playOnce(
      Self.scenario(checks) {
        $0.release = certain(.failing(1))
        $0.monitoring.analysis = [
          .threshold(
            ThresholdRule(
              of: .failures, maximum: .percent(1), interval: .seconds(30), failureLimit: 0,
              minimumRequests: 1))
        ]
      })
    let probed = Self.samples(timeline)[0]
    #expect(abs(probed[2] - 3000) < 275)
    #expect(probed[3] == probed[2])
    #expect(run.metrics[.requestsCandidate] == 0)
    #expect(run.metrics[.detection] == nil)
  }

  @Test func aDecisionOfTheControllerCountsAsTheDecision() {
    let sampler = Sampler(
      route: Self.half, times: [.zero + .seconds(60), .zero + .seconds(120)],
      window: .seconds(60), mostFailed: 1)
    let scenario = Self.scenario(sampler) {
      $0.release = certain(.failing(0.5))
      $0.cluster.routePropagation = .seconds(5)
    }
    let (run, timeline) = playOnce(scenario)
    #expect(run.outcome == .rolledBack)
    // Routers know the route after 5 s, and again after the decision.
    #expect(run.metrics[.detection] == 55)
    #expect(run.metrics[.rollback] == 5)
    #expect(run.metrics[.restore] == 0)
    #expect(run.metrics[.exposedUsersAtDecision] != nil)
    #expect(Self.samples(timeline).count == 1)
    let steps = Experiment(scenario: scenario).steps(strategyIndex: 0, replication: 0)
    #expect(steps.map(\.step.title) == ["measure", "roll back"])
    #expect(steps.map(\.time) == [.zero, .zero + .seconds(60)])
    #expect(timeline.rows.contains { $0.event.contains("it is decided to roll back:") })
  }

  @Test func readingsOnTheGridHaveTheSameLuckWithAndWithoutSamples() {
    func played(_ times: [Int]) -> (run: RunResult, timeline: Timeline) {
      playOnce(
        Self.scenario(
          Sampler(
            route: Self.half, times: times.map { .zero + .seconds($0) }, window: .seconds(60),
            mostFailed: .max)))
    }
    let none = played([])
    // On the grid of 30 s a sample is a difference of readings that are there anyway.
    let onGrid = played([300, 600])
    #expect(onGrid.run.metrics[.requestsTotal] == none.run.metrics[.requestsTotal])
    #expect(played([301, 600]).run == played([301, 600]).run)
  }

  @Test func aMemoryOfReadingsIsBounded() {
    var memory = SampleMemory()
    let count = SampleMemory.mostReadings * 3
    for number in 1...count {
      memory.add(
        MonitorReading(
          time: .zero + .seconds(number), stable: RequestCounts(total: 1), candidate: .none))
    }
    let now = Instant.zero + .seconds(count)
    #expect(memory.sample(over: .seconds(100), at: now).stable.requests == 100)
    let all = memory.sample(over: .hours(100_000), at: now).stable.requests
    #expect(all >= SampleMemory.mostReadings - 1 && all <= SampleMemory.mostReadings)
  }
}
