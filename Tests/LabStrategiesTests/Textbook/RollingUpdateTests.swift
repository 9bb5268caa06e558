import LabStrategies
import LabUnits
import Testing

@Suite struct RollingUpdateTests {
  @Test func replacesInPlaceAndBack() {
    let plan = RollingUpdate(maxSurge: .count(1), maxUnavailable: .share(.percent(10))).plan
    #expect(plan.route == .byReplicaShare)
    #expect(
      plan.phases == [
        .replaceInPlace(
          by: .candidate, maxSurge: .count(1), maxUnavailable: .share(.percent(10)))
      ])
    #expect(
      plan.rollback == [
        .replaceInPlace(by: .stable, maxSurge: .count(1), maxUnavailable: .share(.percent(10)))
      ])
    #expect(!plan.needsTrafficRouting)
  }

  @Test func outlineResolvesTheFenceposts() {
    #expect(
      Standard.rollingUpdate.outline(replicas: 40) == [
        "replace 40 replicas by rolling update: at most 10 extra, at most 10 missing"
      ])
    #expect(
      Standard.rollingUpdate.plan.rollbackOutline(replicas: 1) == [
        "put stable back in place of 1 replica by rolling update: at most 1 extra, "
          + "at most 0 missing"
      ])
  }

  /// 15 at the defaults while old replicas drain: 12 old, 7 new, 3 terminating.
  @Test func moreReplicasThanTheSurgeStandWhileOldOnesDrain() {
    let record = ToyCluster.play(
      Standard.rollingUpdate.makeController(replicas: 15), ToyCluster.World(replicas: 15)
    ).record
    #expect(record.fleets[0].stable.live == 12)
    #expect(record.fleets[0].stable.terminating == 3)
    #expect(record.fleets[0].candidate.live == 7)
    #expect(record.fleets[0].stable.notGone + record.fleets[0].candidate.notGone == 22)
  }

  @Test func oneReplicaNeedsTwoPlaces() {
    let record = ToyCluster.play(
      Standard.rollingUpdate.makeController(replicas: 1), ToyCluster.World(replicas: 1)
    ).record
    #expect(record.most(\.live) == 2)
    #expect(record.least(\.ready) == 1)
    #expect(record.steps == "candidate 0>1, stable 1>0")
  }

  @Test func oneAnnouncementForTheWholeMove() {
    var world = ToyCluster.World(replicas: 40)
    world.route = .byReplicaShare
    let record = ToyCluster.play(
      Standard.rollingUpdate.makeController(replicas: 40), world
    ).record
    #expect(
      record.lines == [
        "replaces the stable replicas by rolling update, at most 10 extra, at most 10 missing"
      ])
  }

  @Test(arguments: [
    (ReplicaQuantity.count(0), ReplicaQuantity.count(0)), (.share(.none), .count(0)),
    (.share(.none), .share(.none)),
  ])
  func bothFencepostsWrittenAsNothingAreRefused(
    surge: ReplicaQuantity, unavailable: ReplicaQuantity
  ) {
    let strategy = RollingUpdate(maxSurge: surge, maxUnavailable: unavailable)
    #expect(
      strategy.problems(replicas: 4) == [
        StrategyProblem(
          key: "maxSurge",
          message: "maxSurge and maxUnavailable are both 0: nothing could ever move",
          hint: "write maxSurge: 1 or maxUnavailable: 1")
      ])
  }

  @Test func bothFencepostsMayRoundToNothing() {
    let strategy = RollingUpdate(maxSurge: .count(0), maxUnavailable: .share(.percent(10)))
    #expect(strategy.problems(replicas: 4) == [])
  }

  @Test func moreUnavailableThanTheWholeIsRefused() {
    let strategy = RollingUpdate(maxSurge: .count(1), maxUnavailable: .share(.percent(101)))
    #expect(
      strategy.problems(replicas: 4) == [
        StrategyProblem(
          key: "maxUnavailable", message: "maxUnavailable 101% is above 100%",
          hint: "write at most 100%")
      ])
  }
}
