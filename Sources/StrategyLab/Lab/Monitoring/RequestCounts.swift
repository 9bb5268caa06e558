import LabUnits

/// What a version's counters counted over a time.
public struct RequestCounts: Sendable, Hashable {
  /// Requests that were answered or failed.
  public var total: Int
  /// Those that failed or timed out.
  public var failed: Int
  /// Those that were answered slower than the slow threshold.
  public var slow: Int

  /// Nothing counted.
  public static let none = RequestCounts(total: 0, failed: 0, slow: 0)

  /// Counts; neither `failed` nor `slow` may exceed `total`.
  @inlinable
  public init(total: Int, failed: Int = 0, slow: Int = 0) {
    self.total = total
    self.failed = failed
    self.slow = slow
  }

  /// The requests that a rule counts as bad.
  @inlinable
  public func bad(_ kind: BadRequest) -> Int {
    switch kind {
    case .failures: failed
    case .slow: slow
    }
  }

  /// Adds counts; stays at the largest number instead of overflowing.
  @inlinable
  public static func += (left: inout RequestCounts, right: RequestCounts) {
    left = RequestCounts(
      total: sum(left.total, right.total), failed: sum(left.failed, right.failed),
      slow: sum(left.slow, right.slow))
  }

  @inlinable
  static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }
}

/// One reading of the counters of both versions.
public struct MonitorReading: Sendable, Hashable {
  /// When the counters were read.
  public var time: Instant
  /// What stable's counters gained since the reading before.
  public var stable: RequestCounts
  /// What the candidate's counters gained since the reading before.
  public var candidate: RequestCounts

  /// A reading of the counters.
  @inlinable
  public init(time: Instant, stable: RequestCounts, candidate: RequestCounts) {
    self.time = time
    self.stable = stable
    self.candidate = candidate
  }
}

/// A steady stream of requests, of which a part fails.
public struct RequestRate: Sendable, Hashable {
  /// Requests in a second.
  public var requestsPerSecond: Double
  /// The part that fails, 0 to 1.
  public var failureShare: Double

  /// A steady stream of requests.
  public init(requestsPerSecond: Double, failureShare: Double) {
    self.requestsPerSecond = requestsPerSecond
    self.failureShare = failureShare
  }
}
