import LabUnits

/// What one replication asked for of one scarce thing: the most, when, and for how long more than there is.
struct LedgerExtremes: Sendable, Hashable {
  /// The most that was asked for at once.
  var peak: Double
  /// When it was first asked for.
  var peakTime: Instant
  /// When more was first asked for than there is; nil: never.
  var firstShort: Instant?
  /// For how many nanoseconds more was asked for than there is.
  var shortNanoseconds: Int64

  /// The extremes of a course that has a step, until a horizon.
  init?(_ entry: LedgerEntry, _ course: FleetCourse, until horizon: Instant) {
    guard let first = course.steps.first else { return nil }
    peak = entry.demand(at: first)
    peakTime = first.time
    shortNanoseconds = 0
    // A demand is a sum of a product, so that a limit that it just meets may be missed by its last digit.
    let limit = entry.limit.map { $0 * (1 + 1e-12) } ?? .infinity
    for (index, step) in course.steps.enumerated() {
      let demand = entry.demand(at: step)
      if demand > peak {
        peak = demand
        peakTime = step.time
      }
      guard demand > limit else { continue }
      let end = index + 1 < course.steps.count ? course.steps[index + 1].time : horizon
      firstShort = firstShort ?? step.time
      shortNanoseconds += (end - step.time).nanoseconds
    }
  }
}
