import LabKernel

/// Wald's sequential test of one failure probability against another, decided as soon as the evidence suffices.
///
/// Wald (1945), "Sequential Tests of Statistical Hypotheses", Annals of Mathematical Statistics 16(2),
/// 117-186, doi:10.1214/aoms/1177731118.
///
///     let test = SequentialProbabilityRatio(healthy: 0.01, defective: 0.02)
///     test.decision(failures: 20, requests: 500)  // .defective
public struct SequentialProbabilityRatio: Sendable, Hashable {
  /// What the evidence says so far.
  public enum Decision: Sendable, Hashable {
    /// The failure probability is the healthy one.
    case healthy
    /// The failure probability is the defective one.
    case defective
    /// More requests are needed.
    case undecided
  }

  /// Above it the candidate is called defective.
  public let upperBoundary: Double
  /// Below it the candidate is called healthy.
  public let lowerBoundary: Double
  /// What a failure adds to the log likelihood ratio.
  public let stepOfFailure: Double
  /// What a success adds to it; negative.
  public let stepOfSuccess: Double

  private let healthy: Double
  private let defective: Double

  /// A test of two failure probabilities.
  ///
  /// - Parameters:
  ///   - healthy: The failure probability of a healthy candidate, above 0.
  ///   - defective: The failure probability that shall be found, above `healthy` and below 1.
  ///   - falseAlarms: The probability of calling a healthy candidate defective.
  ///   - misses: The probability of calling a defective candidate healthy.
  public init(
    healthy: Double, defective: Double, falseAlarms: Double = 0.05, misses: Double = 0.2
  ) {
    precondition(
      0 < healthy && healthy < defective && defective < 1,
      "the failure probabilities must ascend within 0 and 1")
    precondition(
      falseAlarms > 0 && misses > 0 && falseAlarms + misses < 1,
      "the error probabilities must be positive and below 1 together")
    self.healthy = healthy
    self.defective = defective
    upperBoundary = Elementary.logarithm((1 - misses) / falseAlarms)
    lowerBoundary = Elementary.logarithm(misses / (1 - falseAlarms))
    stepOfFailure = Elementary.logarithm(defective / healthy)
    stepOfSuccess = Elementary.logarithmOnePlus((healthy - defective) / (1 - healthy))
  }

  /// The log of how much likelier the counts are from a defective candidate than from a healthy one.
  public func logLikelihoodRatio(failures: Int, requests: Int) -> Double {
    Double(failures) * stepOfFailure + Double(requests - failures) * stepOfSuccess
  }

  /// What counts of failures and requests say.
  public func decision(failures: Int, requests: Int) -> Decision {
    let ratio = logLikelihoodRatio(failures: failures, requests: requests)
    if ratio >= upperBoundary { return .defective }
    return ratio <= lowerBoundary ? .healthy : .undecided
  }

  /// The requests until a decision on a healthy candidate, in the mean.
  ///
  /// Wald's approximation, which leaves out by how much the last request oversteps a boundary.
  public var meanRequestsIfHealthy: Double {
    // The boundaries hold exp(upper) = (1 - misses) / alarms and exp(lower) = misses / (1 - alarms).
    let (up, down) = (Elementary.exponential(upperBoundary), Elementary.exponential(lowerBoundary))
    return meanRequests(crossingUp: (1 - down) / (up - down), at: healthy)
  }

  /// The requests until a decision on a defective candidate, in the mean, by the same approximation.
  public var meanRequestsIfDefective: Double {
    let (up, down) = (
      Elementary.exponential(-upperBoundary), Elementary.exponential(-lowerBoundary)
    )
    return meanRequests(crossingUp: (1 - down) / (up - down), at: defective)
  }

  private func meanRequests(crossingUp: Double, at probability: Double) -> Double {
    (crossingUp * upperBoundary + (1 - crossingUp) * lowerBoundary)
      / (probability * stepOfFailure + (1 - probability) * stepOfSuccess)
  }
}
