import LabStrategies
import LabUnits
import Testing

/// What the unmodified Deployment controller of Kubernetes did in recorded rollouts, and what ours does.
///
/// The figures were measured with the upstream controllers against a real API server; every replica
/// started in 2 s and drained in 1 s. The real controllers need some 10 ms a hop, so their times are
/// a little longer, and replicas that become ready within a few milliseconds may be one step or several.
@Suite struct RecordedRolloutTests {
  struct Recorded: CustomTestStringConvertible {
    var name: String
    var replicas: Int
    var surge = Standard.quarter
    var unavailable = Standard.quarter
    var minReady = 0
    var complete: Double
    var lastGone: Double
    /// The most replicas that were not terminating, held for a quarter of a second.
    var peak: Int
    var peakWithTerminating: Int
    var peakSpecified: Int
    var leastReady: Int
    /// Replica-seconds until the last change, without and with terminating ones.
    var replicaSeconds: (Double, Double)
    /// The changes of size in their order, where the recording has no near-simultaneous ones.
    var steps: String?

    var testDescription: String { name }
  }

  static let recorded: [Recorded] = [
    Recorded(
      name: "4 at the defaults", replicas: 4, complete: 4.17, lastGone: 5.11, peak: 5,
      peakWithTerminating: 7, peakSpecified: 5, leastReady: 3, replicaSeconds: (24.46, 28.49)),
    Recorded(
      name: "2 at the defaults", replicas: 2, complete: 4.20, lastGone: 5.16, peak: 3,
      peakWithTerminating: 4, peakSpecified: 3, leastReady: 2, replicaSeconds: (14.38, 16.40),
      steps: "candidate 0>1, stable 2>1, candidate 1>2, stable 1>0"),
    Recorded(
      name: "10, surge 3, unavailable 2", replicas: 10, surge: .count(3), unavailable: .count(2),
      complete: 4.41, lastGone: 5.38, peak: 13, peakWithTerminating: 18, peakSpecified: 13,
      leastReady: 8, replicaSeconds: (66.05, 76.30)),
    Recorded(
      name: "10, surge 1, unavailable 0", replicas: 10, surge: .count(1), unavailable: .count(0),
      complete: 20.42, lastGone: 21.41, peak: 11, peakWithTerminating: 12, peakSpecified: 11,
      leastReady: 10, replicaSeconds: (234.31, 244.38),
      steps: "candidate 0>1, stable 10>9, candidate 1>2, stable 9>8, candidate 2>3, stable 8>7, "
        + "candidate 3>4, stable 7>6, candidate 4>5, stable 6>5, candidate 5>6, stable 5>4, "
        + "candidate 6>7, stable 4>3, candidate 7>8, stable 3>2, candidate 8>9, stable 2>1, "
        + "candidate 9>10, stable 1>0"),
    Recorded(
      name: "5, surge 50%, unavailable 50%", replicas: 5, surge: .share(.percent(50)),
      unavailable: .share(.percent(50)), complete: 2.17, lastGone: 3.13, peak: 8,
      peakWithTerminating: 10, peakSpecified: 8, leastReady: 3, replicaSeconds: (21.70, 26.74)),
    Recorded(
      name: "4, surge 100%, unavailable 0", replicas: 4, surge: .share(.whole),
      unavailable: .count(0), complete: 2.18, lastGone: 3.18, peak: 8, peakWithTerminating: 8,
      peakSpecified: 8, leastReady: 4, replicaSeconds: (20.98, 25.01)),
    Recorded(
      name: "4, surge 0, unavailable 10%: both round to nothing", replicas: 4, surge: .count(0),
      unavailable: .share(.percent(10)), complete: 8.22, lastGone: 7.18, peak: 4,
      peakWithTerminating: 5, peakSpecified: 4, leastReady: 3, replicaSeconds: (32.80, 36.84),
      steps: "stable 4>3, candidate 0>1, stable 3>2, candidate 1>2, stable 2>1, candidate 2>3, "
        + "stable 1>0, candidate 3>4"),
    Recorded(
      name: "5, surge 0, unavailable 1", replicas: 5, surge: .count(0), unavailable: .count(1),
      complete: 10.26, lastGone: 9.22, peak: 5, peakWithTerminating: 6, peakSpecified: 5,
      leastReady: 4, replicaSeconds: (51.23, 56.26),
      steps: "stable 5>4, candidate 0>1, stable 4>3, candidate 1>2, stable 3>2, candidate 2>3, "
        + "stable 2>1, candidate 3>4, stable 1>0, candidate 4>5"),
    Recorded(
      name: "40, surge 0, unavailable 50%", replicas: 40, surge: .count(0),
      unavailable: .share(.percent(50)), complete: 4.52, lastGone: 3.39, peak: 40,
      peakWithTerminating: 60, peakSpecified: 40, leastReady: 20, replicaSeconds: (178.06, 219.07)),
    Recorded(
      name: "40 at the defaults", replicas: 40, complete: 4.74, lastGone: 5.71, peak: 50,
      peakWithTerminating: 70, peakSpecified: 50, leastReady: 30, replicaSeconds: (271.21, 312.33)),
    Recorded(
      name: "4 at the defaults, available after 3 s", replicas: 4, minReady: 3, complete: 10.35,
      lastGone: 11.35, peak: 5, peakWithTerminating: 7, peakSpecified: 5, leastReady: 3,
      replicaSeconds: (55.59, 59.63),
      steps: "candidate 0>1, stable 4>3, candidate 1>2, stable 3>1, candidate 2>4, stable 1>0"),
    Recorded(
      name: "5, surge 3, unavailable 2, available after 3 s", replicas: 5, surge: .count(3),
      unavailable: .count(2), minReady: 3, complete: 5.12, lastGone: 6.13, peak: 8,
      peakWithTerminating: 10, peakSpecified: 8, leastReady: 3, replicaSeconds: (45.85, 50.93),
      steps: "candidate 0>3, stable 5>3, candidate 3>5, stable 3>0"),
  ]

  @Test(arguments: recorded)
  func playsWhatKubernetesPlayed(_ recorded: Recorded) throws {
    let strategy = RollingUpdate(maxSurge: recorded.surge, maxUnavailable: recorded.unavailable)
    var world = ToyCluster.World(replicas: recorded.replicas)
    world.minReady = .seconds(recorded.minReady)
    let cluster = ToyCluster.play(strategy.makeController(replicas: recorded.replicas), world)
    let record = cluster.record

    #expect(cluster.issues == [])
    let end = try #require(record.ends.first)
    #expect(end.end == .promoted)
    expect(end.time.seconds, upTo: 0.8, below: recorded.complete)
    expect(record.lastGone.seconds, upTo: 0.8, below: recorded.lastGone)
    #expect(record.most(\.live) == recorded.peak)
    #expect(record.most(\.notGone) == recorded.peakWithTerminating)
    #expect(record.most(\.desired) == recorded.peakSpecified)
    #expect(record.least(\.ready) == recorded.leastReady)
    // Each of the replicas may stand for the time that the real controllers took longer.
    let (live, notGone) = recorded.replicaSeconds
    let stretch = Double(recorded.replicas) * 0.9 + 2
    #expect(abs(record.integral { $0.stable.live + $0.candidate.live } - live) < stretch)
    #expect(abs(record.integral { $0.stable.notGone + $0.candidate.notGone } - notGone) < stretch)
    if let steps = recorded.steps { #expect(record.steps == steps) }
  }

  @Test func undoesARollingUpdateAsKubernetesDid() throws {
    // 10 at the defaults, undone when 5 new replicas were ready: back after 4.4 to 4.9 s in most
    // repeats, 13 replicas at most.
    var world = ToyCluster.World(replicas: 10)
    world.rollbackAtReady = 5
    let cluster = ToyCluster.play(Standard.rollingUpdate.makeController(replicas: 10), world)
    let end = try #require(cluster.record.ends.first)
    #expect(end.end == .rolledBack)
    expect(end.time.seconds, upTo: 0.5, below: 4.46)
    #expect(cluster.record.most(\.live) == 13)
    #expect(cluster.record.least(\.ready) == 8)
  }

  @Test func undoesTheMostCarefulRollingUpdateAsKubernetesDid() throws {
    // 5, surge 1, unavailable 0, undone at the third ready replica: back after 12.57 s.
    let strategy = RollingUpdate(maxSurge: .count(1), maxUnavailable: .count(0))
    var world = ToyCluster.World(replicas: 5)
    world.rollbackAtReady = 3
    let cluster = ToyCluster.play(strategy.makeController(replicas: 5), world)
    let end = try #require(cluster.record.ends.first)
    #expect(end.end == .rolledBack)
    #expect(cluster.record.most(\.live) == 6)
    #expect(cluster.record.least(\.ready) == 5)
    #expect(end.time.seconds <= 12.57)
  }

  @Test func stopsEveryReplicaBeforeItStartsOne() throws {
    // 40 by Recreate: complete after 3.38 s, the last old one gone after 1.14 s.
    let cluster = ToyCluster.play(
      Standard.recreate.makeController(replicas: 40), ToyCluster.World(replicas: 40))
    let end = try #require(cluster.record.ends.first)
    #expect(cluster.record.steps == "stable 40>0, candidate 0>40")
    expect(end.time.seconds, upTo: 0.5, below: 3.38)
    #expect(cluster.record.lastGone == .zero + .seconds(1))
    #expect(cluster.record.most(\.notGone) == 40)
    #expect(cluster.record.least(\.ready) == 0)
  }

  /// What stood, stable and candidate, when the candidate never became ready.
  @Test(arguments: [
    (1, Standard.quarter, Standard.quarter, 1, 1), (4, Standard.quarter, Standard.quarter, 3, 2),
    (10, Standard.quarter, Standard.quarter, 8, 5),
    (10, .share(.percent(50)), .share(.percent(50)), 5, 10),
    (5, .count(1), .count(0), 5, 1), (5, .count(0), .count(1), 4, 1),
    (4, .share(.whole), .count(0), 4, 4),
  ])
  func stallsWhereKubernetesStalled(
    n: Int, surge: ReplicaQuantity, unavailable: ReplicaQuantity, stable: Int, candidate: Int
  ) {
    let strategy = RollingUpdate(maxSurge: surge, maxUnavailable: unavailable)
    var world = ToyCluster.World(replicas: n)
    world.startUp = { version, _ in version == .candidate ? nil : .seconds(2) }
    let cluster = ToyCluster.play(strategy.makeController(replicas: n), world)
    #expect(cluster.record.ends.isEmpty)
    #expect(cluster.record.last.stable.live == stable)
    #expect(cluster.record.last.candidate.live == candidate)
  }

  /// A real time is never before the ideal one, and not much after it.
  private func expect(_ ours: Double, upTo lag: Double, below recorded: Double) {
    #expect(ours <= recorded + 0.01 && recorded - ours <= lag, "\(ours) s for \(recorded) s")
  }
}
