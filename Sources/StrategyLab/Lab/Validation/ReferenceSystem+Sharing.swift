import LabKernel
import LabUnits

extension ReferenceSystem {
  /// One worker that is shared evenly by all who are present: processor sharing.
  ///
  /// Nothing that is measured depends on the law of the work, only on its mean, and who takes x alone takes
  /// x / (1 - ρ) on average: Kleinrock (1967), doi:10.1145/321386.321388. So does not how many an arrival finds,
  /// which is geometric: Sakata, Noguchi and Oizumi (1971), "An Analysis of the M/G/1 Queue under Round-Robin
  /// Scheduling", Operations Research 19(2), 371-385, doi:10.1287/opre.19.2.371.
  ///
  /// - Parameters:
  ///   - name: The system in Kendall's notation.
  ///   - load: The busy part of the worker.
  ///   - variation: The deviation of the work divided by its mean; 1 is exponential.
  /// - Returns: the system.
  static func sharing(_ name: String, load: Double, variation: Double) -> ReferenceSystem {
    let mean = meanService.seconds
    let theory = SharedWorker(arrivalRate: load / mean, meanService: mean)
    let work = SpanDistribution.gamma(mean: meanService, variation: variation)
    // Of a gamma law of shape k, the part of the whole work that comes from works below the mean is the
    // probability that the law of shape k + 1 gives to the same bound.
    let shape = 1 / (variation * variation)
    let count = 1 - Elementary.upperGammaFraction(shape: shape, shape)
    let part = 1 - Elementary.upperGammaFraction(shape: shape + 1, shape)
    return ReferenceSystem(
      name: name, setting: variation == 1 ? "load \(load)" : "gamma, load \(load)",
      measures: [
        .seconds("mean response", theory.meanResponse),
        .seconds("response of shorter work", theory.meanResponse(work: mean * part / count)),
        .share("finds nobody", 1 - load),
        .share("finds 3 or more", load * load * load),
      ]
    ) { seed, replication, requests in
      sharedMeans(
        rate: theory.arrivalRate, work: work, shorterShare: count, seed: seed,
        replication: replication, requests: requests)
    }
  }

  /// Plays one replication of a shared worker until all who are measured have left.
  private static func sharedMeans(
    rate: Double, work: SpanDistribution, shorterShare: Double, seed: UInt64, replication: Int,
    requests: Int
  ) -> [Double] {
    let measured = 5_000..<5_000 + requests
    var stations = SharingStations(workers: 1)
    let station = stations.add()
    var coming = ReferenceRequests(
      rate: rate, service: work, seed: seed, replication: replication)
    var lengths: [Int64] = []
    lengths.reserveCapacity(measured.upperBound)
    var (response, shorter, alone, several) = (0.0, 0.0, 0.0, 0.0)
    var missing = requests
    while missing > 0 {
      let (arrival, length) = coming.take()
      while let departure = stations.next(through: arrival) {
        guard measured.contains(departure.job) else { continue }
        missing -= 1
        let seconds = Double(departure.instant - departure.start) / 1e9
        response += seconds
        if lengths[departure.job] < meanService.nanoseconds { shorter += seconds }
      }
      let number = lengths.count
      lengths.append(length)
      if measured.contains(number) {
        let present = stations.present(station)
        alone += present == 0 ? 1 : 0
        several += present >= 3 ? 1 : 0
      }
      stations.arrive(job: number, at: station, arrival: arrival, service: length)
    }
    return [response, shorter / shorterShare, alone, several].map { $0 / Double(requests) }
  }
}
