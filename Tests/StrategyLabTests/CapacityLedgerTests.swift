import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// The books of one replication, against sums by hand.
struct CapacityLedgerTests {
  private static func step(_ seconds: Int, created: Int, placed: Int? = nil, ready: Int = 0)
    -> FleetCourse.Step
  {
    FleetCourse.Step(
      time: .zero + .seconds(seconds), created: created, placed: placed ?? created, ready: ready,
      terminating: created - ready, nodes: 1, wantedNodes: 2)
  }

  private static func entry(
    _ takers: LedgerEntry.Takers, each: Double = 1, others: Double = 0, limit: Double? = nil
  ) -> LedgerEntry {
    LedgerEntry(
      name: "things", unit: .count, takers: takers, each: each, others: others, limit: limit,
      shortage: .waits)
  }

  @Test func whatIsTheSameIsNotedOnceAndWhatLastsNoTimeIsNot() {
    var course = FleetCourse()
    course.note(Self.step(0, created: 2))
    course.note(Self.step(5, created: 2))
    course.note(Self.step(9, created: 4))
    course.note(Self.step(9, created: 3))
    course.note(Self.step(12, created: 1))
    #expect(
      course.steps == [
        Self.step(0, created: 2), Self.step(9, created: 3), Self.step(12, created: 1),
      ])
  }

  @Test func takersAreCountedByWhatTheyAre() {
    let step = Self.step(0, created: 9, placed: 6, ready: 4)
    let takers: [LedgerEntry.Takers] = [.created, .placed, .ready, .registered, .nodes]
    let demands = takers.map { Self.entry($0, each: 3, others: 7).demand(at: step) }
    // 7 and three times 9, 6, 4, 4 + 5, 2.
    #expect(demands == [34, 25, 19, 34, 13])
  }

  @Test func theMostIsFoundAndForHowLongItIsTooMuch() throws {
    var course = FleetCourse()
    for (second, created) in [(0, 10), (20, 12), (30, 13), (45, 10), (60, 12), (70, 9)] {
      course.note(Self.step(second, created: created))
    }
    let horizon = Instant.zero + .seconds(100)
    func extremes(_ limit: Double?) throws -> LedgerExtremes {
      try #require(
        LedgerExtremes(Self.entry(.created, each: 2, limit: limit), course, until: horizon))
    }
    let free = try extremes(nil)
    #expect(free.peak == 26)
    #expect(free.peakTime == .zero + .seconds(30))
    #expect(free.firstShort == nil)
    let short = try extremes(22)
    // From 20 s to 45 s, and from 60 s to 70 s.
    #expect(short.firstShort == .zero + .seconds(20))
    #expect(short.shortNanoseconds == 35_000_000_000)
    #expect(try extremes(26).firstShort == nil, "as much as there is fits")
    // The last step lasts to the horizon.
    #expect(try extremes(17).shortNanoseconds == 100_000_000_000)
  }

  @Test func aSumThatJustMeetsItsLimitFits() throws {
    var course = FleetCourse()
    course.note(Self.step(0, created: 3))
    let entry = Self.entry(.created, each: 0.1, limit: 0.3)
    #expect(entry.demand(at: course.steps[0]) > 0.3)
    let extremes = LedgerExtremes(entry, course, until: .zero + .seconds(1))
    #expect(try #require(extremes).firstShort == nil)
  }

  @Test func everyClusterCountsReplicasProcessorMemoryAndNodes() {
    let scenario = plainScenario(replicas: 4, strategies: [Recreate()]) {
      $0.cluster.quota = ClusterModel.Quota(replicas: 6, milliCores: 2500, memoryBytes: 3 << 30)
      $0.cluster.nodeMaximum = 50
      $0.scarce = [ScarceThing(kind: .connections, name: "db", perReplica: 5, others: 2, limit: 40)]
    }
    let ledger = scenario.ledger
    #expect(ledger.map(\.name) == ["replicas", "cpu", "memory", "nodes", "db"])
    #expect(ledger.map(\.limit) == [6, 2.5, 3_221_225_472, 50, 40])
    let step = Self.step(0, created: 8, placed: 6)
    #expect(ledger.map { $0.demand(at: step) } == [8, 4, 4_294_967_296, 2, 32])
  }

  /// The peak of the course is that of the metrics, which are counted elsewhere.
  @Test(arguments: 0..<30) func peaksAreThoseOfTheMetrics(_ number: Int) throws {
    var scenario = ScenarioGenerator.scenario(number)
    scenario.experiment.detail = .flow
    let experiment = Experiment(scenario: scenario)
    let horizon = Instant.zero + scenario.experiment.horizon
    for index in scenario.strategies.indices {
      var used: Simulation?
      let course = experiment.course(strategyIndex: index, replication: 0, after: &used)
      let metrics = experiment.result(strategyIndex: index, replication: 0).metrics
      let peak = try #require(LedgerExtremes(scenario.ledger[0], course, until: horizon)).peak
      // What lasts no time counts there, and not here.
      #expect(peak <= metrics[.peakReplicas] ?? 0)
      let ends = course.steps.dropFirst().map(\.time) + [horizon]
      var seconds = (created: 0.0, waiting: 0.0)
      for (step, end) in zip(course.steps, ends) {
        let length = (end - step.time).seconds
        seconds.created += Double(step.created) * length
        seconds.waiting += Double(step.created - step.placed) * length
      }
      let known = (metrics[.replicaSeconds] ?? 0, metrics[.pendingTime] ?? 0)
      #expect(abs(seconds.created - known.0) < 1e-6 * max(1, known.0))
      #expect(abs(seconds.waiting - known.1) < 1e-6 * max(1, known.1))
    }
  }
}
