/// Queues in a row: who leaves one joins the next. A network of Jackson.
///
///     TandemQueue(arrivalRate: 5, serviceRates: [8, 10]).meanResponse  // 0.5333 seconds
///
/// Burke (1956), "The Output of a Queuing System", doi:10.1287/opre.4.6.699: what leaves an M/M/c is Poisson
/// again, so that each station is as if it were alone; Jackson (1957), doi:10.1287/opre.5.4.518.
public struct TandemQueue: Sendable, Hashable {
  /// The queues in the order in which requests pass them.
  public let stations: [MultiServerQueue]
  /// Requests a second, 0 or more.
  public let arrivalRate: Double

  /// Stations of one or more workers each.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - serviceRates: Requests a second that a busy worker of each station completes, above 0.
  ///   - workers: How many work at each station; one each if left out.
  public init(arrivalRate: Double, serviceRates: [Double], workers: [Int]? = nil) {
    precondition(
      workers.map { $0.count == serviceRates.count } ?? true, "each station has workers")
    self.arrivalRate = arrivalRate
    stations = serviceRates.indices.map { index in
      MultiServerQueue(
        arrivalRate: arrivalRate, serviceRate: serviceRates[index],
        workers: workers?[index] ?? 1)
    }
  }

  /// The mean time from the first arrival to the last completion, in seconds; infinite if one station is overloaded.
  public var meanResponse: Double { stations.reduce(0) { $0 + $1.meanResponse } }

  /// The mean number of requests at all stations.
  public var meanPresent: Double { stations.reduce(0) { $0 + $1.meanPresent } }
}
