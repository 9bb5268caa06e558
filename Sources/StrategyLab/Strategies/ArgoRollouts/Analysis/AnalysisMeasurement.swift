import LabUnits

/// The rules by which one measurement is judged.
public enum AnalysisMeasurement {
  /// What became of a condition.
  public enum Condition: Sendable, Hashable {
    /// It does not hold.
    case no
    /// It holds.
    case yes
    /// It could not be evaluated.
    case broken
  }

  /// The phase of a measurement whose conditions came out so; nil for a condition that is not given.
  ///
  ///     phase(success: .yes, failure: nil)   // successful
  ///     phase(success: .no, failure: .no)    // inconclusive
  ///     phase(success: .yes, failure: .yes)  // failed
  ///
  /// Source: Argo Rollouts, utils/evaluate/evaluate.go, `EvaluateResult`.
  public static func phase(success: Condition?, failure: Condition?) -> AnalysisPhase {
    if success == .broken || failure == .broken { return .error }
    switch (success, failure) {
    case (nil, nil): return .successful
    case (let success?, nil): return success == .yes ? .successful : .failed
    case (nil, let failure?): return failure == .yes ? .failed : .successful
    case (let success?, let failure?):
      if failure == .yes { return .failed }
      return success == .yes ? .successful : .inconclusive
    }
  }

  /// The phase of a measurement of what the candidate answered.
  ///
  /// Without a single request the query has no answer, and its conditions cannot be evaluated.
  public static func phase(
    of counts: MetricSample.Counts, for metric: AnalysisMetric
  ) -> AnalysisPhase {
    guard counts.requests > 0 else { return .error }
    let bad = metric.of == .failures ? counts.failed : counts.slow
    func isAbove(_ share: Share) -> Bool {
      // In 128 bits, so that no count is too large for exact arithmetic.
      let left = Int64(bad).multipliedFullWidth(by: 1_000_000)
      let right = share.millionths.multipliedFullWidth(by: Int64(counts.requests))
      return (left.high, left.low) > (right.high, right.low)
    }
    return phase(
      success: metric.successMaximum.map { isAbove($0) ? .no : .yes },
      failure: metric.failureAbove.map { isAbove($0) ? .yes : .no })
  }
}
