/// What a release by one strategy costs, line by line.
public struct ReleaseBill: Sendable {
  /// What reports call the strategy.
  public var strategyName: String
  /// The lines on which anything stands by any strategy, in the order of ``CostCause``.
  public var lines: [Line]
  /// The lines on the invoice, added up.
  public var invoice: Amount
  /// The estimates, added up.
  public var estimate: Amount
  /// Everything.
  public var total: Amount
  /// The mean share of the objective's error budget that a release takes; nil where there is no budget.
  public var errorBudget: Double?

  /// One line.
  public struct Line: Sendable {
    /// Why.
    public var cause: CostCause
    /// How much.
    public var amount: Amount
  }

  /// Dollars of one release.
  public struct Amount: Sendable, Hashable {
    /// The mean over all releases with its 95% interval.
    public var all: StudentInterval
    /// The mean over good releases; nil if there was none.
    public var good: Double?
    /// The mean over defective releases; nil if there was none.
    public var defective: Double?

    /// The amounts of some releases; nil without releases.
    ///
    /// - Parameters:
    ///   - values: The dollars of each release.
    ///   - isDefective: Whether each was defective.
    init?(_ values: [Double], isDefective: [Bool]) {
      guard let all = StudentInterval(values) else { return nil }
      self.all = all
      func mean(_ wanted: Bool) -> Double? {
        StudentInterval(zip(values, isDefective).filter { $0.1 == wanted }.map(\.0))?.mean
      }
      good = mean(false)
      defective = mean(true)
    }
  }
}

/// The bills of all strategies of a scenario, and what they mean for a year.
public struct CostPlan: Sendable {
  /// What the scenario is called.
  public var scenarioName: String
  /// Where every random draw came from.
  public var seed: UInt64
  /// Releases played of each strategy.
  public var replications: Int
  /// How many of them were defective.
  public var defective: Int
  /// The probability that a release is.
  public var defectProbability: Double
  /// The span that is billed, in seconds.
  public var horizonSeconds: Double
  /// What the span costs without a release, in dollars.
  public var steadyCost: Double
  /// The prices: where they come from.
  public var prices: [Assumption]
  /// The span over which the objective is held, in seconds.
  public var objectiveSeconds: Double
  /// The bills, in the scenario's order.
  public var bills: [ReleaseBill]
}
