import Dispatch
import LabKernel
import LabStrategies
import LabUnits
import Synchronization

/// All plays of all strategies of a scenario: the same worlds for every strategy, on as many threads as there are.
///
/// A run depends on nothing but the scenario, the seed and its own number, so threads share no state but
/// the list of what is still to do, and results are the same whatever their number.
public struct Experiment: Sendable {
  /// Replications that one batch holds; the unit in which results are handed over, stored and resumed.
  public static let batchReplications = 50

  /// The scenario that is played.
  public let scenario: Scenario
  let compiled: CompiledScenario

  /// The experiment that a scenario plans.
  public init(scenario: Scenario) {
    self.scenario = scenario
    compiled = CompiledScenario(scenario)
  }

  /// Plays one replication of one strategy and writes down what happens.
  ///
  /// - Parameters:
  ///   - strategyIndex: which strategy of the scenario, from 0.
  ///   - replication: which world, from 0.
  ///   - forcedDefect: a defect that is there, or not, whatever the world draws.
  /// - Returns: what was measured, and what happened moment by moment.
  public func play(strategyIndex: Int, replication: Int, forcedDefect: ForcedDefect? = nil)
    -> (run: RunResult, timeline: Timeline)
  {
    let simulation = recorded(
      strategyIndex: strategyIndex, replication: replication, forcedDefect: forcedDefect)
    let run = simulation.result()
    let timeline = Timeline(
      strategyIndex: strategyIndex, replication: replication, defect: run.defect,
      rows: simulation.rows ?? [])
    return (run, timeline)
  }

  /// The steps that one strategy begins in one replication, in order of time.
  func steps(strategyIndex: Int, replication: Int, forcedDefect: ForcedDefect? = nil) -> [StepMark]
  {
    recorded(
      strategyIndex: strategyIndex, replication: replication, forcedDefect: forcedDefect
    ).steps ?? []
  }

  private func recorded(
    strategyIndex: Int, replication: Int, forcedDefect: ForcedDefect?
  ) -> Simulation {
    let world = World(
      seed: scenario.experiment.seed, replication: replication, risk: scenario.release,
      forced: forcedDefect)
    var simulation = Simulation(
      compiled: compiled, strategyIndex: strategyIndex, world: world, recordsTimeline: true)
    simulation.run()
    return simulation
  }

  /// Plays one replication of one strategy.
  func result(strategyIndex: Int, replication: Int) -> RunResult {
    var none: Simulation?
    return result(strategyIndex: strategyIndex, replication: replication, after: &none)
  }

  /// Plays one replication of one strategy after others.
  ///
  /// - Parameters:
  ///   - strategyIndex: which strategy of the scenario, from 0.
  ///   - replication: which world, from 0.
  ///   - used: a simulation that was played, whose memory is used again; nil at first.
  /// - Returns: what was measured.
  func result(strategyIndex: Int, replication: Int, after used: inout Simulation?) -> RunResult {
    let world = World(
      seed: scenario.experiment.seed, replication: replication, risk: scenario.release)
    var simulation = Simulation(compiled: compiled, strategyIndex: strategyIndex, world: world)
    used?.giveMemory(to: &simulation)
    simulation.run()
    let result = simulation.result()
    used = consume simulation
    // Its users and sessions are the replication's own, and those of the next one need the room.
    used?.requests = nil
    return result
  }

  /// Plays one replication of one strategy, and keeps how many replicas and nodes there were.
  ///
  /// - Parameters:
  ///   - strategyIndex: which strategy of the scenario, from 0.
  ///   - replication: which world, from 0.
  ///   - used: a simulation that was played, whose memory is used again; nil at first.
  /// - Returns: the fleet as a step function of time.
  func course(strategyIndex: Int, replication: Int, after used: inout Simulation?) -> FleetCourse {
    let world = World(
      seed: scenario.experiment.seed, replication: replication, risk: scenario.release)
    var simulation = Simulation(compiled: compiled, strategyIndex: strategyIndex, world: world)
    used?.giveMemory(to: &simulation)
    simulation.keepsCourse = true
    simulation.run()
    let course = simulation.course
    used = consume simulation
    used?.requests = nil
    return course
  }

  /// Plays one replication of one strategy, and keeps what it cost, cause by cause.
  ///
  /// - Parameters:
  ///   - strategyIndex: which strategy of the scenario, from 0.
  ///   - replication: which world, from 0.
  ///   - used: a simulation that was played, whose memory is used again; nil at first.
  /// - Returns: what was measured, and what it cost.
  func costs(strategyIndex: Int, replication: Int, after used: inout Simulation?)
    -> (run: RunResult, costs: ReleaseCosts)
  {
    let world = World(
      seed: scenario.experiment.seed, replication: replication, risk: scenario.release)
    var simulation = Simulation(compiled: compiled, strategyIndex: strategyIndex, world: world)
    used?.giveMemory(to: &simulation)
    simulation.run()
    let result = (simulation.result(), simulation.costs)
    used = consume simulation
    used?.requests = nil
    return result
  }

  /// The timelines that a report shows: for each strategy the first good release, and the first defective one that was rolled back, or else the first defective one.
  ///
  /// - Parameter runs: the runs of the experiment.
  /// - Returns: timelines in the order of the strategies, good before defective.
  public func timelines(of runs: [RunResult]) -> [Timeline] {
    var timelines: [Timeline] = []
    for strategyIndex in scenario.strategies.indices {
      let mine = runs.filter { $0.strategyIndex == strategyIndex }
      let good = mine.first { $0.defect == nil }
      let bad =
        mine.first { $0.defect != nil && $0.outcome == .rolledBack }
        ?? mine.first { $0.defect != nil }
      for run in [good, bad].compactMap({ $0 }) {
        timelines.append(
          play(strategyIndex: strategyIndex, replication: run.replication).timeline)
      }
    }
    return timelines
  }
}
