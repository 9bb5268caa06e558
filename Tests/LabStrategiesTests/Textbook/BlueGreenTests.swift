import LabStrategies
import LabUnits
import Testing

@Suite struct BlueGreenTests {
  static let previewed = BlueGreen(
    preview: .count(2), checks: .seconds(90), checkRate: 2.5, hold: .minutes(10), analysis: false,
    abortDelay: .zero)

  @Test func startsChecksSwitchesHoldsRetires() {
    let plan = Standard.blueGreen.plan
    #expect(plan.route == .allStable)
    #expect(
      plan.phases == [
        .provision(.candidate, .share(.whole)),
        .analyse(.checks(requestsPerSecond: 5), for: .minutes(1)),
        .shiftTraffic(to: .allCandidate),
        .hold(.seconds(30), analysed: true),
        .retire(.stable),
      ])
    #expect(
      plan.rollback == [
        .restore(.stable),
        .shiftTraffic(to: .allStable),
        .hold(.seconds(30), analysed: false),
        .retire(.candidate),
      ])
    #expect(plan.leastDuration == .seconds(90))
    #expect(!plan.needsTrafficRouting)
  }

  @Test func growsFromThePreviewBeforeTheSwitch() {
    #expect(
      Self.previewed.plan.phases == [
        .provision(.candidate, .count(2)),
        .analyse(.checks(requestsPerSecond: 2.5), for: .seconds(90)),
        .provision(.candidate, .share(.whole)),
        .shiftTraffic(to: .allCandidate),
        .hold(.minutes(10), analysed: false),
        .retire(.stable),
      ])
    // A wait of no length is no phase.
    #expect(
      Self.previewed.plan.rollback == [
        .restore(.stable), .shiftTraffic(to: .allStable), .retire(.candidate),
      ])
  }

  @Test func outlineReadsAsTheTextbookDoes() {
    #expect(
      Self.previewed.outline(replicas: 40) == [
        "run 2 candidate replicas and wait until all are available",
        "send synthetic checks to the candidate at 2.5/s for 90s; roll back as soon as they fail",
        "run 40 candidate replicas and wait until all are available",
        "send all traffic to the candidate",
        "wait 10m",
        "remove the stable replicas",
      ])
  }

  @Test func peaksAtTwiceTheReplicas() {
    let record = ToyCluster.play(
      Standard.blueGreen.makeController(replicas: 10), ToyCluster.World(replicas: 10)
    ).record
    #expect(record.most(\.live) == 20)
    #expect(record.least(\.ready) == 10)
    #expect(record.routes == [.allCandidate])
    #expect(record.steps == "candidate 0>10, stable 10>0")
    // Start-up 2 s, checks 60 s, hold 30 s.
    #expect(record.ends.map(\.time) == [.zero + .seconds(92)])
    #expect(
      record.lines == [
        "scales the candidate from 0 to 10 replicas",
        "sends synthetic checks to the candidate at 5/s for 1m",
        "sends all traffic to the candidate",
        "watches the candidate for 30s",
        "removes the stable replicas",
      ])
  }

  @Test func switchesBackAtOnceWhileBlueStands() {
    var world = ToyCluster.World(replicas: 10)
    world.rollback = .zero + .seconds(70)
    let record = ToyCluster.play(Standard.blueGreen.makeController(replicas: 10), world).record
    #expect(record.routes == [.allCandidate, .allStable])
    let back = record.orders.last { $0.order == .route(.allStable) }
    #expect(back?.time == .zero + .seconds(70))
    #expect(record.steps == "candidate 0>10, candidate 10>0")
    #expect(record.ends.map(\.time) == [.zero + .seconds(100)])
  }

  @Test func deploysBlueAnewBeforeItSwitchesBackToIt() {
    var world = ToyCluster.World(replicas: 10)
    world.rollback = .zero + .seconds(200)
    let record = ToyCluster.play(Standard.blueGreen.makeController(replicas: 10), world).record
    #expect(record.ends.map(\.end) == [.promoted, .rolledBack])
    let back = record.orders.last { $0.order == .route(.allStable) }
    #expect(back?.time == .zero + .seconds(202))
    #expect(record.steps == "candidate 0>10, stable 10>0, stable 0>10, candidate 10>0")
  }

  @Test func failedChecksNeverSwitch() {
    var world = ToyCluster.World(replicas: 10)
    world.failure = { _, _ in .seconds(20) }
    let record = ToyCluster.play(Standard.blueGreen.makeController(replicas: 10), world).record
    #expect(record.routes == [])
    #expect(record.ends.map(\.end) == [.rolledBack])
    #expect(
      record.lines.suffix(3) == [
        "rolls back: the analysis found the candidate worse than allowed",
        "waits 30s", "removes the candidate replicas",
      ])
  }

  @Test func nothingToCheckIsRefused() {
    let strategy = BlueGreen(
      preview: .count(0), checks: .minutes(1), checkRate: 0, hold: .zero, analysis: true,
      abortDelay: .zero)
    #expect(
      strategy.problems(replicas: 10) == [
        StrategyProblem(
          key: "preview", message: "a preview of 0 replicas has nothing to check",
          hint: "write 1 or more, or leave preview out for the full size"),
        StrategyProblem(
          key: "checkRate", message: "checks run for 1m without any request",
          hint: "write checkRate: 1/s, or checks: 0s for none"),
      ])
  }
}
