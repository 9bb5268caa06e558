import LabKernel
import LabUnits

extension ReferenceSystem {
  /// Two stations in a row: what leaves an M/M/1 is Poisson again.
  static var tandem: ReferenceSystem {
    let (rate, first, second) = (8.0, 10.0, 12.5)
    let theory = TandemQueue(arrivalRate: rate, serviceRates: [first, second])
    // Both responses are exponential and independent (Reich 1957, doi:10.1214/aoms/1177706889).
    let (fast, slow) = (second - rate, first - rate)
    let late = 2.0
    let beyond =
      (fast * Elementary.exponential(-slow * late) - slow * Elementary.exponential(-fast * late))
      / (fast - slow)
    return ReferenceSystem(
      name: "tandem M/M/1", setting: "0.8 and 0.64",
      measures: [
        .seconds("second mean wait", theory.stations[1].meanWait),
        .seconds("mean response", theory.meanResponse),
        .share("response > 2 s", beyond),
      ]
    ) { seed, replication, requests in
      passage(
        rate: rate, services: (1 / first, 1 / second), late: late, seed: seed,
        replication: replication, requests: requests)
    }
  }

  private static func passage(
    rate: Double, services: (Double, Double), late: Double, seed: UInt64, replication: Int,
    requests: Int
  ) -> [Double] {
    let warmUp = 5_000
    var stations = WorkerStations(workers: 1)
    let (first, second) = (stations.add(), stations.add())
    var coming = ReferenceRequests(
      rate: rate, service: .exponential(mean: Span(seconds: services.0)), seed: seed,
      replication: replication)
    var draws = NumberedDraws(
      seed: seed, replication: replication, purpose: ReferencePurpose.secondService)
    let law = SpanSampler(.exponential(mean: Span(seconds: services.1)))
    var (wait, response, beyond) = (0.0, 0.0, 0.0)
    for number in 0..<warmUp + requests {
      let (arrival, length) = coming.take()
      let left =
        stations.admit(first, arrival: arrival, service: length, patience: .max) + length
      let word = draws.words(UInt64(number)).0
      let known = draws
      var used = 0
      let next = law.nanoseconds(word) {
        used += 1
        return known.further(UInt64(number), used - 1)
      }
      let again = Int64(next.rounded())
      let start = stations.admit(second, arrival: left, service: again, patience: .max)
      guard number >= warmUp else { continue }
      let seconds = Double(start + again - arrival) / 1e9
      wait += Double(start - left) / 1e9
      response += seconds
      beyond += seconds > late ? 1 : 0
    }
    return [wait, response, beyond].map { $0 / Double(requests) }
  }

  /// More arrivals than one worker serves: a backlog that grows as a fluid does.
  ///
  /// To the fluid comes what the queue gains while it was now and then empty in the beginning: a walk of steps up
  /// with rate λ and down with rate μ < λ falls below its start by a geometric number of mean 1 / (ρ - 1) in
  /// all, and the work falls below it by an exponential time of mean 1 / (λ - μ): Feller (1971), "An
  /// Introduction to Probability Theory and Its Applications", volume 2, chapter XII.
  static var overload: ReferenceSystem {
    let (arrivalRate, serviceRate) = (15.0, 10.0)
    let seconds = 200.0
    let fluid = FluidOverload(
      arrivalRate: arrivalRate, capacityDuring: serviceRate, capacityAfter: 0, duration: seconds)
    let backlog = fluid.peakBacklog + 1 / (arrivalRate / serviceRate - 1)
    let work = fluid.peakBacklog / serviceRate + 1 / (arrivalRate - serviceRate)
    return ReferenceSystem(
      name: "M/M/1", setting: "load 1.5 for 200 s",
      measures: [
        ReferenceMeasure("final backlog", unit: "requests", expected: backlog),
        .seconds("final work", work),
      ]
    ) { seed, replication, _ in
      let end = Int64(seconds * 1e9)
      var stations = WorkerStations(workers: 1, countsPresent: true)
      let station = stations.add()
      var coming = ReferenceRequests(
        rate: arrivalRate, service: .exponential(mean: meanService), seed: seed,
        replication: replication)
      var next = coming.take()
      while next.arrival <= end {
        _ = stations.admit(
          station, arrival: next.arrival, service: next.service, patience: .max)
        next = coming.take()
      }
      return [
        Double(stations.present(station, at: end)),
        Double(stations.remainingWork(station, at: end)) / 1e9,
      ]
    }
  }
}
