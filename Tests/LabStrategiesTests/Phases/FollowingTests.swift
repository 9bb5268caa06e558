import LabStrategies
import LabUnits
import Testing

/// Every textbook strategy follows the desired replicas when an autoscaler changes them, whenever that is.
@Suite struct FollowingTests {
  /// Play number k: a strategy, two sizes, and an instant from the first second to long after the end.
  private struct Play {
    var strategy: any PhasedStrategy
    var before: Int
    var after: Int
    var world: ToyCluster.World

    init(_ number: Int) {
      var course = StrategyPropertyTests.Course(state: UInt64(7000 + number))
      strategy = Standard.all[number % Standard.all.count]
      (before, after) = (1 + course.next(below: 25), 1 + course.next(below: 25))
      world = course.world(before)
      world.minReady = .zero
      // Most strategies are over within 40 minutes, the rolling ones within half a minute.
      let latest = number % 3 == 0 ? 3_000_000 : number % 3 == 1 ? 400_000 : 20_000
      world.resize = (.zero + .milliseconds(course.next(below: latest)), after)
    }

    func played() -> ToyCluster {
      ToyCluster.play(strategy.makeController(replicas: before), world)
    }
  }

  @Test(arguments: 0..<210) func aReleaseEndsAtTheNewSize(_ number: Int) {
    let play = Play(number)
    let cluster = play.played()
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.promoted])
    #expect(cluster.record.last.candidate.desired == play.after)
    #expect(cluster.record.last.candidate.available == play.after)
    #expect(cluster.record.last.stable.notGone == 0)
  }

  @Test(arguments: 0..<210) func aRollBackEndsAtTheNewSize(_ number: Int) {
    var play = Play(number)
    var course = StrategyPropertyTests.Course(state: UInt64(9000 + number))
    play.world.rollback = .zero + .milliseconds(1 + course.next(below: 600_000))
    let cluster = play.played()
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.last?.end == .rolledBack)
    #expect(cluster.record.last.stable.desired == play.after)
    #expect(cluster.record.last.stable.available == play.after)
    #expect(cluster.record.last.candidate.notGone == 0)
  }

  @Test func sharesAreResolvedAnewAndCountsStay() throws {
    var world = ToyCluster.World(replicas: 10)
    world.resize = (.zero + .seconds(90), 20)
    let cluster = ToyCluster.play(Standard.canary.makeController(replicas: 10), world)
    // At 90 s the canary is at its second step, 20%: 2 of 10 become 4 of 20, and stable is whole.
    let fleet = try #require(cluster.record.fleets.last { $0.now == .zero + .seconds(90) })
    #expect(fleet.candidate.desired == 4)
    #expect(fleet.stable.desired == 20)

    let three = BlueGreen(
      preview: .count(3), checks: .minutes(5), checkRate: 1, hold: .minutes(1), analysis: false,
      abortDelay: .zero)
    let checked = ToyCluster.play(three.makeController(replicas: 10), world)
    let preview = try #require(checked.record.fleets.last { $0.now == .zero + .seconds(90) })
    #expect(preview.candidate.desired == 3)
    #expect(preview.stable.desired == 20)
    #expect(checked.record.last.candidate.available == 20)
  }

  @Test func aSplitByReplicasIsReachedWithinItsFenceposts() throws {
    var world = ToyCluster.World(replicas: 10)
    world.resize = (.zero + .seconds(90), 20)
    let cluster = ToyCluster.play(Standard.canaryByReplicas.makeController(replicas: 10), world)
    let fleet = try #require(
      cluster.record.fleets.last { $0.now > .zero + .seconds(95) && $0.now < .zero + .seconds(120) }
        ?? cluster.record.fleets.last { $0.now <= .zero + .seconds(120) })
    #expect(fleet.candidate.desired + fleet.stable.desired == 20)
    #expect(cluster.record.most(\.desired) <= 25)
  }

  @Test func aPlanTakesNoSamples() {
    for strategy in Standard.all {
      #expect(!strategy.makeController(replicas: 3).takesSamples)
    }
  }
}
