import LabKernel
import LabUnits

/// Mean numbers of requests of one version since the last reading of its counters, by what became of them.
struct RequestMeans: BitwiseCopyable {
  /// Answered within the slow threshold.
  var fast = 0.0
  /// Answered later than the slow threshold.
  var slow = 0.0
  /// Failed, as they would have with stable and enough replicas.
  var failedAnyway = 0.0
  /// Failed because of the defect.
  var failedByDefect = 0.0
  /// Sent to a replica that no longer answered, or cut off when it was killed.
  var lost = 0.0
  /// Turned away or timed out for want of capacity.
  var shortfall = 0.0

  /// Lets answered requests fail by the defect.
  ///
  /// - Parameter requests: how many shall fail.
  /// - Returns: those of them that found no answered request to fail.
  mutating func fail(_ requests: Double) -> Double {
    let answered = fast + slow
    guard answered > 0 else { return requests }
    let failing = min(requests, answered)
    fast -= fast * (failing / answered)
    slow -= slow * (failing / answered)
    failedByDefect += failing
    return requests - failing
  }

  /// Loses requests that were taken for answered, as far as they came since the last reading.
  mutating func lose(_ requests: Double) {
    let answered = fast + slow
    let taken = min(requests, answered)
    if taken > 0 {
      fast -= fast * (taken / answered)
      slow -= slow * (taken / answered)
    }
    lost += requests
  }

  /// Takes requests from those that a replica has in work, and loses them.
  ///
  /// - Parameter requests: how many shall be lost.
  /// - Returns: those of them that there were not.
  mutating func take(_ requests: Double) -> Double {
    let answered = answered
    guard answered > 0 else { return requests }
    let taken = min(requests, answered)
    let kept = 1 - taken / answered
    fast *= kept
    slow *= kept
    failedAnyway *= kept
    failedByDefect *= kept
    lost += taken
    return requests - taken
  }

  /// Adds other requests to these.
  static func += (sum: inout RequestMeans, other: RequestMeans) {
    sum.fast += other.fast
    sum.slow += other.slow
    sum.failedAnyway += other.failedAnyway
    sum.failedByDefect += other.failedByDefect
    sum.lost += other.lost
    sum.shortfall += other.shortfall
  }

  /// Requests that a replica works on until it answers, or until nobody waits any more.
  var answered: Double { fast + slow + failedAnyway + failedByDefect }

  /// Requests that arrived at a replica that answers.
  var arrived: Double { answered + shortfall }

  /// Requests that no replica answered.
  var missed: Double { lost + shortfall }

  /// Requests that failed, for whatever cause.
  var failed: Double { failedAnyway + failedByDefect + missed }

  /// All requests.
  var total: Double { fast + slow + failed }

  /// Whether nothing happened.
  var isEmpty: Bool { fast + slow + failedAnyway + failedByDefect + lost + shortfall <= 0 }
}

/// Whole requests of one version, drawn from their means, by what became of them.
///
/// Requests are a Poisson process and what becomes of each is independent of the others, so the number of each
/// outcome is Poisson with its own mean, and the outcomes are independent of one another (Kingman 1993,
/// Poisson Processes, section 5.1). Drawing once for many pieces of constant rates is therefore exact.
struct RequestTally {
  var total = 0
  var failed = 0
  var slow = 0
  var failedAnyway = 0
  var shortfall = 0

  /// Draws the requests of one reading.
  init(_ means: RequestMeans, from stream: inout RandomStream) {
    let fast = Self.draw(means.fast, from: &stream)
    slow = Self.draw(means.slow, from: &stream)
    failedAnyway = Self.draw(means.failedAnyway, from: &stream)
    let byDefect = Self.draw(means.failedByDefect, from: &stream)
    let lost = Self.draw(means.lost, from: &stream)
    shortfall = Self.draw(means.shortfall, from: &stream)
    failed = failedAnyway + byDefect + lost + shortfall
    total = fast + slow + failed
  }

  init() {}

  /// A count, held at what the highest rate of a scenario (10¹² a second) brings within its longest scrape interval.
  ///
  /// Only what a killed replica cuts off can be more: the formula counts every request that is still in
  /// service, and with a service time of months those arrived before the release.
  private static func draw(_ mean: Double, from stream: inout RandomStream) -> Int {
    mean > 0 ? stream.poisson(mean: min(mean, 3.6e15)) : 0
  }

  /// Adds another tally to this one.
  mutating func add(_ other: RequestTally) {
    total += other.total
    failed += other.failed
    slow += other.slow
    failedAnyway += other.failedAnyway
    shortfall += other.shortfall
  }

  /// What a monitor sees of it.
  var counts: RequestCounts { RequestCounts(total: total, failed: failed, slow: slow) }
}
