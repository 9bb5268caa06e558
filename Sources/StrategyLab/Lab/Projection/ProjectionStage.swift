import LabStrategies
import LabUnits

/// Where the strategies of one scenario are played for their plans.
struct ProjectionStage {
  let scenario: Scenario
  /// The scenario with nothing wrong, as far as a usual release reaches.
  private let compiled: CompiledScenario
  /// How much further a release that has not ended is watched before it is said never to.
  private static let patience = Span.hours(48)

  init(_ scenario: Scenario) {
    self.scenario = scenario
    let longest = scenario.strategies.map(\.strategy.leastDuration).max() ?? .zero
    let horizon = max(scenario.experiment.horizon, longest + .hours(2))
    compiled = CompiledScenario(scenario.still(until: horizon))
  }

  /// Plays a strategy until it has ended, or until nobody would wait any longer.
  ///
  /// - Parameters:
  ///   - index: which strategy of the scenario, from 0.
  ///   - pace: what start-ups, drains and nodes take.
  ///   - rollback: when the release is ordered to be undone; nil: never.
  ///   - isPatient: whether a release that has not ended within the usual time is watched for longer.
  /// - Returns: the play, at its horizon.
  func play(
    _ index: Int, pace: WorldPace, rollback: Instant? = nil, isPatient: Bool = true
  ) -> Simulation {
    let usual = play(index, compiled, pace, rollback)
    guard usual.end == nil, isPatient else { return usual }
    let horizon = compiled.scenario.experiment.horizon
    let longer = horizon + max(horizon, Self.patience)
    return play(index, CompiledScenario(scenario.still(until: longer)), pace, rollback)
  }

  private func play(
    _ index: Int, _ compiled: CompiledScenario, _ pace: WorldPace, _ rollback: Instant?
  ) -> Simulation {
    var simulation = Simulation(
      compiled: compiled, strategyIndex: index, world: World(pace: pace),
      recordsTimeline: pace == .even && rollback == nil)
    simulation.keepsCourse = pace == .even
    if let rollback {
      simulation.schedule(.decision, ReleaseWatch.PageCause.plan.rawValue, at: rollback)
    }
    simulation.run()
    return simulation
  }
}
