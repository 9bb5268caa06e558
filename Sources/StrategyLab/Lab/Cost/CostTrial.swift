/// Plays the releases of a scenario and writes their bills.
public struct CostTrial: Sendable {
  /// What is played.
  public let scenario: Scenario
  /// Where its prices come from.
  public let prices: [Assumption]

  /// The trial of a scenario.
  ///
  /// - Parameters:
  ///   - scenario: What is played.
  ///   - prices: Where its prices come from, for the report.
  public init(scenario: Scenario, prices: [Assumption]) {
    self.scenario = scenario
    self.prices = prices
  }

  /// Runs of all strategies together.
  public var runs: Int { scenario.strategies.count * scenario.experiment.replications }

  /// One release and what it cost.
  private struct Release: Sendable {
    var isDefective: Bool
    var errorBudget: Double?
    var costs: ReleaseCosts
  }

  /// Plays all releases.
  ///
  /// - Parameters:
  ///   - threads: How many threads play; the plan does not depend on it.
  ///   - shouldStop: Asked before each run; true ends the play early.
  ///   - onProgress: Gets the runs done so far, on the calling thread, after each strategy.
  /// - Returns: the plan; nil if the play was ended early.
  public func plan(
    threads: Int, shouldStop: @Sendable () -> Bool = { false }, onProgress: (Int) -> Void = { _ in }
  ) -> CostPlan? {
    let experiment = Experiment(scenario: scenario)
    let play = ReplicationPlay(count: scenario.experiment.replications, threads: threads)
    var releases: [[Release]] = []
    for index in scenario.strategies.indices {
      let played = play.map(shouldStop: shouldStop) { replication, used in
        let (run, costs) = experiment.costs(
          strategyIndex: index, replication: replication, after: &used)
        return Release(
          isDefective: run.defect != nil, errorBudget: run.metrics[.errorBudget], costs: costs)
      }
      guard let played else { return nil }
      releases.append(played)
      onProgress(releases.count * scenario.experiment.replications)
    }
    let causes = causes(of: releases)
    return CostPlan(
      scenarioName: scenario.name, seed: scenario.experiment.seed,
      replications: scenario.experiment.replications,
      defective: releases.first?.count(where: \.isDefective) ?? 0,
      defectProbability: scenario.release.defectProbability.fraction,
      horizonSeconds: scenario.experiment.horizon.seconds,
      steadyCost: releases.first?.first?.costs.steadyInfrastructure ?? 0, prices: prices,
      objectiveSeconds: scenario.costs.objectiveWindow.seconds,
      bills: zip(scenario.strategies, releases).compactMap { bill($0.name, $1, causes) })
  }

  /// The lines on which anything stands.
  private func causes(of releases: [[Release]]) -> [CostCause] {
    let shares = scenario.invoiceShares
    return CostCause.allCases.filter { cause in
      if cause.isInvoiced { return shares[cause] != nil }
      return releases.joined().contains { $0.costs.amount(of: cause, shares) != 0 }
    }
  }

  private func bill(_ name: String, _ releases: [Release], _ causes: [CostCause]) -> ReleaseBill? {
    let shares = scenario.invoiceShares
    let isDefective = releases.map(\.isDefective)
    func amount(_ causes: [CostCause]) -> ReleaseBill.Amount? {
      let values = releases.map { release in
        causes.reduce(0) { $0 + release.costs.amount(of: $1, shares) }
      }
      return ReleaseBill.Amount(values, isDefective: isDefective)
    }
    guard let total = amount(causes), let invoice = amount(causes.filter(\.isInvoiced)),
      let estimate = amount(causes.filter { !$0.isInvoiced })
    else { return nil }
    return ReleaseBill(
      strategyName: name,
      lines: causes.compactMap { cause in
        amount([cause]).map { ReleaseBill.Line(cause: cause, amount: $0) }
      },
      invoice: invoice, estimate: estimate, total: total,
      errorBudget: StudentInterval(releases.compactMap(\.errorBudget))?.mean)
  }
}
