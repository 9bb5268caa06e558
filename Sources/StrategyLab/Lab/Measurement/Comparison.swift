import LabUnits

/// What the runs of an experiment say about its strategies.
public struct Comparison: Sendable, Equatable {
  /// One summary a strategy, in the experiment's order.
  public var strategies: [StrategySummary]
  /// The paired differences of every strategy but the baseline to the baseline, by strategy, then by metric; only where both values exist in at least two replications.
  public var differences: [PairedDifference]
  /// Which strategy to choose.
  public var recommendation: Recommendation

  /// A comparison from its parts.
  public init(
    strategies: [StrategySummary], differences: [PairedDifference], recommendation: Recommendation
  ) {
    self.strategies = strategies
    self.differences = differences
    self.recommendation = recommendation
  }

  /// The strategies whose mean total cost is known less precisely than a share of itself, from 0, in their order.
  public func strategiesMissing(precision: Share) -> [Int] {
    strategies.filter { summary in
      guard let cost = summary[.totalCost] else { return false }
      return (cost.high - cost.low) / 2 > precision.fraction * cost.mean.magnitude
    }.map(\.strategyIndex)
  }

  /// What the runs say about one strategy.
  public struct StrategySummary: Sendable, Equatable {
    /// Which strategy, from 0.
    public var strategyIndex: Int
    /// How many replications were played.
    public var replications: Int
    /// How many of them had a defect.
    public var defective: Int
    /// How many ended in each way.
    public var outcomes: [ReleaseOutcome: Int]
    /// How many good releases ended in each way.
    public var goodOutcomes: [ReleaseOutcome: Int]
    /// How many defective releases ended in each way.
    public var defectiveOutcomes: [ReleaseOutcome: Int]
    /// Every metric over all replications, in the order of `Metric.allCases`; nil where no replication has it.
    public var all: [MetricSummary?]
    /// The same over good releases.
    public var good: [MetricSummary?]
    /// The same over defective releases.
    public var defectiveReleases: [MetricSummary?]
    /// The reasons of stalled replications, most frequent first, with their numbers.
    public var stallReasons: [StallCount]
    /// The probability that this strategy has the least expected total cost.
    public var probabilityBest: Double

    /// A summary from its parts.
    public init(
      strategyIndex: Int, replications: Int, defective: Int, outcomes: [ReleaseOutcome: Int],
      goodOutcomes: [ReleaseOutcome: Int], defectiveOutcomes: [ReleaseOutcome: Int],
      all: [MetricSummary?], good: [MetricSummary?], defectiveReleases: [MetricSummary?],
      stallReasons: [StallCount], probabilityBest: Double
    ) {
      self.strategyIndex = strategyIndex
      self.replications = replications
      self.defective = defective
      self.outcomes = outcomes
      self.goodOutcomes = goodOutcomes
      self.defectiveOutcomes = defectiveOutcomes
      self.all = all
      self.good = good
      self.defectiveReleases = defectiveReleases
      self.stallReasons = stallReasons
      self.probabilityBest = probabilityBest
    }

    /// The summary of a metric over all replications.
    public subscript(metric: Metric) -> MetricSummary? { all[metric.ordinal] }
  }

  /// How often a reason for stalling occurred.
  public struct StallCount: Sendable, Equatable {
    /// The reason.
    public var reason: String
    /// Replications that stalled for it.
    public var count: Int

    /// A reason and its number.
    public init(reason: String, count: Int) {
      self.reason = reason
      self.count = count
    }
  }

  /// The difference between a strategy and the baseline, replication by replication.
  public struct PairedDifference: Sendable, Equatable {
    /// Which strategy, from 0.
    public var strategyIndex: Int
    /// Which metric.
    public var metric: Metric
    /// Replications in which both have a value.
    public var count: Int
    /// Mean of strategy minus baseline.
    public var mean: Double
    /// Lower end of the 95% interval of the mean, corrected for the number of strategies compared.
    public var low: Double
    /// Upper end of the same interval.
    public var high: Double

    /// A paired difference.
    public init(
      strategyIndex: Int, metric: Metric, count: Int, mean: Double, low: Double, high: Double
    ) {
      self.strategyIndex = strategyIndex
      self.metric = metric
      self.count = count
      self.mean = mean
      self.low = low
      self.high = high
    }
  }

  /// Which strategy to choose, and how sure that is.
  public struct Recommendation: Sendable, Equatable {
    /// The strategy with the least expected total cost, from 0.
    public var strategyIndex: Int
    /// The next one; nil if there is only one strategy.
    public var runnerUpIndex: Int?
    /// The probability that the recommended one really has the least expected total cost.
    public var probabilityBest: Double
    /// Whether the evidence separates the recommended strategy from the runner-up.
    public var isSeparated: Bool
    /// Two sentences for people: the reason; the runner-up and how sure it is.
    public var sentences: [String]

    /// A recommendation.
    public init(
      strategyIndex: Int, runnerUpIndex: Int?, probabilityBest: Double, isSeparated: Bool,
      sentences: [String]
    ) {
      self.strategyIndex = strategyIndex
      self.runnerUpIndex = runnerUpIndex
      self.probabilityBest = probabilityBest
      self.isSeparated = isSeparated
      self.sentences = sentences
    }
  }
}

/// A metric over a set of replications.
public struct MetricSummary: Sendable, Equatable {
  /// Replications that have a value.
  public var count: Int
  /// Their mean.
  public var mean: Double
  /// Lower end of the 95% interval of the mean; equal to the mean for a single value.
  public var low: Double
  /// Upper end of the same interval.
  public var high: Double
  /// The median.
  public var p50: Double
  /// The 95th percentile.
  public var p95: Double

  /// A summary of a metric.
  public init(count: Int, mean: Double, low: Double, high: Double, p50: Double, p95: Double) {
    self.count = count
    self.mean = mean
    self.low = low
    self.high = high
    self.p50 = p50
    self.p95 = p95
  }
}
