/// Reference systems played request by request and held against their closed forms.
///
/// Each measure of each system gets one 99.9% interval a seed. An interval misses the closed form with a probability of one in
/// a thousand even if all is well, so the misses are counted and held against chance.
public struct ReferenceCheck: Sendable, Equatable {
  /// The confidence of each seed's interval.
  public static let confidence = 0.999
  /// The probability of even one false "differ" in the table.
  public static let familyLevel = 0.01

  /// How much is played.
  public struct Effort: Sendable, Hashable {
    /// Seeds; each gives one interval a measure.
    public var seeds: Int
    /// Independent replications of each seed, whose means make its interval.
    public var replications: Int
    /// Requests that are measured in each replication, after those that only warm it up.
    public var requests: Int

    /// So many seeds, replications and requests.
    public init(seeds: Int, replications: Int, requests: Int) {
      self.seeds = seeds
      self.replications = replications
      self.requests = requests
    }

    /// What the command plays.
    public static let standard = Effort(seeds: 30, replications: 20, requests: 20_000)
  }

  /// The first seed; the others follow it.
  public var seed: UInt64
  /// How much was played.
  public var effort: Effort
  /// By system, then by measure.
  public var rows: [Row]

  /// A check from its parts.
  public init(seed: UInt64, effort: Effort, rows: [Row]) {
    self.seed = seed
    self.effort = effort
    self.rows = rows
  }

  /// How many rows have a verdict.
  public func count(_ verdict: ValidationVerdict) -> Int {
    rows.count { $0.verdict == verdict }
  }

  /// All intervals of all measures.
  public var intervals: Int { rows.count * effort.seeds }

  /// The intervals that miss their closed form.
  public var misses: Int { rows.reduce(0) { $0 + $1.misses } }

  /// The misses that are expected if every closed form is met.
  public var expectedMisses: Double { Double(intervals) * (1 - Self.confidence) }

  /// The probability of at least so many misses by chance, the intervals taken as independent.
  public var missProbability: Double {
    BinomialDistribution.atLeast(misses, trials: intervals, probability: 1 - Self.confidence)
  }

  /// The most misses that chance exceeds in less than one case in a hundred.
  public var mostMisses: Int {
    var count = 0
    while BinomialDistribution.atLeast(
      count + 1, trials: intervals, probability: 1 - Self.confidence) >= Self.familyLevel
    {
      count += 1
    }
    return count
  }

  /// Whether no measure differs, and no more intervals miss than chance explains.
  public var isPassed: Bool { count(.differ) == 0 && misses <= mostMisses }

  /// One measure of one system.
  public struct Row: Sendable, Equatable {
    /// The system in Kendall's notation: `M/M/1`.
    public var system: String
    /// What arrives and who serves, in words.
    public var setting: String
    /// What is measured: `mean wait`.
    public var measure: String
    /// The unit: `seconds`, `fraction` or `requests`.
    public var unit: String
    /// The value of the closed form.
    public var expected: Double
    /// The mean over all replications of all seeds.
    public var mean: Double
    /// Half the length of the mean's 99.9% interval.
    public var halfWidth: Double
    /// Seeds whose interval does not hold the closed form.
    public var misses: Int
    /// The probability of so many misses or of so distant a mean by chance.
    public var probability: Double
    /// The same with Holm's correction for all rows of the table.
    public var adjusted: Double
    /// What it comes to.
    public var verdict: ValidationVerdict

    /// A row from its parts.
    public init(
      system: String, setting: String, measure: String, unit: String, expected: Double,
      mean: Double, halfWidth: Double, misses: Int, probability: Double, adjusted: Double = 1,
      verdict: ValidationVerdict = .agree
    ) {
      self.system = system
      self.setting = setting
      self.measure = measure
      self.unit = unit
      self.expected = expected
      self.mean = mean
      self.halfWidth = halfWidth
      self.misses = misses
      self.probability = probability
      self.adjusted = adjusted
      self.verdict = verdict
    }

    /// Played mean minus closed form.
    public var difference: Double { mean - expected }
  }
}
