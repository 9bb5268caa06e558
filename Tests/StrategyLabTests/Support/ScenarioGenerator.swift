import LabKernel
import LabStrategies
import LabUnits

@testable import StrategyLab

/// Random scenarios, the same for the same number: every strategy, defect, quota, stickiness and kind of traffic.
struct ScenarioGenerator {
  var stream: RandomStream

  init(_ number: Int) {
    stream = RandomStream(
      seed: 20_260, replication: number, purpose: RandomPurpose(rawValue: 1000), entity: 0)
  }

  /// One scenario with all six strategies.
  static func scenario(_ number: Int) -> Scenario {
    var generator = ScenarioGenerator(number)
    return generator.scenario()
  }

  mutating func chance(_ probability: Double) -> Bool { stream.nextUnit() < probability }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[stream.index(below: elements.count)]
  }

  mutating func seconds(_ from: Int, _ to: Int) -> Span {
    .seconds(from + stream.index(below: to - from + 1))
  }

  private mutating func law(_ from: Int, _ to: Int) -> SpanDistribution {
    let span = seconds(from, to)
    switch stream.index(below: 3) {
    case 0: return .fixed(span)
    case 1: return .uniform(from: .zero, to: span * 2)
    default: return .exponential(mean: span + .milliseconds(1))
    }
  }

  mutating func quantity() -> ReplicaQuantity {
    chance(0.5)
      ? .count(1 + stream.index(below: 5)) : .share(.percent(10 + stream.index(below: 90)))
  }

  private mutating func scenario() -> Scenario {
    let replicas = 1 + stream.index(below: 60)
    let capacity = Double(replicas) * 20
    let strategies = strategies()
    return plainScenario(
      replicas: replicas, rate: capacity * stream.nextUnit() * 0.9,
      horizon: .minutes(20 + stream.index(below: 60)), strategies: strategies
    ) { scenario in
      adjustService(&scenario)
      adjustCluster(&scenario)
      if chance(0.4) { scenario.traffic = traffic(capacity: capacity) }
      scenario.users.stickiness = one(of: UserModel.Stickiness.allCases)
      scenario.users.activity = chance(0.3) ? .fixed : .gamma(shape: 0.5 + stream.nextUnit())
      scenario.users.requestsPerSession = one(of: [1, 2.5, 10, 40])
      scenario.users.sessionDuration = seconds(1, 900)
      scenario.release = ReleaseRisk(
        defectProbability: .percent(60),
        catalog: [
          ReleaseRisk.Defect(name: "bad", kind: "bad", weight: 1, effect: effect(capacity / 60))
        ])
      adjustWatching(&scenario)
      scenario.experiment.seed = UInt64(stream.index(below: 1000))
    }
  }

  private mutating func adjustService(_ scenario: inout Scenario) {
    scenario.service.workers = 1
    scenario.service.serviceTime = .fixed(.milliseconds(50))
    scenario.service.timeout = seconds(1, 20)
    scenario.service.baselineFailures = one(of: [.none, .percent(1)])
    scenario.service.startup = law(0, 60)
    scenario.service.drain = law(0, 20)
    scenario.service.terminationGrace = seconds(0, 30)
    scenario.service.preStop = one(of: [.zero, .seconds(5)])
    scenario.service.endpointPropagation = one(of: [.zero, .seconds(2), .seconds(40)])
    scenario.service.minReady = one(of: [.zero, .seconds(10)])
    scenario.service.readiness.period = one(of: [.zero, .seconds(10)])
  }

  private mutating func adjustCluster(_ scenario: inout Scenario) {
    let replicas = scenario.service.replicas
    scenario.cluster.nodeCount = one(of: [nil, replicas, 1 + replicas / 8])
    scenario.cluster.nodeMaximum = chance(0.3) ? 1 + replicas / 6 : nil
    scenario.cluster.nodeScaleDownDelay = seconds(0, 600)
    scenario.cluster.quota.replicas =
      chance(0.3) ? max(1, replicas - 2 + stream.index(below: replicas + 4)) : nil
    scenario.cluster.controllerRate = one(of: [nil, 20, 0.5])
    scenario.cluster.controllerBurst = one(of: [1, 30])
    scenario.cluster.routePropagation = one(of: [.zero, .seconds(3)])
    scenario.cluster.prices.billing = one(of: ClusterModel.Billing.allCases)
  }

  private mutating func adjustWatching(_ scenario: inout Scenario) {
    let threshold = MonitorRule.threshold(
      ThresholdRule(
        of: .failures, maximum: .percent(5), interval: seconds(10, 120),
        failureLimit: stream.index(below: 2), minimumRequests: 10))
    scenario.monitoring.analysis = chance(0.7) ? [threshold] : []
    scenario.monitoring.alerts = chance(0.7) ? [.burnRate(.total)] : []
    scenario.monitoring.evaluationDelay = one(of: [.zero, .seconds(15)])
    scenario.people.complaintShare = .percent(1)
    scenario.people.reaction = law(0, 600)
  }

  private mutating func traffic(capacity: Double) -> TrafficModel {
    var steps: [TrafficModel.Step] = []
    var start = Instant.zero
    for _ in 0..<(2 + stream.index(below: 8)) {
      let rate = one(of: [0, 0.1, 0.5, 0.9, 1.5]) * capacity
      steps.append(TrafficModel.Step(start: start, requestsPerSecond: rate))
      start = start + seconds(1, 600)
    }
    steps.append(TrafficModel.Step(start: start, requestsPerSecond: capacity / 2))
    return TrafficModel(steps: steps)
  }

  private mutating func effect(_ ratePerReplica: Double) -> DefectEffect {
    var effect = DefectEffect()
    switch stream.index(below: 8) {
    case 0: effect.failureProbability = stream.nextUnit()
    case 1: effect.serviceTimeFactor = 1 + 4 * stream.nextUnit()
    case 2: effect.startFailureProbability = chance(0.5) ? 1 : 0.5
    case 3: effect.crashUptime = law(1, 600)
    case 4:
      effect.onsetUptime = law(1, 900)
      effect.failureProbability = 0.3
    case 5:
      effect.loadThreshold = 20 * stream.nextUnit()
      effect.failureProbability = 0.5
    case 6:
      effect.affectedUsers = 0.05 + 0.3 * stream.nextUnit()
      effect.failureProbability = 1
    default:
      effect.versionChangeFailureProbability = stream.nextUnit()
      effect.writesToRepair = 0.1
    }
    return effect
  }

  private mutating func strategies() -> [any ReleaseStrategy] {
    let steps = [5, 20 + stream.index(below: 40), 100].map {
      Canary.Step(weight: .percent($0), pause: seconds(0, 200))
    }
    return [
      Recreate(), RollingUpdate(maxSurge: quantity(), maxUnavailable: quantity()),
      BlueGreen(
        preview: quantity(), checks: seconds(0, 90), checkRate: 1, hold: seconds(0, 900),
        analysis: chance(0.5), abortDelay: seconds(0, 30)),
      Canary(
        steps: steps, routing: one(of: Canary.Routing.allCases), maxSurge: quantity(),
        maxUnavailable: quantity(), analysis: chance(0.7), scaleDownDelay: seconds(0, 30),
        abortDelay: seconds(0, 30)),
      ABTest(
        cohort: .percent(10 + stream.index(below: 80)), duration: seconds(60, 600),
        falseAlarms: .percent(5), scaleDownDelay: .seconds(30), abortDelay: .seconds(30)),
      Shadow(
        mirror: .percent(1 + stream.index(below: 100)), duration: seconds(30, 300),
        hold: seconds(0, 600), analysis: true, abortDelay: .seconds(30)),
    ]
  }
}
