import LabKernel
import LabUnits

/// Readings to come of requests that go on as they do: each Poisson with the same mean.
struct SteadyReadings {
  /// When the counters were read last.
  let last: Instant
  /// The time between two readings.
  let interval: Span
  /// Mean requests of a reading.
  let total: Double
  /// Those of them that fail.
  let failed: Double

  /// The logarithm of a chance that does not occur: 4 in 10¹⁸.
  private static let impossible = 40.0

  /// More failures than so many readings will bring.
  ///
  /// P(X ≥ m + x) ≤ exp(-x² / 2(m + x/3)) for a Poisson number X of mean m (Boucheron, Lugosi and Massart 2013,
  /// Concentration Inequalities, section 2.7, Bernstein's inequality).
  @inline(__always)
  func mostFailures(of readings: Double) -> Double {
    let mean = failed * readings
    guard mean > 0 else { return 0 }
    let third = Self.impossible / 3
    return mean + third + (third * third + 2 * Self.impossible * mean).squareRoot()
  }

  /// Fewer requests than so many readings will bring: P(X ≤ m - x) ≤ exp(-x² / 2m).
  @inline(__always)
  func leastRequests(of readings: Double) -> Double {
    let mean = total * readings
    return max(0, mean - (2 * Self.impossible * mean).squareRoot())
  }

  /// Whether the share of failures might reach a limit, once so many readings have come after what was seen.
  @inline(__always)
  func mayFail(
    _ limit: Double, of readings: Int, after seen: (failed: Double, total: Double)
  ) -> Bool {
    let count = Double(readings)
    return seen.failed + mostFailures(of: count) >= limit * (seen.total + leastRequests(of: count))
  }
}
