import LabKernel

/// How many workers of a version have work in the mean, where a service takes long: a new replica begins with nothing to do,
/// and an overload has no queue before all are busy.
///
/// While nobody waits, the number N follows the fluid limit of many workers (Mandelbaum, Massey and Reiman 1998,
/// "Strong approximations for Markovian service networks"), λ being the rate of arrivals and m the mean service time,
///
///     dN/dt = λ - N / m
///
/// which is exact in the mean for exponential services as long as nobody waits.
struct BusyWorkers: BitwiseCopyable {
  /// Workers that have work.
  private(set) var busy: Double
  private var workers: Double

  /// Workers that have been in balance for long.
  init(busy: Double, workers: Double) {
    self.workers = workers
    self.busy = min(busy, workers)
  }

  /// Lets workers come that have nothing to do, or go with what they do.
  mutating func resize(_ workers: Double) {
    if workers < self.workers { busy *= workers / self.workers }
    self.workers = workers
  }

  /// Lets time pass.
  ///
  /// - Parameters:
  ///   - seconds: how long.
  ///   - rate: requests a second that arrive.
  ///   - service: mean seconds that each takes.
  /// - Returns: the seconds in which a worker was free.
  mutating func advance(seconds: Double, rate: Double, service: Double) -> Double {
    let level = rate * service
    if level >= workers {
      guard busy < workers else { return 0 }
      let untilAllBusy = service * Elementary.logarithm((level - busy) / (level - workers))
      if untilAllBusy <= seconds {
        busy = workers
        return untilAllBusy
      }
    }
    busy = level + (busy - level) * Elementary.exponential(-seconds / service)
    return seconds
  }

  /// Finds all workers busy, because somebody waits.
  mutating func fill() { busy = workers }
}
