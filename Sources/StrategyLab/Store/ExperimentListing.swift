/// A line of the list of a store's experiments.
public struct ExperimentListing: Sendable, Equatable, Identifiable {
  /// The experiment's number; numbers rise and are never used again.
  public var id: Int64
  /// The scenario's short name.
  public var scenarioName: String
  /// The scenario's title.
  public var scenarioTitle: String
  /// Where the random draws come from.
  public var seed: UInt64
  /// How many strategies are compared.
  public var strategies: Int
  /// How many runs are stored, of all strategies together.
  public var runsStored: Int
  /// How many replications are planned for each strategy; with a precision the most that are played.
  public var replicationsPlanned: Int
  /// Whether the experiment was played to its end; otherwise it can be resumed.
  public var isComplete: Bool
  /// The version of the program that began it.
  public var programVersion: String

  /// A line of the list.
  public init(
    id: Int64, scenarioName: String, scenarioTitle: String, seed: UInt64, strategies: Int,
    runsStored: Int, replicationsPlanned: Int, isComplete: Bool, programVersion: String
  ) {
    self.id = id
    self.scenarioName = scenarioName
    self.scenarioTitle = scenarioTitle
    self.seed = seed
    self.strategies = strategies
    self.runsStored = runsStored
    self.replicationsPlanned = replicationsPlanned
    self.isComplete = isComplete
    self.programVersion = programVersion
  }
}
