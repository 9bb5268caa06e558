import LabUnits

/// What each strategy of a scenario asks for of every scarce thing, against what there is.
public struct CapacityPlan: Sendable {
  /// What the scenario is called.
  public var scenarioName: String
  /// Where every random draw came from.
  public var seed: UInt64
  /// Releases played of each strategy.
  public var replications: Int
  /// The span over which each was watched.
  public var horizon: Span
  /// The time in which a release shall finish; nil: any.
  public var within: Span?
  /// The scarce things, in the order of the needs of every strategy.
  public var entries: [LedgerEntry]
  /// The strategies, in the scenario's order.
  public var strategies: [StrategyNeeds]

  /// What one strategy asks for.
  public struct StrategyNeeds: Sendable {
    /// What reports call it.
    public var name: String
    /// When a typical good release finishes; nil: never.
    public var finish: Span?
    /// Why a good release waits for ever, and what would help; nil if it does not.
    public var standstill: PlanWarning?
    /// What it asks for of each scarce thing.
    public var needs: [Need]
    /// The fleet in a typical good release, step by step.
    public var course: [CoursePoint]
  }

  /// What a strategy asks for of one scarce thing.
  public struct Need: Sendable {
    /// How much is taken while nothing is released.
    public var steady: Double
    /// The most that each release asked for at once, ascending.
    public var peaks: [Double]
    /// When that was, in seconds, ascending by itself.
    public var peakSeconds: [Double]
    /// In how many releases more was asked for than there is.
    public var shortReleases: Int
    /// In those: when that began, in seconds, ascending.
    public var firstShortSeconds: [Double]
    /// In those: for how many seconds it lasted, in the mean; nil if there are none.
    public var meanShortSeconds: Double?
    /// The least limit with which a good release finishes; nil if none does or if nothing waits for it.
    public var leastToFinish: Double?
    /// The least limit with which it finishes in the time that was asked for; nil if none does, or no time was.
    public var leastWithin: Double?

    /// The peak that a share of the releases stays at or below.
    public func peak(_ probability: Double) -> Double {
      Quantile.of(peaks, probability, method: .nearestRank) ?? steady
    }

    /// The most that any release asked for.
    public var worst: Double { peaks.last ?? steady }
  }

  /// How much of each scarce thing is asked for from a time on.
  public struct CoursePoint: Sendable, Hashable {
    /// Since when.
    public var time: Instant
    /// The demand, a number for each entry.
    public var demands: [Double]
  }
}

extension CapacityPlan {
  /// Whether every release finishes, and nothing is refused or idle; that replicas wait on the way does no harm.
  public var fits: Bool {
    strategies.allSatisfy { strategy in
      strategy.standstill == nil
        && zip(entries, strategy.needs).allSatisfy { entry, need in
          need.shortReleases == 0 || entry.shortage == .waits
        }
    }
  }
}
