import StrategyLab

/// What would have to be different for another strategy to be as cheap as the recommended one.
///
/// Everything here is derived from the means of the comparison; their uncertainty is not carried along.
struct BreakEven {
  /// The defect probability at which a rival is as cheap.
  struct Probability {
    /// The rival.
    let rival: Standing
    /// The probability, between 0 and 1.
    let value: Double
    /// Whether the rival is cheaper above it; otherwise below.
    let rivalWinsAbove: Bool
  }

  /// The factor on one part of the cost at which the runner-up is as cheap.
  struct CostFactor {
    /// The part of the cost.
    let metric: Metric
    /// What all costs of that part would be multiplied by.
    let value: Double
  }

  /// The nearest defect probabilities below and above the assumed one at which a rival is as cheap.
  ///
  /// What lies beyond them is left out: there the answer has changed already.
  let probabilities: [Probability]
  /// The part of the cost in which the recommended strategy gains most on the runner-up, and how much.
  let decisivePart: (metric: Metric, gain: Double)?
  /// The factors at which the runner-up is as cheap, the nearest to one first.
  let factors: [CostFactor]
  /// The strategy that is recommended.
  let chosen: Standing
  /// The next best strategy.
  let runnerUp: Standing

  /// The parts that add up to the total cost.
  static let parts: [Metric] = [.extraInfrastructureCost, .failureCost, .peopleCost]

  /// What would change the answer; nil if there is nothing to change it to.
  init?(_ record: ExperimentRecord, _ comparison: Comparison) {
    let standings = Standing.ranked(record, comparison)
    guard let chosen = standings.first(where: \.isRecommended),
      let runnerUp = standings.first(where: {
        $0.summary.strategyIndex == comparison.recommendation.runnerUpIndex
      }), runnerUp.summary.strategyIndex != chosen.summary.strategyIndex
    else { return nil }
    self.chosen = chosen
    self.runnerUp = runnerUp
    let assumed = record.header.defectProbability
    let crossings = standings.filter { !$0.isRecommended }
      .compactMap { Self.probability(chosen: chosen, rival: $0, assumed: assumed) }
      .enumerated().sorted {
        let (left, right) = (
          ($0.element.value - assumed).magnitude, ($1.element.value - assumed).magnitude
        )
        return left == right ? $0.offset < $1.offset : left < right
      }.map(\.element)
    probabilities = [
      crossings.first { $0.rivalWinsAbove }, crossings.first { !$0.rivalWinsAbove },
    ].compactMap { $0 }
    let gains = Self.gains(chosen: chosen, rival: runnerUp)
    decisivePart = gains.max { $0.gain < $1.gain }.flatMap { $0.gain > 0 ? $0 : nil }
    factors = Self.factors(gains)
  }

  /// Solves p·Dc + (1 - p)·Gc = p·Dr + (1 - p)·Gr for p; nil unless that lies strictly between 0 and 1.
  ///
  /// G and D are the mean total costs of good and of defective releases, c is the chosen strategy, r the rival.
  private static func probability(chosen: Standing, rival: Standing, assumed: Double)
    -> Probability?
  {
    let cost = Metric.totalCost.ordinal
    guard let chosenGood = chosen.summary.good[cost]?.mean,
      let chosenDefective = chosen.summary.defectiveReleases[cost]?.mean,
      let rivalGood = rival.summary.good[cost]?.mean,
      let rivalDefective = rival.summary.defectiveReleases[cost]?.mean
    else { return nil }
    let slope = (chosenDefective - chosenGood) - (rivalDefective - rivalGood)
    guard slope != 0 else { return nil }
    let value = (rivalGood - chosenGood) / slope
    let rivalWinsAbove = slope > 0
    guard value > 0, value < 1, rivalWinsAbove ? value > assumed : value < assumed
    else { return nil }
    return Probability(rival: rival, value: value, rivalWinsAbove: rivalWinsAbove)
  }

  private static func gains(chosen: Standing, rival: Standing) -> [(metric: Metric, gain: Double)] {
    parts.compactMap { part in
      guard let own = chosen.summary[part]?.mean, let other = rival.summary[part]?.mean
      else { return nil }
      return (metric: part, gain: other - own)
    }
  }

  /// Solves gain(part)·k + gains(other parts) = 0 for k.
  private static func factors(_ gains: [(metric: Metric, gain: Double)]) -> [CostFactor] {
    guard gains.count == parts.count else { return [] }
    let total = gains.reduce(0) { $0 + $1.gain }
    return gains.compactMap { part -> CostFactor? in
      guard part.gain != 0 else { return nil }
      let value = -(total - part.gain) / part.gain
      return value > 0 && value < 100 && value != 1
        ? CostFactor(metric: part.metric, value: value) : nil
    }.sorted { distance($0.value) < distance($1.value) }
  }

  /// How far a factor is from one, the same for a half and for the double.
  private static func distance(_ factor: Double) -> Double { factor < 1 ? 1 / factor : factor }
}
