import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// What holds at every instant of every release, in random scenarios.
struct ModelInvariantTests {
  @Test(arguments: 0..<160) func everyInstantAndEveryMetricIsPossible(_ number: Int) {
    let scenario = ScenarioGenerator.scenario(number)
    let experiment = Experiment(scenario: scenario)
    for strategyIndex in scenario.strategies.indices {
      let (run, timeline) = experiment.play(strategyIndex: strategyIndex, replication: number)
      let problems =
        Self.problems(of: timeline, scenario) + Self.problems(of: run.metrics, scenario)
        + Self.problems(ofRollingUpdate: timeline, run, scenario)
      #expect(problems == [], "scenario \(number), \(scenario.strategies[strategyIndex].name)")
    }
  }

  @Test(arguments: 0..<90) func anAutoscalerKeepsThemToo(_ number: Int) {
    var scenario = ScenarioGenerator.scenario(number)
    let replicas = scenario.service.replicas
    scenario.autoscaler = AutoscalerModel(
      rules: HorizontalPodAutoscaler(
        minimum: max(1, replicas / 3), maximum: replicas * 2, target: .percent(30 + number % 60)),
      scope: AutoscalerModel.Scope.allCases[number % 3])
    let experiment = Experiment(scenario: scenario)
    for strategyIndex in scenario.strategies.indices {
      let (run, timeline) = experiment.play(strategyIndex: strategyIndex, replication: number)
      let problems =
        Self.problems(of: timeline, scenario) + Self.problems(of: run.metrics, scenario)
      #expect(problems == [], "scenario \(number), \(scenario.strategies[strategyIndex].name)")
      #expect(
        experiment.play(strategyIndex: strategyIndex, replication: number).timeline == timeline)
    }
  }

  static func problems(of timeline: Timeline, _ scenario: Scenario) -> [String] {
    var found: [String] = []
    var last = Instant.zero
    for row in timeline.rows {
      let at = "at \(row.time.seconds) s"
      if row.time < last { found.append("time goes backwards \(at)") }
      last = row.time
      if !(0...1).contains(row.candidateWeight) { found.append("weight \(at)") }
      for counts in [row.stable, row.candidate] {
        let all = [
          counts.desired, counts.pending, counts.starting, counts.available, counts.terminating,
          counts.ready - counts.available,
        ]
        if all.contains(where: { $0 < 0 }) { found.append("a negative count \(at)") }
        // Without a limit on their rate, creations and deletions are done at once.
        if scenario.cluster.controllerRate == nil, counts.live != counts.desired {
          found.append("\(counts.live) live for \(counts.desired) desired \(at)")
        }
        if counts.live < counts.desired { found.append("too few live \(at)") }
      }
      if let quota = scenario.cluster.quota.replicas {
        let placed =
          row.stable.notGone + row.candidate.notGone - row.stable.pending - row.candidate.pending
        if placed > quota { found.append("\(placed) placed on a quota of \(quota) \(at)") }
      }
    }
    if last > .zero + scenario.experiment.horizon { found.append("beyond the horizon") }
    return Array(found.prefix(5))
  }

  /// A rolling update stays within its fenceposts where nothing but itself takes replicas away.
  private static func problems(
    ofRollingUpdate timeline: Timeline, _ run: RunResult, _ scenario: Scenario
  ) -> [String] {
    let strategy = scenario.strategies[timeline.strategyIndex].strategy
    guard let rolling = strategy as? RollingUpdate, run.defect == nil else { return [] }
    guard let first = timeline.rows.first, first.stable.pending == 0 else { return [] }
    let fence = RollingParameters(
      desired: scenario.service.replicas, maxSurge: rolling.maxSurge,
      maxUnavailable: rolling.maxUnavailable)
    var found: [String] = []
    for row in timeline.rows {
      let desired = row.stable.desired + row.candidate.desired
      if desired > fence.mostReplicas { found.append("surge at \(row.time.seconds) s") }
      let available = row.stable.available + row.candidate.available
      if available < fence.leastAvailable { found.append("too few at \(row.time.seconds) s") }
    }
    return Array(found.prefix(5))
  }

  static func problems(of metrics: MetricValues, _ scenario: Scenario) -> [String] {
    var found: [String] = []
    func value(_ metric: Metric) -> Double { metrics[metric] ?? 0 }
    func check(_ isRight: Bool, _ text: @autoclosure () -> String) {
      if !isRight { found.append(text()) }
    }
    let signed: Set<Metric> = [
      .extraReplicaSeconds, .extraInfrastructureCost, .excessFailures, .errorBudget, .totalCost,
    ]
    for metric in Metric.allCases {
      guard let value = metrics[metric] else { continue }
      check(value.isFinite, "\(metric.rawValue) is \(value)")
      check(signed.contains(metric) || value >= 0, "\(metric.rawValue) is \(value)")
    }
    for metric in [Metric.exposedUsers, .exposedUsersAtDecision, .harmedUsers] {
      check(value(metric) <= 1, "\(metric.rawValue) is above 1")
    }
    check(
      value(.exposedUsersAtDecision) <= value(.exposedUsers) + 1e-12,
      "fewer exposed than at the decision")
    let horizon = scenario.experiment.horizon.seconds
    for metric in Metric.allCases where metric.unit == "seconds" && metric != .latencyP99 {
      check(value(metric) <= horizon, "\(metric.rawValue) is beyond the horizon")
    }
    check(value(.latencyP50) <= value(.latencyP99), "the median is above the 99th percentile")
    // Routers may send requests to replicas that are gone, for as long as they do not know: 40 s.
    check(value(.mixedVersion) <= value(.mixedRunning) + 1e-9 + 40, "mixed traffic for longer")
    check(value(.requestsCandidate) <= value(.requestsTotal), "more to the candidate than all")
    check(value(.requestsFailed) <= value(.requestsTotal), "more failed than came")
    check(value(.capacityShortfall) <= value(.requestsFailed), "more short than failed")
    check(value(.excessFailures) <= value(.requestsFailed), "more excess than failed")
    // Arrivals are a Poisson process: within six standard deviations of their mean.
    let arrivals = scenario.traffic.requests(until: scenario.experiment.horizon)
    let difference = abs(value(.requestsTotal) - arrivals)
    check(
      difference <= 6 * arrivals.squareRoot() + 3,
      "\(value(.requestsTotal)) requests for \(arrivals)")
    let costs = value(.extraInfrastructureCost) + value(.failureCost) + value(.peopleCost)
    check(abs(costs - value(.totalCost)) < 1e-6, "the costs do not add up")
    return found
  }
}
