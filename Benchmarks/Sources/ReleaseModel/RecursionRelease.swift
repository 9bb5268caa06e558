import LabKernel

/// The release model without an event a request: a wait follows at the arrival from the recursion.
struct RecursionRelease {
  static func play(_ parameters: ReleaseParameters, replication: Int) -> ReleaseOutcome {
    var draws = RequestDraws(parameters, replication: replication)
    var update = RollingUpdate(parameters)
    var outcome = ReleaseOutcome(replicas: parameters.replicas)
    var stations = WorkerStations(workers: ReleaseParameters.workers)
    for _ in 0..<2 * parameters.replicas { _ = stations.add() }
    var number: UInt64 = 0
    var (arrival, service) = draws.spans(0)
    while true {
      let pause = min(update.nextChange, parameters.horizon)
      // Between two changes nothing but requests happens.
      while arrival < pause {
        let place = draws.place(number, count: update.endpoints.count)
        let start = stations.admit(
          update.endpoints[place], arrival: arrival, service: service, patience: .max)
        outcome.record(
          wait: start &- arrival, service: service, number: number, digests: parameters.digests)
        number &+= 1
        let next = draws.spans(number)
        arrival &+= next.gap
        service = next.service
      }
      guard update.nextChange < .max else { break }
      update.advance(&outcome) { stations.drained($0, from: $1) }
    }
    return outcome
  }
}

extension WorkerStations {
  /// When a station that gets no more jobs has finished its last: the least instant without work.
  fileprivate func drained(_ station: Int, from instant: Int64) -> Int64 {
    var early = instant
    var late = instant + remainingWork(station, at: instant)
    while early < late {
      let middle = early + (late - early) / 2
      if remainingWork(station, at: middle) == 0 { late = middle } else { early = middle + 1 }
    }
    return late
  }
}
