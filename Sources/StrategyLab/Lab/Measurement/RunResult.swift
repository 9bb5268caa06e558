import LabStrategies
import LabUnits

/// How a replication ended at the horizon.
public enum ReleaseOutcome: String, Sendable, Hashable, CaseIterable, Codable {
  /// The candidate serves, and the controller has finished.
  case promoted
  /// Stable serves again.
  case rolledBack = "rolled_back"
  /// Neither: the controller still waits for something.
  case stalled
}

/// What one replication of one strategy came to.
public struct RunResult: Sendable, Equatable {
  /// Which strategy of the experiment was played, from 0.
  public var strategyIndex: Int
  /// Which world it was played in, from 0; the same number means the same world for every strategy.
  public var replication: Int
  /// How it ended.
  public var outcome: ReleaseOutcome
  /// The name of the defect that the world drew; nil for a good release.
  public var defect: String?
  /// What a stalled release still waited for, for people to read; nil for the others.
  public var stallReason: String?
  /// What was measured.
  public var metrics: MetricValues

  /// The result of a replication.
  public init(
    strategyIndex: Int, replication: Int, outcome: ReleaseOutcome, defect: String? = nil,
    stallReason: String? = nil, metrics: MetricValues
  ) {
    self.strategyIndex = strategyIndex
    self.replication = replication
    self.outcome = outcome
    self.defect = defect
    self.stallReason = stallReason
    self.metrics = metrics
  }
}
