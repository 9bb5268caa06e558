import LabKernel

/// Several workers whose services all take the same time, served in order: M/D/c.
///
///     FixedServiceQueue(arrivalRate: 8, service: 1, workers: 10).meanWait
///
/// Crommelin (1932), "Delay Probability Formulae when the Holding Times are Constant", Post Office Electrical
/// Engineers' Journal 25, 41-50. Workers take turns, so that each sees every c-th request, and the mean wait follows
/// from Spitzer (1956), "A Combinatorial Lemma and its Application to Probability Theory",
/// doi:10.1090/S0002-9947-1956-0079851-X.
public struct FixedServiceQueue: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// The time of every service in seconds, above 0.
  public let service: Double
  /// How many work side by side, 1 or more.
  public let workers: Int

  /// The queue of a fixed service time.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - service: The time of every service in seconds, above 0.
  ///   - workers: 1 or more; one makes the queue an M/D/1.
  public init(arrivalRate: Double, service: Double, workers: Int = 1) {
    precondition(arrivalRate >= 0, "an arrival rate is not negative")
    precondition(service > 0, "a service takes time")
    precondition(workers > 0, "somebody must work")
    self.arrivalRate = arrivalRate
    self.service = service
    self.workers = workers
  }

  /// The offered load of a worker; 1 or more where the queue grows without end.
  public var utilisation: Double { arrivalRate * service / Double(workers) }

  /// The mean time before service, of all requests, in seconds.
  ///
  /// With N Poisson of mean i a it is the sum over i from 1 on of P(N ≥ ic) - P(N > ic) / ρ, in services: by
  /// how much the arrivals of i services exceed what c workers do in them. The terms fall like exp(-i c (1 - ρ)² / 2).
  ///
  /// - Complexity: about 80 / (c (1 - ρ)²) terms of O(√(ic)) each; constant for one worker.
  public var meanWait: Double {
    let rho = utilisation
    guard rho < 1 else { return .infinity }
    guard rho > 0 else { return 0 }
    if workers == 1 { return rho * service / (2 * (1 - rho)) }
    var sum = 0.0
    var services = 0.0
    while true {
      services += 1
      let count = services * Double(workers)
      let mean = count * rho
      let more = Elementary.lowerGammaFraction(shape: count + 1, mean)
      // P(N ≥ n) is P(N > n) and the probability of n itself.
      let itself = Elementary.poissonProbability(count, mean: mean)
      let term = max(0, itself - more * (1 - rho) / rho)
      sum += term
      if term <= sum * 0x1p-52 { return sum * service }
    }
  }

  /// The mean time from arrival to completion, in seconds.
  public var meanResponse: Double { meanWait + service }
}
