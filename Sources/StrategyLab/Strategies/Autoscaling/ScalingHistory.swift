import LabUnits

/// What an autoscaler remembers: what it recommended, and how it moved.
///
/// Source: Kubernetes, pkg/controller/podautoscaler/horizontal.go, `timestampedRecommendation`,
/// `timestampedScaleEvent`, `getReplicasChangePerPeriod`, `stabilizeRecommendationWithBehaviors`.
public struct ScalingHistory: Sendable, Hashable {
  private struct Entry: Sendable, Hashable {
    var time: Instant
    var replicas: Int
  }

  private var recommendations: [Entry] = []
  private var moves: [Entry] = []

  /// Nothing to remember.
  public init() {}

  /// Writes down what was recommended.
  public mutating func noteRecommendation(_ replicas: Int, at now: Instant) {
    recommendations.append(Entry(time: now, replicas: replicas))
  }

  /// Writes down a move.
  public mutating func noteMove(from before: Int, to after: Int, at now: Instant) {
    moves.append(Entry(time: now, replicas: Replicas.sum(after, -before)))
  }

  /// Forgets what is older than a span.
  public mutating func forget(before now: Instant, longest span: Span) {
    let cutoff = now.nanoseconds.subtractingReportingOverflow(span.nanoseconds)
    guard !cutoff.overflow else { return }
    recommendations.removeAll { $0.time.nanoseconds <= cutoff.partialValue }
    moves.removeAll { $0.time.nanoseconds <= cutoff.partialValue }
  }

  /// Replicas that moves added within a time that ends now, less those that moves took away.
  public func change(within period: Span, before now: Instant) -> Int {
    moves.reduce(0) { sum, move in
      now - move.time < period ? Replicas.sum(sum, move.replicas) : sum
    }
  }

  /// The recommendation as far as those of the stabilisation windows agree.
  ///
  /// Upward it is the lowest of its window, downward the highest; in between the present size stays.
  public func stabilized(
    _ recommendation: Int, current: Int, upWindow: Span, downWindow: Span, at now: Instant
  ) -> Int {
    var (lowest, highest) = (recommendation, recommendation)
    for entry in recommendations {
      if now - entry.time < upWindow { lowest = min(lowest, entry.replicas) }
      if now - entry.time < downWindow { highest = max(highest, entry.replicas) }
    }
    var result = current
    if result < lowest { result = lowest }
    if result > highest { result = highest }
    return result
  }
}
