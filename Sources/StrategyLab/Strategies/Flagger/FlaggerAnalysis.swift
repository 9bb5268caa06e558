import LabUnits

/// How a Canary of Flagger brings a revision to its users: the numbers of `spec.analysis`.
///
/// Weights are whole percent of the traffic, as in the manifest. What is left out is as upstream fills it in.
///
/// Source: Flagger, pkg/apis/flagger/v1beta1/canary.go, `CanaryAnalysis`.
public struct FlaggerAnalysis: Sendable, Hashable {
  /// How the analysis moves traffic.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// A growing share of all requests goes to the canary.
    case canary
    /// Only requests that match go to the canary, all of them.
    case abTesting = "ab-testing"
    /// No request goes to the canary until every check has passed.
    case blueGreen = "blue-green"
  }

  /// Failed checks at which the next tick rolls back.
  public var threshold: Int
  /// What each tick adds to the canary's weight; 0 if it is not given.
  public var stepWeight: Int
  /// The canary's weights one after the other; they count only without ``stepWeight``.
  public var stepWeights: [Int]
  /// The weight at which the canary is promoted; 0 if it is not given.
  public var maxWeight: Int
  /// What each tick gives back to the primary after the promotion; 0 gives everything back at once.
  public var stepWeightPromotion: Int
  /// Ticks of checks in A/B and blue/green; 0 if it is not given.
  public var iterations: Int
  /// Whether conditions say which requests go to the canary.
  public var hasMatch: Bool
  /// Whether requests are copied to the canary before it answers any.
  public var mirrors: Bool
  /// Whether the canary is promoted as soon as it is ready.
  public var skipsAnalysis: Bool
  /// Whether nothing but Services of Kubernetes routes the traffic.
  public var isKubernetes: Bool

  /// An analysis; a threshold below 1 counts as 1.
  public init(
    threshold: Int = 1, stepWeight: Int = 0, stepWeights: [Int] = [], maxWeight: Int = 0,
    stepWeightPromotion: Int = 0, iterations: Int = 0, hasMatch: Bool = false,
    mirrors: Bool = false, skipsAnalysis: Bool = false, isKubernetes: Bool = false
  ) {
    self.threshold = max(1, threshold)
    self.stepWeight = stepWeight
    self.stepWeights = stepWeights
    self.maxWeight = maxWeight
    self.stepWeightPromotion = stepWeightPromotion
    self.iterations = iterations
    self.hasMatch = hasMatch
    self.mirrors = mirrors
    self.skipsAnalysis = skipsAnalysis
    self.isKubernetes = isKubernetes
  }

  /// The strategy that the numbers choose.
  ///
  /// Source: Flagger, pkg/apis/flagger/v1beta1/canary.go, `DeploymentStrategy`.
  public var mode: Mode {
    guard iterations > 0 else { return .canary }
    return hasMatch ? .abTesting : .blueGreen
  }

  /// The numbers that count when Services alone route: conditions are dropped, and at least 10 iterations run.
  ///
  /// Source: Flagger, pkg/controller/scheduler.go, `advanceCanary`.
  public var effective: FlaggerAnalysis {
    guard isKubernetes else { return self }
    var analysis = self
    analysis.hasMatch = false
    if iterations < 1 { analysis.iterations = 10 }
    return analysis
  }
}

extension FlaggerAnalysis {
  /// All traffic, in percent.
  static let totalWeight = 100

  /// The weight from which on the canary is promoted instead of advanced.
  ///
  /// Source: Flagger, pkg/controller/scheduler.go, `maxWeight`.
  public var promotionWeight: Int {
    if let last = stepWeights.last { return min(Self.totalWeight, last) }
    return maxWeight > 0 ? maxWeight : Self.totalWeight
  }

  /// What the next step adds to a weight.
  ///
  /// A list looks for the present weight among its items; a weight that is none of them, and the last
  /// item, are followed by all the rest.
  ///
  /// Source: Flagger, pkg/controller/scheduler.go, `nextStepWeight`.
  public func step(from weight: Int) -> Int {
    if stepWeight > 0 || stepWeights.isEmpty { return stepWeight }
    let rest = Self.totalWeight - weight
    // At the whole weight any step above 0 leads to the promotion.
    if rest == 0 { return 1 }
    if weight == 0 { return min(rest, stepWeights[0]) }
    for (item, next) in zip(stepWeights, stepWeights.dropFirst()) where item == weight {
      return min(rest, next - weight)
    }
    return rest
  }

  /// The canary's weights on the way to its promotion if every check passes.
  ///
  ///     FlaggerAnalysis(stepWeight: 20, maxWeight: 50).weights   // 20, 40, 60
  public var weights: [Int] {
    var (weight, weights) = (0, [Int]())
    while weight < promotionWeight {
      let next = min(Self.totalWeight, weight + step(from: weight))
      guard next > weight else { break }
      weight = next
      weights.append(weight)
    }
    return weights
  }
}
