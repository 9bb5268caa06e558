import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Very large, very small and empty releases.
struct ModelExtremesTests {
  private static func problems(_ metrics: MetricValues) -> [String] {
    Metric.allCases.filter { metrics[$0].map { !$0.isFinite } ?? false }.map(\.rawValue)
  }

  @Test func twoThousandReplicasForFourWeeks() {
    let scenario = plainScenario(
      replicas: 2000, rate: 1_000_000, horizon: .hours(24 * 28),
      strategies: [BlueGreen.plain(hold: .hours(24 * 27))]
    ) {
      $0.service.workers = 100
      $0.monitoring.scrapeInterval = .hours(1)
      $0.cluster.nodeCount = 4000
      $0.users.population = 1_000_000_000
    }
    let metrics = playOnce(scenario).run.metrics
    #expect(metrics[.extraReplicaSeconds] == 4_665_640_000)
    let requests = 1e6 * 28 * 86_400
    #expect(abs((metrics[.requestsTotal] ?? 0) - requests) < 6 * requests.squareRoot())
    #expect(Self.problems(metrics) == [])
  }

  @Test func twoThousandReplicasAreCreatedAndDeletedAtTheControlPlanesRate() {
    let scenario = plainScenario(
      replicas: 2000, rate: 100, strategies: [BlueGreen.plain()]
    ) {
      $0.cluster.controllerRate = 20
      $0.cluster.controllerBurst = 30
      $0.cluster.nodeCount = 500
    }
    let metrics = playOnce(scenario).run.metrics
    // The last is created after 98.5 s and ready 20 s later, when the deletions begin, as slowly: what is
    // saved in the beginning is paid in the end.
    #expect(metrics[.trafficComplete] == 118.5)
    #expect(metrics[.peakReplicas] == 4000)
    #expect(metrics[.extraReplicaSeconds] == 237_000)
    #expect(metrics[.pendingTime] == 0)
  }

  @Test func aSlowControlPlaneIsNamed() {
    let scenario = plainScenario(strategies: [BlueGreen.plain()]) {
      $0.cluster.controllerRate = 0.001
      $0.cluster.controllerBurst = 3
    }
    let run = playOnce(scenario).run
    // Three at once, and one more after 1,000, 2,000 and 3,000 s.
    #expect(run.metrics[.peakReplicas] == 16)
    #expect(run.metrics[.pendingTime] == 0)
    #expect(
      run.stallReason
        == "4 candidate replicas wait for the control plane, which creates them one by one")
  }

  @Test func withoutTrafficNothingIsExposedOrFails() {
    for strategy in [
      Recreate(), BlueGreen.plain(), Canary.endless(weight: .percent(5)),
    ] as [any ReleaseStrategy] {
      let scenario = plainScenario(rate: 0, strategies: [strategy]) {
        $0.release = certain(.failing(1))
      }
      let run = playOnce(scenario).run
      #expect(run.metrics[.requestsTotal] == 0)
      #expect(run.metrics[.requestsFailed] == 0)
      #expect(run.metrics[.mixedVersion] == 0)
      #expect(run.metrics[.latencyP99] == nil)
      #expect(Self.problems(run.metrics) == [])
    }
  }

  @Test func anHourWithoutTrafficHidesADefect() {
    let scenario = plainScenario(
      rate: 100, horizon: .hours(3), strategies: [BlueGreen.plain(hold: .hours(2))]
    ) {
      $0.release = certain(.failing(1))
      $0.service.workers = 1000
      $0.monitoring.alerts = [.burnRate(.total)]
      $0.traffic = TrafficModel(
        steps: [
          TrafficModel.Step(start: .zero, requestsPerSecond: 0),
          TrafficModel.Step(start: .zero + .hours(1), requestsPerSecond: 1000),
        ])
    }
    let metrics = playOnce(scenario).run.metrics
    // Traffic begins at 3,600 s; the first reading is 30 s later, without any history, and people take 5 min.
    #expect(metrics[.detection] == 330)
    #expect(metrics[.downtime] == 0)
  }

  @Test func oneReplicaForOneSecond() {
    for strategy in [Recreate(), BlueGreen.plain()] as [any ReleaseStrategy] {
      let run = playOnce(
        plainScenario(replicas: 1, rate: 1, horizon: .seconds(1), strategies: [strategy])
      ).run
      #expect(run.outcome == .stalled)
      #expect(Self.problems(run.metrics) == [])
    }
  }

  @Test func aStartUpOfCenturiesOverflowsNothing() {
    let scenario = plainScenario(strategies: [BlueGreen.plain()]) {
      // The longest that a distribution draws.
      $0.service.startup = .fixed(Span(nanoseconds: 9_200_000_000_000_000_000))
      $0.service.readiness.period = .seconds(10)
      $0.service.drain = $0.service.startup
    }
    #expect(playOnce(scenario).run.outcome == .stalled)
  }
}
