import LabStrategies
import LabUnits

/// What happened in one replication, moment by moment.
public struct Timeline: Sendable, Equatable {
  /// Which strategy of the experiment was played, from 0.
  public var strategyIndex: Int
  /// Which replication it is.
  public var replication: Int
  /// The name of the defect that the world drew; nil for a good release.
  public var defect: String?
  /// What happened, in order of time; never empty, and several rows may share an instant.
  public var rows: [Row]

  /// The fleet after something happened; it stays so until the next row.
  public struct Row: Sendable, Equatable {
    /// When it happened.
    public var time: Instant
    /// What happened; empty where only the counts changed.
    public var event: String
    /// Stable's replicas.
    public var stable: ReplicaCounts
    /// The candidate's replicas.
    public var candidate: ReplicaCounts
    /// The share of requests that really goes to the candidate, 0 to 1.
    public var candidateWeight: Double

    /// A row of a timeline.
    public init(
      time: Instant, event: String, stable: ReplicaCounts, candidate: ReplicaCounts,
      candidateWeight: Double
    ) {
      self.time = time
      self.event = event
      self.stable = stable
      self.candidate = candidate
      self.candidateWeight = candidateWeight
    }
  }

  /// The timeline of a replication.
  public init(strategyIndex: Int, replication: Int, defect: String? = nil, rows: [Row]) {
    self.strategyIndex = strategyIndex
    self.replication = replication
    self.defect = defect
    self.rows = rows
  }
}
