import LabKernel

/// Stable alone, with all the replicas that it would have had, under the same requests.
///
/// It says which requests would have waited too long without the release as well; where that is as good as
/// impossible, it is not played. Nothing is sent again: no replica of it dies, and timeouts are not retried.
struct BaselineFleet {
  private var stations: WorkerStations
  private let timeout: Int64
  private let added: Int64
  private var replicas = 0

  /// The fleet without a release; nil where it would turn nobody away.
  init?(_ compiled: CompiledScenario) {
    let scenario = compiled.scenario
    let most = scenario.traffic.steps.map(\.requestsPerSecond).max() ?? 0
    let least = compiled.steady?.steps.map(\.ready).min() ?? scenario.service.replicas
    let table = compiled.stableLatency
    let capacity = Double(least * scenario.service.workers) / table.meanService
    let (column, _) = LatencyTable.position(utilisation: most / capacity)
    let next = min(column + 1, LatencyTable.steadyColumns - 1)
    let byWaiting =
      table.columns[next].lost + table.columns[next].late - table.columns.lateAlone
    let isRecorded = scenario.traffic.arrivals != nil
    guard most > 0.9 * capacity || isRecorded || byWaiting * compiled.totalRequests > 1e-3
    else { return nil }
    stations = WorkerStations(workers: scenario.service.workers)
    timeout = scenario.service.timeout.nanoseconds
    added = scenario.service.sidecar?.latency.nanoseconds ?? 0
    set(replicas: scenario.service.replicas)
  }

  /// Changes how many replicas would serve.
  mutating func set(replicas: Int) {
    self.replicas = replicas
    while stations.count < replicas { _ = stations.add() }
  }

  /// Plays a request.
  ///
  /// - Parameters:
  ///   - word: what the replica is drawn from.
  ///   - arrival: when it arrives, in nanoseconds.
  ///   - service: how long its work takes.
  /// - Returns: whether the wait alone makes it late.
  mutating func turnsAway(_ word: UInt64, arrival: Int64, service: Int64) -> Bool {
    guard replicas > 0 else { return true }
    let station = Int(word.multipliedFullWidth(by: UInt64(replicas)).high)
    let start = stations.admit(station, arrival: arrival, service: service, patience: timeout)
    guard start >= 0 else { return true }
    let alone = service + added
    return alone <= timeout && start - arrival + alone > timeout
  }
}
