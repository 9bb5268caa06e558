import LabUnits

/// Whether the runs so far give the mean total costs as precisely as asked for.
///
/// Checked as runs come in, the rule stops a little early now and then, so that intervals hold slightly less often than
/// they say; the effect vanishes with the number of runs: Chow and Robbins (1965), "On the Asymptotic Theory
/// of Fixed-Width Sequential Confidence Intervals for the Mean", Annals of Mathematical Statistics 36(2),
/// 457-462, doi:10.1214/aoms/1177700156.
public enum MeanPrecision {
  /// Whether the 95% half-width of the mean of some total costs is at most a share of its size.
  ///
  /// - Parameters:
  ///   - costs: The total costs of one strategy.
  ///   - precision: The largest half-width, as a share of the mean.
  /// - Returns: false for fewer than two total costs.
  public static func isReached(costs: [Double], precision: Share) -> Bool {
    guard costs.count > 1, let interval = StudentInterval(costs) else { return false }
    return interval.halfWidth <= precision.fraction * interval.mean.magnitude
  }
}
