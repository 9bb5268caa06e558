import LabKernel

/// The wait where services are exponential, in closed form: M/M/c with callers who give up after a time.
///
/// The density of the wait at v up to the patience t is proportional to e^(s v) with s = c (r - 1), at any utilisation r
/// (Barrer 1957, doi:10.1287/opre.5.5.650). Times are in mean service times.
struct ExponentialWait {
  private let patience: Double
  private let slope: Double
  private let rate: Double
  /// The logarithm of a factor that keeps all numbers small above full load.
  private let scale: Double
  private let free: Double
  private let staying: Double
  /// The probability that a request leaves at once.
  let lost: Double

  init(workers: Int, utilisation: Double, patience: Double) {
    let count = Double(workers)
    self.patience = patience
    rate = count * utilisation
    slope = count * (utilisation - 1)
    scale = slope > 0 ? -slope * patience : 0
    var notAll = 0.0
    var term = 1.0
    for busy in stride(from: workers - 1, through: 0, by: -1) {
      notAll += term
      term *= Double(busy) / rate
      // Far below full load there are as good as always free workers.
      if term < 1e-18 * notAll || notAll > 1e250 { break }
    }
    free = notAll * Elementary.exponential(scale)
    let beyond = utilisation * Elementary.exponential(scale + slope * patience)
    staying = free + rate * Self.integral(slope, from: 0, to: patience, scale)
    lost = utilisation > 1 && free == 0 ? 1 - 1 / utilisation : beyond / (staying + beyond)
  }

  /// The probability that one who stays finds a free worker.
  var freeShare: Double { free / staying }

  /// The mean wait of those who stay.
  var meanWait: Double {
    let reach = slope * patience
    guard abs(reach) > 1e-3 else {
      let moment = patience * patience * (1.0 / 2 + reach / 3 + reach * reach / 8)
      return rate * moment * Elementary.exponential(scale) / staying
    }
    let last = patience * Elementary.exponential(scale + reach)
    return rate * (last - Self.integral(slope, from: 0, to: patience, scale)) / slope / staying
  }

  /// The probability that one who stays takes longer than a time, wait and service together.
  func survival(_ time: Double) -> Double {
    guard time > 0 else { return 1 }
    let waited = min(time, patience)
    // Free workers, those who wait less and are still in service, those who wait longer.
    let served = Self.integral(slope + 1, from: 0, to: waited, scale - time)
    let longer = Self.integral(slope, from: waited, to: patience, scale)
    return min(1, (free * Elementary.exponential(-time) + rate * (served + longer)) / staying)
  }

  /// The integral of e^(scale + slope v).
  private static func integral(
    _ slope: Double, from lower: Double, to upper: Double, _ scale: Double
  ) -> Double {
    guard abs(slope) * (upper - lower) > 1e-9 else {
      return (upper - lower) * Elementary.exponential(scale + slope * lower)
    }
    return
      (Elementary.exponential(scale + slope * upper) - Elementary.exponential(scale + slope * lower))
      / slope
  }
}
