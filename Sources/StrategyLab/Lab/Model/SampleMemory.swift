import LabStrategies
import LabUnits

/// What the counters had counted in all at each of the latest readings, for controllers that measure by samples.
///
/// A sample is a difference of two totals, so that it costs the search for the reading before its window and no
/// sum over the readings within. At most ``mostReadings`` are kept, which at a reading every 30 s are three weeks;
/// a window that reaches further back than they do is shorter.
struct SampleMemory {
  /// The most readings that are kept.
  static let mostReadings = 65_536

  /// What was counted from the start until a reading.
  private struct Total {
    var time: Instant
    var stable = RequestCounts.none
    var candidate = RequestCounts.none
  }

  private var totals = [Total(time: .zero)]
  /// Totals before this one are no longer needed.
  private var oldest = 0

  /// When the counters were read last.
  var lastReading: Instant { totals[totals.count - 1].time }

  /// Adds a reading of the counters; one of the same instant as the last is joined to it.
  mutating func add(_ reading: MonitorReading) {
    var total = totals[totals.count - 1]
    total.stable += reading.stable
    total.candidate += reading.candidate
    if total.time == reading.time {
      totals[totals.count - 1] = total
      return
    }
    total.time = reading.time
    totals.append(total)
    guard totals.count - oldest > Self.mostReadings else { return }
    oldest += 1
    if oldest >= Self.mostReadings {
      totals.removeFirst(oldest)
      oldest = 0
    }
  }

  /// What the readings counted that lie less than a window back.
  ///
  /// Readings do not end where a window begins: the first one that counts is the first whose time is later than
  /// `now - window`, with all that it counted since the reading before.
  ///
  /// - Complexity: logarithmic in the number of readings.
  func sample(over window: Span, at now: Instant) -> MetricSample {
    let (start, overflow) = now.nanoseconds.subtractingReportingOverflow(window.nanoseconds)
    let cutoff = Instant(nanoseconds: overflow ? .min : start)
    var (low, high) = (oldest, totals.count)
    while low < high {
      let middle = (low + high) / 2
      if totals[middle].time > cutoff { high = middle } else { low = middle + 1 }
    }
    // The total before the first reading that counts; without one, all that is known counts.
    let before = totals[max(oldest, low - 1)]
    let last = totals[totals.count - 1]
    return MetricSample(
      time: now, window: window, stable: Self.gain(before.stable, last.stable),
      candidate: Self.gain(before.candidate, last.candidate))
  }

  private static func gain(_ before: RequestCounts, _ after: RequestCounts) -> MetricSample.Counts {
    MetricSample.Counts(
      requests: after.total - before.total, failed: after.failed - before.failed,
      slow: after.slow - before.slow)
  }
}
