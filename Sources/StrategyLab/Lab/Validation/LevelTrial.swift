/// A scenario played at both levels of detail, the same worlds at each.
public struct LevelTrial: Sendable {
  /// Fewer replications than this say nothing; no budget goes below.
  public static let leastReplications = 3
  /// More replications than this are not needed to see what matters.
  public static let mostReplications = 100

  /// What is played; its level of detail and its replications are the trial's.
  public let scenario: Scenario

  /// The trial of a scenario.
  ///
  /// - Parameters:
  ///   - scenario: What is played.
  ///   - replications: Worlds of each strategy and level.
  public init(scenario: Scenario, replications: Int) {
    var scenario = scenario
    scenario.experiment.replications = replications
    scenario.experiment.precision = nil
    self.scenario = scenario
  }

  /// How many worlds a number of requests pays for, all strategies together, within the limits of this type.
  public static func replications(of scenario: Scenario, requests: Double) -> Int {
    let world =
      scenario.traffic.requests(until: scenario.experiment.horizon)
      * Double(scenario.strategies.count)
    let count = world > 0 ? (requests / world).rounded(.down) : requests
    return Int(min(max(count, Double(leastReplications)), Double(mostReplications)))
  }

  /// Runs of both levels and all strategies together.
  public var runs: Int { 2 * scenario.experiment.replications * scenario.strategies.count }

  /// Plays both levels and compares them.
  ///
  /// - Parameters:
  ///   - threads: How many threads play; the result does not depend on it.
  ///   - shouldStop: Asked before each run; true ends the play early.
  ///   - onProgress: Gets the runs done so far, on the calling thread.
  /// - Returns: the comparison; nil if the play was ended early.
  public func compare(
    threads: Int, shouldStop: @escaping @Sendable () -> Bool = { false },
    onProgress: (Int) -> Void = { _ in }
  ) -> LevelComparison? {
    Self.compare([self], threads: threads, shouldStop: shouldStop, onProgress: onProgress)?.first
  }

  /// Plays both levels of several trials and compares them.
  ///
  /// - Parameters:
  ///   - trials: What is played.
  ///   - threads: How many threads play; the results do not depend on it.
  ///   - shouldStop: Asked before each run; true ends the play early.
  ///   - onProgress: Gets the runs done so far, of all trials together, on the calling thread.
  /// - Returns: the comparisons in the order of the trials; nil if the play was ended early.
  public static func compare(
    _ trials: [LevelTrial], threads: Int,
    shouldStop: @escaping @Sendable () -> Bool = { false }, onProgress: (Int) -> Void = { _ in }
  ) -> [LevelComparison]? {
    let play = LevelPlay(trials)
    guard let runs = play.runs(threads: threads, shouldStop: shouldStop, onProgress: onProgress)
    else { return nil }
    return zip(trials, runs).map { trial, levels in
      LevelComparison(scenario: trial.scenario, flow: levels.flow, request: levels.request)
    }
  }
}
