import LabKernel
import LabStrategies
import LabUnits

/// What every replication of a scenario needs and none changes: tables, places, prices per second.
struct CompiledScenario: Sendable {
  let scenario: Scenario
  /// Latency tables of stable, then of each defect of the catalog.
  let stableLatency: LatencyTable
  let defectLatency: [LatencyTable]
  /// Seconds of a request's rate that are cut off when a replica is killed: E[(S - g)+], for stable and each defect.
  let stableCutOff: Double
  let defectCutOff: [Double]
  /// Mean requests within the horizon.
  let totalRequests: Double
  /// Nodes at the start.
  let initialNodes: Int
  let placesPerNode: Int
  /// The most replicas that the quota allows on nodes; nil: no limit.
  let quotaReplicas: Int?
  /// Dollars for a replica on a node for a second.
  let replicaDollarsPerSecond: Double
  /// Dollars for a node for a second.
  let nodeDollarsPerSecond: Double

  init(_ scenario: Scenario) {
    self.scenario = scenario
    let service = scenario.service
    let cluster = scenario.cluster
    let slow = scenario.monitoring.slowThreshold
    let largest = scenario.release.catalog.map(\.effect.serviceTimeFactor).max() ?? 1
    func table(factor: Double) -> LatencyTable {
      LatencyTable(
        service: service, factor: factor, largestFactor: max(1, largest), slowThreshold: slow)
    }
    stableLatency = table(factor: 1)
    var tables: [(factor: Double, table: LatencyTable)] = [(1, stableLatency)]
    var defectTables: [LatencyTable] = []
    for defect in scenario.release.catalog {
      let factor = defect.effect.serviceTimeFactor
      if let known = tables.first(where: { $0.factor == factor }) {
        defectTables.append(known.table)
      } else {
        let made = table(factor: factor)
        tables.append((factor, made))
        defectTables.append(made)
      }
    }
    defectLatency = defectTables

    let accepting = min(service.preStop, service.endpointPropagation)
    let left = max(0, (service.terminationGrace - accepting).seconds)
    stableCutOff = service.serviceTime.meanExcess(over: left)
    defectCutOff = scenario.release.catalog.map {
      let factor = $0.effect.serviceTimeFactor
      return factor * service.serviceTime.meanExcess(over: left / factor)
    }

    totalRequests = scenario.traffic.requests(until: scenario.experiment.horizon)
    let request = service.replicaRequest
    placesPerNode = max(1, cluster.replicasPerNode(request: request))
    initialNodes =
      cluster.nodeCount ?? (service.replicas + placesPerNode - 1) / placesPerNode
    var limit: Int?
    func tighten(_ replicas: Int?) {
      guard let replicas else { return }
      limit = min(limit ?? .max, replicas)
    }
    tighten(cluster.quota.replicas)
    if request.milliCores > 0 {
      tighten(cluster.quota.milliCores.map { Int($0 / request.milliCores) })
    }
    if request.memoryBytes > 0 {
      tighten(cluster.quota.memoryBytes.map { Int($0 / request.memoryBytes) })
    }
    quotaReplicas = limit
    replicaDollarsPerSecond =
      (request.cores * cluster.prices.corePerHour
        + request.gibibytes * cluster.prices.gibibytePerHour) / 3600
    nodeDollarsPerSecond = cluster.prices.nodePerHour / 3600
  }
}
