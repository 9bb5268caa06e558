import LabKernel
import LabScenarioFiles
import LabStrategies
import LabUnits

@testable import StrategyLab

/// Autoscaling, alerts, arrivals, fenceposts and money.
extension AnalyticCases {
  static let autoscaling: Formulas = [
    ("HPA desired replicas", .plays(desiredReplicas)),
    ("HPA default scale-up limit", .plays(scaleUpLimit)),
  ]

  static let alerts: Formulas = [
    ("burn-rate alert detection", .plays(burnRate)),
    (
      "Prometheus pipeline",
      .lacks("readings begin with the release; the model has no random phases of scraping")
    ),
  ]

  static let arrivals: Formulas = [("Poisson arrivals", .plays(poisson))]

  static let releases: Formulas = [
    ("Kubernetes Deployment ResolveFenceposts", .plays(fenceposts)),
    ("Flagger minimum", .lacks("the timing of Flagger is played by its own cases")),
  ]

  static let costs: Formulas = [
    ("billing increment", .lacks("the model bills by the instant, without least times or steps")),
    ("blue-green overlap", .plays(overlap)),
    ("OpenCost workload", .plays(allocation)),
    ("OpenCost node", .lacks("a node has a price of its own, which is not divided by resource")),
  ]

  private static func desiredReplicas(_ input: CaseValue) throws -> CaseValue {
    let current = try integer(input, "current_replicas")
    let ratio = try number(input, "metric") / number(input, "target")
    let autoscaler = HorizontalPodAutoscaler(
      maximum: .max,
      tolerance: Share(millionths: Int64(((input["tolerance"].number ?? 0.1) * 1e6).rounded())))
    return [
      "ratio": .number(ratio),
      "desired_replicas": .integer(
        autoscaler.replicas(current: current, ready: current, ratio: ratio)),
    ]
  }

  private static func scaleUpLimit(_ input: CaseValue) throws -> CaseValue {
    let period = Span.seconds(input["period_s"].integer ?? 15)
    let rules = HorizontalPodAutoscaler(maximum: .max).scaleUp
    var history = ScalingHistory()
    var sizes = [try integer(input, "start_replicas")]
    for index in 0..<4 {
      let now = Instant.zero + period * index
      let limit = rules.upperLimit(current: sizes[index], history: history, at: now)
      history.noteMove(from: sizes[index], to: limit, at: now)
      sizes.append(limit)
    }
    return ["max_replicas_after_periods": .list(sizes.map { .integer($0) })]
  }

  /// The earliest reading at which the monitor fires, found by halving the time in whole nanoseconds.
  private static func burnRate(_ input: CaseValue) throws -> CaseValue {
    let objective = Share(millionths: Int64((try number(input, "slo") * 1e6).rounded()))
    let window = Span(seconds: try number(input, "window_s"))
    let errors = try number(input, "error_rate")
    let rule = BurnRateRule(
      window: window, shortWindow: window, factor: try number(input, "burn_rate"), holds: .zero)
    // A thousand million requests a second: one for each nanosecond.
    func fires(after nanoseconds: Int64, errors: Double) -> Bool {
      var monitor = Monitor(
        rule: .burnRate(rule), objective: objective, start: .zero,
        cleanHistory: RequestRate(requestsPerSecond: 1e9, failureShare: 0))
      let failed = Int((Double(nanoseconds) * errors).rounded())
      return monitor.observe(
        MonitorReading(
          time: Instant(nanoseconds: nanoseconds),
          stable: RequestCounts(total: Int(nanoseconds), failed: failed), candidate: .none))
    }
    func least(_ upper: Int64, _ isMet: (Int64) -> Bool) -> Int64? {
      var (low, high) = (Int64(0), upper)
      guard isMet(high) else { return nil }
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if isMet(middle) { high = middle } else { low = middle }
      }
      return high
    }
    let parts = 1_000_000_000_000
    let threshold = least(Int64(parts)) {
      fires(after: window.nanoseconds, errors: Double($0) / Double(parts))
    }
    let detection = least(window.nanoseconds) { fires(after: $0, errors: errors) }
    let period = try number(input, "period_s")
    return [
      "threshold_error_rate": threshold.map { .number(Double($0) / Double(parts)) } ?? .null,
      "detects": .flag(detection != nil),
      "detection_time_s": detection.map { .number(Double($0) / 1e9) } ?? .null,
      "budget_consumed_at_detection": detection.map {
        .number(Double($0) / 1e9 * errors / (period * (1 - objective.fraction)))
      } ?? .null,
    ]
  }

  private static func poisson(_ input: CaseValue) throws -> CaseValue {
    let mean = try number(input, "rate_per_s") * number(input, "window_s")
    let bound = (mean + 3 * mean.squareRoot()).rounded(.down)
    throw PartialAnswer(
      [
        "p_zero": .number(Elementary.exponential(-mean)),
        // More than k arrivals in a time: the arrival k + 1 lies within it.
        "p_gt_mean_plus_3sd": .number(
          1 - Elementary.upperGammaFraction(shape: bound + 1, mean)),
        "gap_scv": .number(SpanDistribution.exponential(mean: .seconds(1)).squaredVariation),
        "mean": .number(
          TrafficModel.constant(try number(input, "rate_per_s")).requests(
            until: Span(seconds: try number(input, "window_s")))),
      ], without: "the program samples counts, and asks nowhere for their variance")
  }

  private static func fenceposts(_ input: CaseValue) throws -> CaseValue {
    let rolling = RollingParameters(
      desired: try integer(input, "replicas"),
      maxSurge: .share(.percent(try integer(input, "max_surge_percent"))),
      maxUnavailable: .share(.percent(try integer(input, "max_unavailable_percent"))))
    return [
      "max_surge": .integer(rolling.surge), "max_unavailable": .integer(rolling.unavailable),
      "max_total_pods": .integer(rolling.mostReplicas),
      "min_available_pods": .integer(rolling.leastAvailable),
    ]
  }

  /// A scenario without randomness that a case then fills in.
  private static func scenario(_ strategy: String) throws -> Scenario {
    try ScenarioReader.read(
      text: """
        service: {replicas: 1, drain: 0s, endpointPropagation: 0s, readiness: {period: 0s}}
        cluster: {controllerRate: 0/s, routePropagation: 0s, nodes: {cpu: 4000, memory: 16000Gi}}
        traffic: 1/s
        monitoring: {evaluationDelay: 0s}
        strategies: [\(strategy)]
        experiment: {horizon: 24h}
        """, path: "case.yaml", traceText: nil
    ).scenario
  }

  private static func overlap(_ input: CaseValue) throws -> CaseValue {
    let bake = try number(input, "bake_before_switch_s")
    let wait = try number(input, "termination_wait_s")
    var scenario = try scenario(
      "{kind: blue-green, checks: \(bake)s, hold: \(wait)s, analysis: false}")
    scenario.service.replicas = try integer(input, "replicas")
    scenario.service.startup = .fixed(Span(seconds: try number(input, "warmup_s")))
    scenario.service.request = ComputeResources(milliCores: 1000, memoryBytes: 0)
    scenario.cluster.prices.corePerHour = try number(input, "price_per_replica_hour")
    let metrics = Experiment(scenario: scenario).play(
      strategyIndex: 0, replication: 0, forcedDefect: ForcedDefect.none
    ).run.metrics
    return [
      "overlap_s": metrics[.releaseDuration].map { .number($0) } ?? .null,
      "extra_replica_hours": metrics[.extraReplicaSeconds].map { .number($0 / 3600) } ?? .null,
      "extra_cost": metrics[.extraInfrastructureCost].map { .number($0) } ?? .null,
    ]
  }

  private static func allocation(_ input: CaseValue) throws -> CaseValue {
    let cores = try number(input, "cpu_request_cores")
    let gibibytes = try number(input, "ram_request_gib")
    guard (input["cpu_usage_cores"].number ?? 0) <= cores,
      (input["ram_usage_gib"].number ?? 0) <= gibibytes
    else { throw NotApplicable("the model bills what is requested; nothing uses more than that") }
    var scenario = try scenario("recreate")
    scenario.service.request = ComputeResources(
      milliCores: Int64((cores * 1000).rounded()),
      memoryBytes: Int64((gibibytes * 1_073_741_824).rounded()))
    func cost(core: Double, gibibyte: Double) throws -> CaseValue {
      scenario.cluster.prices.corePerHour = core
      scenario.cluster.prices.gibibytePerHour = gibibyte
      return .number(
        CompiledScenario(scenario).replicaDollarsPerSecond * 3600 * (try number(input, "hours")))
    }
    let core = try number(input, "cpu_price_per_core_hour")
    let gibibyte = try number(input, "ram_price_per_gib_hour")
    return [
      "cpu_cost": try cost(core: core, gibibyte: 0),
      "ram_cost": try cost(core: 0, gibibyte: gibibyte),
      "total_cost": try cost(core: core, gibibyte: gibibyte),
    ]
  }
}
