import LabUnits

/// Whether the runs so far give the mean total costs as precisely as asked for.
///
/// Checked as runs come in, the rule stops a little early now and then, so that intervals hold slightly less often than
/// they say; the effect vanishes with the number of runs: Chow and Robbins (1965), "On the Asymptotic Theory
/// of Fixed-Width Sequential Confidence Intervals for the Mean", Annals of Mathematical Statistics 36(2),
/// 457-462, doi:10.1214/aoms/1177700156.
public enum MeanPrecision {
  /// Whether every strategy's mean total cost has a 95% half-width of at most a share of its size.
  ///
  /// - Parameters:
  ///   - runs: The runs so far, in any order; those without a total cost are left out.
  ///   - strategyCount: How many strategies there are.
  ///   - precision: The largest half-width, as a share of the mean.
  /// - Returns: false as long as a strategy has fewer than two total costs.
  public static func isReached(
    runs: some Sequence<RunResult>, strategyCount: Int, precision: Share
  ) -> Bool {
    var costs: [[Double]] = Array(repeating: [], count: strategyCount)
    for run in runs where costs.indices.contains(run.strategyIndex) {
      guard let cost = run.metrics[.totalCost] else { continue }
      costs[run.strategyIndex].append(cost)
    }
    return costs.allSatisfy { isReached(costs: $0, precision: precision) }
  }

  /// Whether the strategies of an experiment have it.
  public static func isReached(record: ExperimentRecord, precision: Share) -> Bool {
    isReached(
      runs: record.runs, strategyCount: record.header.strategies.count, precision: precision)
  }

  /// Whether one strategy's total costs have it.
  public static func isReached(costs: [Double], precision: Share) -> Bool {
    guard costs.count > 1, let interval = StudentInterval(costs) else { return false }
    return interval.halfWidth <= precision.fraction * interval.mean.magnitude
  }

  /// The half-width of the 95% interval of the mean of some values; nil with fewer than two.
  public static func halfWidth(_ values: [Double]) -> Double? {
    values.count > 1 ? StudentInterval(values)?.halfWidth : nil
  }
}
