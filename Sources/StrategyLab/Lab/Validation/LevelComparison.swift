/// Whether both levels of detail agree on a scenario: the same worlds at each, metric by metric.
///
/// Verdicts hold for the table as a whole: with Holm's correction, the probability that levels which agree are
/// said to differ anywhere in it is at most ``familyLevel``.
public struct LevelComparison: Sendable, Equatable {
  /// The probability of even one false "differ" in the table.
  public static let familyLevel = 0.01

  /// The scenario's short name.
  public var scenarioName: String
  /// Where the random draws come from.
  public var seed: UInt64
  /// Worlds that were played by each strategy at each level.
  public var replications: Int
  /// Mean requests of a replication.
  public var requestsPerReplication: Double
  /// The names of the strategies, in the scenario's order.
  public var strategies: [String]
  /// By strategy; in each first the outcomes, then the metrics in their order.
  public var rows: [Row]

  /// A comparison from its parts.
  public init(
    scenarioName: String, seed: UInt64, replications: Int, requestsPerReplication: Double,
    strategies: [String], rows: [Row]
  ) {
    self.scenarioName = scenarioName
    self.seed = seed
    self.replications = replications
    self.requestsPerReplication = requestsPerReplication
    self.strategies = strategies
    self.rows = rows
  }

  /// The rows that were compared: both levels have something to say.
  public var compared: [Row] { rows.filter { $0.verdict == .agree || $0.verdict == .differ } }

  /// How many rows have a verdict.
  public func count(_ verdict: ValidationVerdict) -> Int {
    rows.count { $0.verdict == verdict }
  }

  /// What a row is about.
  public enum Subject: Sendable, Hashable {
    /// The share of replications that end so.
    case outcome(ReleaseOutcome)
    /// The mean of a metric.
    case metric(Metric)

    /// The name in files: that of the metric, or `promoted_share`.
    public var name: String {
      switch self {
      case .outcome(let outcome): "\(outcome.rawValue)_share"
      case .metric(let metric): metric.rawValue
      }
    }

    /// The unit of both means and their difference.
    public var unit: String {
      switch self {
      case .outcome: "fraction"
      case .metric(let metric): metric.unit
      }
    }

    /// Every subject, in the order of the rows.
    public static let all =
      ReleaseOutcome.allCases.map { Subject.outcome($0) }
      + Metric.allCases.map { Subject.metric($0) }
  }

  /// One metric of one strategy.
  public struct Row: Sendable, Equatable {
    /// Which strategy, from 0.
    public var strategyIndex: Int
    /// What is compared.
    public var subject: Subject
    /// The mean at the flow level over the replications that have a value; nil without any.
    public var flowMean: Double?
    /// Replications that have a value at the flow level.
    public var flowCount: Int
    /// The mean at the request level over the replications that have a value; nil without any.
    public var requestMean: Double?
    /// Replications that have a value at the request level.
    public var requestCount: Int
    /// Replications that have a value at both.
    public var pairs: Int
    /// The mean of request minus flow over the pairs; nil without any.
    public var difference: Double?
    /// Half the length of the difference's 99% interval, taken by itself; nil if there are too few pairs.
    public var halfWidth: Double?
    /// Whether the 99% interval holds no difference if the levels are taken as unrelated; nil if there is none.
    public var agreesUnpaired: Bool?
    /// The probability of being so far apart by chance, taken by itself; nil if it cannot be told.
    public var probability: Double?
    /// The same with Holm's correction for all rows of the table.
    public var adjusted: Double?
    /// What it comes to.
    public var verdict: ValidationVerdict

    /// A row from its parts.
    public init(
      strategyIndex: Int, subject: Subject, flowMean: Double?, flowCount: Int,
      requestMean: Double?, requestCount: Int, pairs: Int, difference: Double?,
      halfWidth: Double?, agreesUnpaired: Bool?, probability: Double?, adjusted: Double? = nil,
      verdict: ValidationVerdict
    ) {
      self.strategyIndex = strategyIndex
      self.subject = subject
      self.flowMean = flowMean
      self.flowCount = flowCount
      self.requestMean = requestMean
      self.requestCount = requestCount
      self.pairs = pairs
      self.difference = difference
      self.halfWidth = halfWidth
      self.agreesUnpaired = agreesUnpaired
      self.probability = probability
      self.adjusted = adjusted
      self.verdict = verdict
    }
  }
}
