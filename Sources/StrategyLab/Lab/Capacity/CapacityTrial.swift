import LabStrategies
import LabUnits

/// Plays the releases of a scenario and keeps the books of every scarce thing.
public struct CapacityTrial: Sendable {
  /// What is played.
  public let scenario: Scenario
  /// The time in which a release shall finish; nil: any.
  public let within: Span?

  /// The trial of a scenario.
  public init(scenario: Scenario, within: Span? = nil) {
    self.scenario = scenario
    self.within = within
  }

  /// Runs of all strategies together.
  public var runs: Int { scenario.strategies.count * scenario.experiment.replications }

  /// Plays all releases.
  ///
  /// - Parameters:
  ///   - threads: How many threads play; the plan does not depend on it.
  ///   - shouldStop: Asked before each run; true ends the play early.
  ///   - onProgress: Gets the runs done so far, on the calling thread, after each strategy.
  /// - Returns: the plan; nil if the play was ended early.
  /// - Complexity: one run for each strategy and replication, and some plays without chance for each strategy.
  public func plan(
    threads: Int, shouldStop: @Sendable () -> Bool = { false }, onProgress: (Int) -> Void = { _ in }
  ) -> CapacityPlan? {
    let entries = scenario.ledger
    let experiment = Experiment(scenario: scenario)
    let stage = ProjectionStage(scenario)
    var strategies: [CapacityPlan.StrategyNeeds] = []
    for index in scenario.strategies.indices {
      guard let runs = play(index, of: experiment, entries, threads: threads, shouldStop) else {
        return nil
      }
      let projection = Projection(index, on: stage)
      let places = LeastPlaces(scenario, strategy: index)
      let least = (
        any: places.finishing(), within: within.flatMap { places.finishing(within: $0) }
      )
      strategies.append(
        CapacityPlan.StrategyNeeds(
          name: scenario.strategies[index].name, finish: projection.summary.typicalFinish,
          standstill: projection.warnings.first { $0.code == .neverFinishes },
          needs: entries.indices.map { number in
            need(entries[number], runs.map { $0[number] }, least)
          },
          course: course(of: index, on: stage, entries)))
      onProgress(strategies.count * scenario.experiment.replications)
    }
    return CapacityPlan(
      scenarioName: scenario.name, seed: scenario.experiment.seed,
      replications: scenario.experiment.replications, horizon: scenario.experiment.horizon,
      within: within, entries: entries, strategies: strategies)
  }

  /// The extremes of every replication of one strategy, an entry each.
  private func play(
    _ index: Int, of experiment: Experiment, _ entries: [LedgerEntry], threads: Int,
    _ shouldStop: @Sendable () -> Bool
  ) -> [[LedgerExtremes]]? {
    let horizon = Instant.zero + scenario.experiment.horizon
    return ReplicationPlay(count: scenario.experiment.replications, threads: threads)
      .map(shouldStop: shouldStop) { replication, used in
        let course = experiment.course(
          strategyIndex: index, replication: replication, after: &used)
        return entries.compactMap { LedgerExtremes($0, course, until: horizon) }
      }
  }

  private func need(
    _ entry: LedgerEntry, _ extremes: [LedgerExtremes], _ least: (any: Int?, within: Int?)
  ) -> CapacityPlan.Need {
    let short = extremes.filter { $0.firstShort != nil }
    let seconds = short.map { Double($0.shortNanoseconds) / 1e9 }
    func limit(_ places: Int?) -> Double? {
      guard entry.shortage == .waits, let places else { return nil }
      guard entry.takers == .nodes else { return entry.others + entry.each * Double(places) }
      let perNode = max(1, scenario.replicasPerNode)
      return Double(max((places + perNode - 1) / perNode, scenario.initialNodes))
    }
    let steadyTakers = entry.takers == .nodes ? scenario.initialNodes : scenario.service.replicas
    return CapacityPlan.Need(
      steady: entry.others + entry.each * Double(steadyTakers),
      peaks: extremes.map(\.peak).sorted(),
      peakSeconds: extremes.map { ($0.peakTime - .zero).seconds }.sorted(),
      shortReleases: short.count,
      firstShortSeconds: short.compactMap { $0.firstShort.map { ($0 - .zero).seconds } }.sorted(),
      meanShortSeconds: seconds.isEmpty ? nil : seconds.reduce(0, +) / Double(seconds.count),
      leastToFinish: limit(least.any), leastWithin: limit(least.within))
  }

  private func course(
    of index: Int, on stage: ProjectionStage, _ entries: [LedgerEntry]
  ) -> [CapacityPlan.CoursePoint] {
    let play = stage.play(index, pace: .even, isPatient: false)
    return play.course.steps.map { step in
      CapacityPlan.CoursePoint(time: step.time, demands: entries.map { $0.demand(at: step) })
    }
  }
}
