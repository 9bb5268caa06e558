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
    ("Prometheus pipeline", .plays(pipeline)),
  ]

  static let arrivals: Formulas = [("Poisson arrivals", .plays(poisson))]

  static let releases: Formulas = [
    ("Kubernetes Deployment ResolveFenceposts", .plays(fenceposts)),
    ("Flagger minimum", .plays(flaggerTimes)),
  ]

  static let costs: Formulas = [
    ("billing increment", .plays(billing)),
    ("blue-green overlap", .plays(overlap)),
    ("OpenCost workload", .plays(allocation)),
    ("OpenCost node", .lacks("a node has a price of its own, which is not divided by resource")),
  ]

  static let names: Formulas = [("DNS switch", .plays(staleAnswers))]

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
    let target = try rate(input, "slo")
    let errors = try rate(input, "error_rate")
    guard target < 1, errors <= 1 else { throw NotApplicable("a share is above all") }
    let objective = Share(millionths: Int64((target * 1e6).rounded()))
    let window = Span(seconds: try positive(input, "window_s"))
    let rule = BurnRateRule(
      window: window, shortWindow: window, factor: try positive(input, "burn_rate"), holds: .zero)
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
    let period = try positive(input, "period_s")
    return [
      "threshold_error_rate": threshold.map { .number(Double($0) / Double(parts)) } ?? .null,
      "detects": .flag(detection != nil),
      "detection_time_s": detection.map { .number(Double($0) / 1e9) } ?? .null,
      "budget_consumed_at_detection": detection.map {
        .number(Double($0) / 1e9 * errors / (period * (1 - objective.fraction)))
      } ?? .null,
    ]
  }

  private static func pipeline(_ input: CaseValue) throws -> CaseValue {
    let alert = AlertPipeline(
      scrape: try span(input, "scrape_interval_s"),
      evaluation: try span(input, "evaluation_interval_s"), holds: try span(input, "for_s"))
    return [
      "min_delay_s": .number(alert.shortest.seconds),
      "max_delay_s": .number(alert.longest.seconds), "mean_delay_s": .number(alert.mean),
    ]
  }

  private static func poisson(_ input: CaseValue) throws -> CaseValue {
    let arrivals = PoissonArrivals(
      rate: try rate(input, "rate_per_s"), duration: try rate(input, "window_s"))
    return [
      "p_zero": .number(arrivals.noneProbability),
      "p_gt_mean_plus_3sd": .number(
        arrivals.probability(ofMoreThan: arrivals.mean + 3 * arrivals.variance.squareRoot())),
      "gap_scv": .number(PoissonArrivals.gapSquaredVariation), "mean": .number(arrivals.mean),
      "variance": .number(arrivals.variance),
    ]
  }

  private static func flaggerTimes(_ input: CaseValue) throws -> CaseValue {
    var analysis = FlaggerAnalysis()
    analysis.maxWeight = try integer(input, "max_weight_percent")
    analysis.stepWeight = try integer(input, "step_weight_percent")
    analysis.threshold = try integer(input, "threshold")
    let interval = try span(input, "interval_s")
    return [
      "min_promote_s": .number((interval * FlaggerTiming.analysis(analysis).intervals).seconds),
      "rollback_s": .number((interval * FlaggerTiming.rollback(analysis).intervals).seconds),
    ]
  }

  private static func billing(_ input: CaseValue) throws -> CaseValue {
    let rule = BillingIncrement(
      least: try span(input, "minimum_s"), step: try span(input, "increment_s"))
    let run = try span(input, "run_s")
    return [
      "billed_s": .number(rule.billed(run).seconds),
      "cost": .number(rule.cost(run, perHour: try number(input, "price_per_hour"))),
    ]
  }

  private static func staleAnswers(_ input: CaseValue) throws -> CaseValue {
    let answers = CachedAnswers(lifetime: try rate(input, "ttl_s"))
    return [
      "stale_fraction": .list(
        try numbers(input, "t_s").map { .number(answers.staleShare(after: $0)) }),
      "mean_stale_s": .number(answers.meanStaleness),
    ]
  }

  private static func span(_ input: CaseValue, _ key: String) throws -> Span {
    Span(seconds: try rate(input, key))
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
    let bake = try rate(input, "bake_before_switch_s")
    let wait = try rate(input, "termination_wait_s")
    let replicas = try count(input, "replicas")
    let warmup = try rate(input, "warmup_s")
    guard replicas <= 4_000, bake + wait + warmup < 86_400 else {
      throw NotApplicable("the scenario of this rule has one node of 4,000 cores, and a day")
    }
    var scenario = try scenario(
      "{kind: blue-green, checks: \(bake)s, hold: \(wait)s, analysis: false}")
    scenario.service.replicas = replicas
    scenario.service.startup = .fixed(Span(seconds: warmup))
    scenario.service.request = ComputeResources(milliCores: 1000, memoryBytes: 0)
    scenario.cluster.prices.corePerHour = try rate(input, "price_per_replica_hour")
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
