import LabUnits

/// A whole number that changes over time, with its exact integral.
///
///     var replicas = TimeWeightedCount(value: 4, at: .zero)
///     replicas.set(5, at: .zero + .seconds(10))
///     replicas.integral(until: .zero + .seconds(20))  // 90_000_000_000 replica-nanoseconds
///
/// Counts times nanoseconds are whole numbers, so the integral is free of rounding whatever the order and
/// number of changes; in 128 bits no run is long enough to overflow it.
public struct TimeWeightedCount: Sendable, Hashable {
  /// The count since the last change.
  public private(set) var value: Int
  /// When the count was last set.
  public private(set) var lastSet: Instant
  /// The largest count so far, also if it lasted no time.
  public private(set) var peak: Int
  /// When the largest count was first reached.
  public private(set) var peakAt: Instant
  /// Count-nanoseconds until the last change.
  private var accumulated: Int128

  /// A count that has the given value from an instant on.
  public init(value: Int, at instant: Instant) {
    self.value = value
    lastSet = instant
    peak = value
    peakAt = instant
    accumulated = 0
  }

  /// The count-nanoseconds from the beginning until an instant, which is not before the last change.
  public func integral(until instant: Instant) -> Int128 {
    precondition(instant >= lastSet, "an integral ends at or after the last change")
    let elapsed = Int128(instant.nanoseconds - lastSet.nanoseconds)
    return accumulated + Int128(value) * elapsed
  }

  /// Gives the count another value from an instant on, which is not before the last change.
  public mutating func set(_ newValue: Int, at instant: Instant) {
    accumulated = integral(until: instant)
    value = newValue
    lastSet = instant
    if newValue > peak {
      peak = newValue
      peakAt = instant
    }
  }

  /// Changes the count by a difference from an instant on, which is not before the last change.
  public mutating func add(_ difference: Int, at instant: Instant) {
    set(value + difference, at: instant)
  }
}
