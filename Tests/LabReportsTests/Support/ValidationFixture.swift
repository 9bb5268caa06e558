import StrategyLab

@testable import LabReports

/// A validation made by hand: a scenario that agrees, one that does not, and two reference systems.
enum ValidationFixture {
  static let report = ValidationReport(
    ModelValidation(
      programVersion: "0.1.0", scenarios: [agreeing, differing], reference: reference))

  /// The same without the scenario and the system that differ.
  static let passing = ValidationReport(
    ModelValidation(programVersion: "0.1.0", scenarios: [agreeing], reference: nil))

  private static func row(
    _ strategy: Int, _ subject: LevelComparison.Subject, _ flow: Double?, _ request: Double?,
    half: Double?, count: Int = 30, unpaired: Bool? = true, probability: Double? = 0.5,
    adjusted: Double? = 1, _ verdict: ValidationVerdict = .agree
  ) -> LevelComparison.Row {
    LevelComparison.Row(
      strategyIndex: strategy, subject: subject, flowMean: flow,
      flowCount: flow == nil ? 0 : count, requestMean: request,
      requestCount: request == nil ? 0 : count, pairs: flow == nil || request == nil ? 0 : count,
      difference: flow.flatMap { flow in request.map { $0 - flow } }, halfWidth: half,
      agreesUnpaired: unpaired, probability: probability, adjusted: adjusted, verdict: verdict)
  }

  static let agreeing = LevelComparison(
    scenarioName: "checkout", seed: 42, replications: 30, requestsPerReplication: 8_640_000,
    strategies: ["rolling-update", "canary | 5%"],
    rows: [0, 1].flatMap { strategy in
      [
        row(strategy, .outcome(.promoted), 0.8, 0.8, half: 0.04, probability: 1),
        row(strategy, .metric(.releaseDuration), 1318.75, 1318.75, half: 0, probability: 1),
        row(strategy, .metric(.detection), 63.25, 64.5, half: 4.75, count: 6),
        row(
          strategy, .metric(.restore), nil, nil, half: nil, unpaired: nil, probability: nil,
          adjusted: nil, .notApplicable),
        row(
          strategy, .metric(.exposedUsersAtDecision), 0.0625, 0.0625, half: nil, count: 2,
          probability: nil, adjusted: nil, .tooFew),
        row(strategy, .metric(.requestsTotal), 8_640_000, 8_640_125, half: 1500),
        row(strategy, .metric(.latencyP99), 0.25, 0.2500625, half: 0.000125),
      ]
    })

  static let differing = LevelComparison(
    scenarioName: "flash-sale", seed: 1, replications: 12, requestsPerReplication: 5_000_000,
    strategies: ["recreate"],
    rows: [
      row(0, .outcome(.promoted), 1, 1, half: 0.125, count: 12, probability: 1),
      row(
        0, .metric(.capacityShortfall), 1000, 1250, half: 50, count: 12, unpaired: false,
        probability: 0.0000152587890625, adjusted: 0.00006103515625, .differ),
      row(
        0, .metric(.peakReplicas), 30, 31, half: 0, count: 12, unpaired: false, probability: 0,
        adjusted: 0, .differ),
      row(0, .metric(.latencyP50), 0.0625, 0.06246875, half: 0.00025, count: 12),
    ])

  static let reference = ReferenceCheck(
    seed: 1, effort: ReferenceCheck.Effort(seeds: 30, replications: 20, requests: 20_000),
    rows: [
      ReferenceCheck.Row(
        system: "M/M/1", setting: "load 0.8", measure: "mean wait", unit: "seconds",
        expected: 0.4, mean: 0.40025, halfWidth: 0.0015, misses: 0, probability: 1),
      ReferenceCheck.Row(
        system: "M/M/1", setting: "load 0.8", measure: "waiting", unit: "fraction",
        expected: 0.8, mean: 0.7998, halfWidth: 0.0005, misses: 1, probability: 0.0625),
      ReferenceCheck.Row(
        system: "M/M/10/10", setting: "9 erlang", measure: "turned away", unit: "fraction",
        expected: 0.168, mean: 0.175, halfWidth: 0.0005, misses: 28, probability: 0,
        adjusted: 0, verdict: .differ),
      ReferenceCheck.Row(
        system: "M/M/1", setting: "load 1.5 for 200 s", measure: "final backlog",
        unit: "requests", expected: 1002, mean: 1001.5, halfWidth: 3.5, misses: 0,
        probability: 0.75),
    ])
}
