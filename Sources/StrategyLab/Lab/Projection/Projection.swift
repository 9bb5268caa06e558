import LabStrategies
import LabUnits

/// What one strategy of a scenario will do before anybody runs it: its steps, its fleet, its times.
///
/// It is the play of the real controller with a good release and no chance in it. Start-ups, drains and
/// deliveries of nodes take their *typical* times: spread evenly over their laws (``WorldPace/even``), so that
/// waiting for the slowest of many replicas counts as it does in most releases. The *earliest* finish is
/// that of the same play when they take no time, so that only pauses, probes, routers and the control
/// plane do.
public struct Projection: Sendable, Equatable {
  /// What reports call the strategy.
  public var strategyName: String
  /// Its kind, as scenario files write it.
  public var kind: String
  /// The replicas that the service shall have.
  public var replicas: Int
  /// Whether ``rows`` are steps of the strategy, one each, and not moments chosen from its course.
  public var isStepwise: Bool
  /// The release in stretches, in order of time: a step each, or a wave of replicas each.
  public var rows: [Row]
  /// The release in as many stretches as anything changed, for those who want to see all.
  public var everyRow: [Row]
  /// What the plan comes to.
  public var summary: Summary
  /// Where the plan cannot do what it says, the worst first.
  public var warnings: [PlanWarning]

  /// A plan from its parts.
  public init(
    strategyName: String, kind: String, replicas: Int, isStepwise: Bool, rows: [Row],
    everyRow: [Row], summary: Summary, warnings: [PlanWarning]
  ) {
    self.strategyName = strategyName
    self.kind = kind
    self.replicas = replicas
    self.isStepwise = isStepwise
    self.rows = rows
    self.everyRow = everyRow
    self.summary = summary
    self.warnings = warnings
  }
}

extension Projection {
  /// A stretch of the release, and the fleet as it is when the stretch ends.
  public struct Row: Sendable, Equatable {
    /// The step's number in its strategy; nil if the stretch is no step, 0 for what no number is given to.
    public var number: Int?
    /// What is done in it, or what it leads to; may be empty.
    public var title: String
    /// When it begins.
    public var begin: Instant
    /// When it ends; nil if it never does.
    public var end: Instant?
    /// The share of the traffic that the strategy asks for; nil if the stretch does not speak of it.
    public var wantedWeight: TrafficWeight?
    /// The share of requests that really goes to the candidate at the end, 0 to 1.
    public var trueWeight: Double
    /// Stable's replicas at the end.
    public var stable: ReplicaCounts
    /// The candidate's replicas at the end.
    public var candidate: ReplicaCounts
    /// The most replicas at once that were not gone, from the beginning of the release to the end of the stretch.
    public var peak: Int

    /// A stretch.
    public init(
      number: Int? = nil, title: String, begin: Instant, end: Instant?,
      wantedWeight: TrafficWeight? = nil, trueWeight: Double, stable: ReplicaCounts,
      candidate: ReplicaCounts, peak: Int
    ) {
      self.number = number
      self.title = title
      self.begin = begin
      self.end = end
      self.wantedWeight = wantedWeight
      self.trueWeight = trueWeight
      self.stable = stable
      self.candidate = candidate
      self.peak = peak
    }

    /// Replicas of both versions that are not gone, those that wait for a place included.
    public var total: Int { stable.notGone + candidate.notGone }
  }
}

extension ReplicaCounts {
  /// Replicas that hold a place on a node: starting, ready or terminating.
  public var onNodes: Int { starting + ready + terminating }

  /// The counts of one version without the replicas that the control plane has not created yet.
  ///
  /// The model counts those of both versions together. In a release it is the candidate whose replicas are
  /// created, so that they are the candidate's as far as it has so many that wait.
  ///
  /// - Parameters:
  ///   - uncreated: The replicas of both versions that are not created yet.
  ///   - version: Whose counts these are.
  ///   - other: The counts of the other version.
  /// - Returns: the same counts, with fewer pending ones.
  func created(
    butFor uncreated: Int, _ version: ReleaseVersion, _ other: ReplicaCounts
  ) -> ReplicaCounts {
    let before = version == .candidate ? 0 : min(uncreated, other.pending)
    var counts = self
    counts.pending -= min(pending, uncreated - before)
    return counts
  }
}
