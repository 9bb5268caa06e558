import LabUnits

/// The control plane's limit on creations and deletions: a burst at once, then a steady rate.
///
/// The generic cell rate algorithm (ITU-T I.371), which a token bucket of the same burst and rate equals:
/// an operation is let through as soon as it is not more than `burst` operations ahead of the rate.
struct OperationRate {
  private let interval: Int64
  private let tolerance: Int64
  private var theoretical = Int64.min

  /// A limit of so many operations a second, with so many at once; nil: no limit.
  init(perSecond: Double?, burst: Int) {
    interval = perSecond.map { Int64((1e9 / $0).rounded()) } ?? 0
    tolerance = interval * Int64(max(burst - 1, 0))
  }

  /// The instant at which the next operation, asked for now, is let through.
  mutating func next(at now: Instant) -> Instant {
    guard interval > 0 else { return now }
    let arrival = max(theoretical, now.nanoseconds)
    theoretical = arrival + interval
    return Instant(nanoseconds: max(now.nanoseconds, arrival - tolerance))
  }
}
