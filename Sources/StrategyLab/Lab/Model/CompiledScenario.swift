import LabKernel
import LabStrategies
import LabUnits

/// What every replication of a scenario needs and none changes: tables, places, prices per second.
///
/// One object for all of them, because a copy of a scenario counts dozens of references.
final class CompiledScenario: Sendable {
  let scenario: Scenario
  /// How closely requests are played, and why.
  let detail: DetailChoice
  /// How long the stages of a replica's life take.
  let spans: ReplicaSpans
  /// Into how many slots the calendar cuts the time; a heap of few events needs none.
  let calendarSlots: Int
  /// Whether an autoscaler changes the number of replicas.
  let isAutoscaled: Bool
  /// Whether several strategies are played in each world, so that it is worth while to keep what one of them has drawn.
  let sharesSpans: Bool
  /// Whether there can be other nodes than those of the beginning.
  let addsNodes: Bool
  /// Latency tables of stable, then of each defect of the catalog.
  let stableLatency: LatencyTable
  let defectLatency: [LatencyTable]
  /// Seconds of a request's rate that are cut off when a replica is killed: E[(S - g)+], for stable and each defect.
  let stableCutOff: Double
  let defectCutOff: [Double]
  /// Seconds that a deleted replica has for the last request it accepts.
  let secondsToFinish: Double
  /// A request that takes longer than this many seconds counts as slow.
  let slowSeconds: Double
  /// Where answers wait that take long against a scrape; nil where they do not.
  let answerGrid: AnswerGrid?
  /// Mean requests within the horizon.
  let totalRequests: Double
  /// Nodes at the start.
  let initialNodes: Int
  let placesPerNode: Int
  /// The most replicas that the quota and what is scarce allow on nodes; nil: no limit.
  let quotaReplicas: Int?
  /// The scarce thing that is the first to run out among those; nil: it is the quota.
  let scarcest: ScarceThing?
  /// What the fleet would have been without a release; nil where it would not have changed.
  let steady: SteadyFleet?
  /// Dollars for a replica on a node for a second.
  let replicaDollarsPerSecond: Double
  /// Dollars for a node for a second.
  let nodeDollarsPerSecond: Double

  init(_ scenario: Scenario) {
    self.scenario = scenario
    detail = scenario.detailChoice
    spans = ReplicaSpans(scenario)
    // A release takes a small part of the horizon: those of its slots that wait at once fit into the first cache, and
    // what is due in one of them into the second.
    let replicas = scenario.service.replicas
    calendarSlots = max(1024, replicas / 16)
    isAutoscaled = scenario.autoscaler != nil
    sharesSpans = scenario.strategies.count > 1
    let service = scenario.service
    let cluster = scenario.cluster
    let largest = scenario.release.catalog.map(\.effect.serviceTimeFactor).max() ?? 1
    let requests = scenario.traffic.requests(until: scenario.experiment.horizon)
    totalRequests = requests
    func table(factor: Double, slow: Double) -> LatencyTable {
      LatencyTable(
        service: service, factor: factor, largestFactor: max(1, largest), slowSeconds: slow)
    }
    let slow: Double
    if let threshold = scenario.monitoring.slowThreshold {
      slow = threshold.seconds
      stableLatency = table(factor: 1, slow: slow)
    } else {
      // The table without a threshold is the same but for what is slow.
      let plain = table(factor: 1, slow: .infinity)
      slow = Self.usualLatency(
        scenario, plain, rate: requests / scenario.experiment.horizon.seconds)
      stableLatency = plain.slow(above: slow)
    }
    slowSeconds = slow
    answerGrid = AnswerGrid(scenario)
    var tables: [(factor: Double, table: LatencyTable)] = [(1, stableLatency)]
    var defectTables: [LatencyTable] = []
    for defect in scenario.release.catalog {
      let factor = defect.effect.serviceTimeFactor
      if let known = tables.first(where: { $0.factor == factor }) {
        defectTables.append(known.table)
      } else {
        let made = table(factor: factor, slow: slow)
        tables.append((factor, made))
        defectTables.append(made)
      }
    }
    defectLatency = defectTables
    steady = scenario.autoscaler.map {
      SteadyFleet($0, scenario: scenario, meanService: tables[0].table.meanService)
    }

    let accepting = min(service.preStop, service.endpointPropagation)
    let left = max(0, (service.terminationGrace - accepting).seconds)
    secondsToFinish = left
    let highestRate = scenario.traffic.steps.map(\.requestsPerSecond).max() ?? 0
    func cutOff(_ factor: Double) -> Double {
      let seconds = factor * service.serviceTime.meanExcess(over: left / factor)
      return seconds * highestRate < 1e-12 ? 0 : seconds
    }
    stableCutOff = cutOff(1)
    defectCutOff = scenario.release.catalog.map { cutOff($0.effect.serviceTimeFactor) }

    let request = service.replicaRequest
    placesPerNode = max(1, scenario.replicasPerNode)
    let initialNodes = scenario.initialNodes
    self.initialNodes = initialNodes
    addsNodes = cluster.nodeMaximum.map { $0 > initialNodes } ?? true
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
    var scarcest: ScarceThing?
    for thing in scenario.scarce where thing.kind.shortage == .waits {
      guard let replicas = thing.replicas, replicas < limit ?? .max else { continue }
      limit = replicas
      scarcest = thing
    }
    quotaReplicas = limit
    self.scarcest = scarcest
    replicaDollarsPerSecond =
      (request.cores * cluster.prices.corePerHour
        + request.gibibytes * cluster.prices.gibibytePerHour) / 3600
    nodeDollarsPerSecond = cluster.prices.nodePerHour / 3600
  }

  /// The integral of the nodes without a release: those of the start, or as many as the autoscaler's replicas fill.
  func steadyNodeNanoseconds(until horizon: Instant) -> Int128? {
    steady?.integral(until: horizon) {
      max(initialNodes, ($0.desired + placesPerNode - 1) / placesPerNode)
    }
  }

  /// The latency in seconds that one in a thousand of stable's requests exceeds at the mean rate.
  private static func usualLatency(_ scenario: Scenario, _ table: LatencyTable, rate: Double)
    -> Double
  {
    let service = scenario.service
    let capacity = Double(service.replicas * service.workers) / table.meanService
    // A service that is overloaded on average has no usual latency; nearly full has to do.
    let (column, next) = LatencyTable.position(utilisation: min(rate / capacity, 0.95))
    return table.latency(exceededBy: 0.001, of: [(column, 1 - next), (column + 1, next)])
  }
}
