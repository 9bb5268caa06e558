import LabStrategies
import LabUnits
import Testing

@Suite struct ShadowTests {
  static let mirrored = TrafficRoute(.weighted(.allStable), mirrored: .whole)

  @Test func mirrorsThenSwitches() {
    let plan = Standard.shadow.plan
    #expect(plan.route == .allStable)
    #expect(
      plan.phases == [
        .provision(.candidate, .share(.whole)),
        .shiftTraffic(to: Self.mirrored),
        .analyse(.health, for: .minutes(10)),
        .shiftTraffic(to: .allCandidate),
        .hold(.seconds(30), analysed: true),
        .retire(.stable),
      ])
    #expect(plan.leastDuration == .seconds(630))
    #expect(plan.needsTrafficRouting)
  }

  @Test func outlineNamesTheCopy() {
    #expect(
      Standard.shadow.outline(replicas: 1).prefix(2) == [
        "run 1 candidate replica and wait until it is available",
        "send all traffic to stable, and a copy of 100% of it to the candidate",
      ])
  }

  @Test func aBadCopyEndsTheMirroring() {
    var world = ToyCluster.World(replicas: 10)
    world.failure = { _, _ in .minutes(2) }
    let record = ToyCluster.play(Standard.shadow.makeController(replicas: 10), world).record
    #expect(record.routes == [Self.mirrored, .allStable])
    #expect(record.ends.map(\.end) == [.rolledBack])
  }

  @Test func noMirrorIsRefused() {
    let strategy = Shadow(
      mirror: .none, duration: .minutes(1), hold: .zero, analysis: true, abortDelay: .zero)
    #expect(
      strategy.problems(replicas: 10) == [
        StrategyProblem(
          key: "mirror", message: "a mirror of 0% copies no request to the candidate",
          hint: "write 100%, or use blue-green")
      ])
  }
}
