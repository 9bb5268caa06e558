import LabKernel

/// A station of workers that is played request by request, as the request level plays a replica.
struct ReferenceQueue: Sendable {
  /// Requests a second.
  var arrivalRate: Double
  /// The law of the service time.
  var service: SpanDistribution
  /// How many work side by side at a station.
  var workers = 1
  /// Stations among which each request chooses at random.
  var stations = 1
  /// How long a request waits at most, in nanoseconds.
  var patience = Int64.max
  /// Requests that are played before the first that counts: thousands of times what a queue below 90% load remembers.
  var warmUp = 5_000

  /// A number that every request contributes to a mean.
  enum Quantity: Sendable {
    /// The time before service, or until the request gives up, in seconds.
    case wait
    /// 1 if it has to wait.
    case waits
    /// 1 if it waits longer than so many seconds, gives up later than that, or is served later.
    case waitsBeyond(Double)
    /// The time from arrival to completion, in seconds.
    case response
    /// 1 if it takes longer than so many seconds.
    case responseBeyond(Double)
    /// 1 if it is turned away or gives up.
    case lost
  }

  /// Plays one replication.
  ///
  /// - Parameters:
  ///   - quantities: What to take the means of.
  ///   - seed: Where the draws come from.
  ///   - replication: Which replication of the seed.
  ///   - requests: Requests that count.
  /// - Returns: the means, in the order of the quantities.
  func means(
    of quantities: [Quantity], seed: UInt64, replication: Int, requests: Int
  ) -> [Double] {
    var stations = WorkerStations(workers: workers)
    for _ in 0..<self.stations { _ = stations.add() }
    var coming = ReferenceRequests(
      rate: arrivalRate, service: service, seed: seed, replication: replication)
    var sums = [Double](repeating: 0, count: quantities.count)
    for number in 0..<(warmUp + requests) {
      let (arrival, length) = coming.take()
      let station = self.stations == 1 ? 0 : coming.choice(of: self.stations)
      let start = stations.admit(station, arrival: arrival, service: length, patience: patience)
      guard number >= warmUp else { continue }
      let wait = Double(start < 0 ? patience : start - arrival) / 1e9
      let response = wait + Double(start < 0 ? 0 : length) / 1e9
      for (index, quantity) in quantities.enumerated() {
        sums[index] += Self.value(quantity, wait: wait, response: response, isLost: start < 0)
      }
    }
    return sums.map { $0 / Double(requests) }
  }

  private static func value(
    _ quantity: Quantity, wait: Double, response: Double, isLost: Bool
  ) -> Double {
    switch quantity {
    case .wait: wait
    case .waits: wait > 0 ? 1 : 0
    case .waitsBeyond(let seconds): wait > seconds ? 1 : 0
    case .response: response
    case .responseBeyond(let seconds): response > seconds ? 1 : 0
    case .lost: isLost ? 1 : 0
    }
  }
}

extension ReferenceSystem {
  /// A single station with what is known about it.
  init(
    _ name: String, _ setting: String, _ queue: ReferenceQueue,
    _ known: [(measure: ReferenceMeasure, quantity: ReferenceQueue.Quantity)]
  ) {
    let quantities = known.map(\.quantity)
    self.init(name: name, setting: setting, measures: known.map(\.measure)) {
      seed, replication, requests in
      queue.means(
        of: quantities, seed: seed, replication: replication, requests: requests)
    }
  }
}
