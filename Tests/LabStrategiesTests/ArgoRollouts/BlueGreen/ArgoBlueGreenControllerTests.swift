import LabStrategies
import LabUnits
import Testing

/// Whole courses of a blue-green update in the toy cluster: 10 replicas, ready after 2 s, gone after 1 s.
struct ArgoBlueGreenControllerTests {
  private func play(
    _ strategy: ArgoBlueGreen, _ world: ToyCluster.World = .init()
  ) -> Record {
    let cluster = ToyCluster.play(strategy.makeController(replicas: world.replicas), world)
    #expect(cluster.issues.isEmpty)
    let record = cluster.record
    // Whoever gets all traffic has all replicas available: blue-green never lacks capacity.
    for fleet in record.fleets {
      let version: ReleaseVersion = fleet.route == .allCandidate ? .candidate : .stable
      #expect(fleet.counts(of: version).available >= min(10, world.replicas))
    }
    return record
  }

  private func metric(
    _ of: AnalysisMetric.Measure = .failures, count: Int = 3, failureAbove: Share? = nil
  ) -> AnalysisMetric {
    AnalysisMetric(
      name: "errors", of: of, successMaximum: .percent(5), failureAbove: failureAbove,
      interval: .minutes(1), count: count, failureLimit: 0)
  }

  private func steps(_ record: Record) -> [String] {
    record.orders.compactMap { item in
      guard case .begin(let step) = item.order else { return nil }
      return "\(Int(item.time.seconds)): \(step.number) \(step.title)"
    }
  }

  private func routes(_ record: Record) -> [String] {
    record.orders.compactMap { item in
      guard case .route(let route) = item.order else { return nil }
      return "\(Int(item.time.seconds)): \(route == .allCandidate ? "candidate" : "stable")"
    }
  }

  private func reasons(_ record: Record) -> [String] {
    record.orders.compactMap {
      if case .rollBack(because: let reason) = $0.order { reason } else { nil }
    }
  }

  /// docs/features/bluegreen.md, "Sequence of Events".
  @Test func theWholeSetSwitchesAtOnceAndTheOldOneStaysForItsDelay() {
    let record = play(ArgoBlueGreen())
    #expect(
      steps(record) == [
        "0: 1 scale the preview to 10", "2: 2 switch the active service",
        "2: 3 scale down the old version",
      ])
    #expect(record.steps == "candidate 0>10, stable 10>0")
    #expect(routes(record) == ["2: candidate"])
    #expect(record.scaleSteps.map(\.time.seconds) == [0, 32])
    #expect(record.ends.map(\.end) == [.promoted])
    #expect(record.most { $0.desired } == 20)
  }

  @Test func anAutomaticPromotionWaitsFromWhenThePreviewIsAvailable() {
    var settings = BlueGreenSettings()
    settings.autoPromotionDelay = .minutes(5)
    let record = play(ArgoBlueGreen(settings))
    #expect(
      steps(record)[1...] == [
        "2: 2 pause 5m", "302: 3 switch the active service", "302: 4 scale down the old version",
      ])
  }

  @Test func aManualPromotionWaitsForAPerson() {
    var settings = BlueGreenSettings()
    settings.autoPromotion = false
    settings.autoPromotionDelay = .seconds(1)
    let record = play(ArgoBlueGreen(settings, resumeAfter: .minutes(7)))
    #expect(
      steps(record)[1...2] == ["2: 2 pause until promoted", "422: 3 switch the active service"])
    #expect(record.ends.map(\.end) == [.promoted])
  }

  /// The growth to all replicas comes after analysis and pause, before the switch.
  @Test func aSmallPreviewGrowsAfterThePause() {
    var settings = BlueGreenSettings()
    settings.previewReplicaCount = 2
    settings.autoPromotionDelay = .minutes(1)
    let record = play(ArgoBlueGreen(settings, prePromotionAnalysis: [metric()]))
    #expect(
      steps(record) == [
        "0: 1 scale the preview to 2", "2: 2 pre-promotion analysis", "122: 3 pause 1m",
        "182: 4 scale the new version to 10", "184: 5 switch the active service",
        "184: 6 scale down the old version",
      ])
    #expect(record.steps == "candidate 0>2, candidate 2>10, stable 10>0")
  }

  @Test func anAnalysisBeforeTheSwitchSendsItsOwnRequestsAndStopsThem() {
    let record = play(ArgoBlueGreen(prePromotionAnalysis: [metric()]))
    let analysis: [ReleaseOrder] = record.orders.map(\.order).filter { order in
      switch order {
      case .startAnalysis, .stopAnalysis: true
      default: false
      }
    }
    #expect(analysis == [.startAnalysis(.probing(requestsPerSecond: 5)), .stopAnalysis])
    #expect(routes(record) == ["122: candidate"])
  }

  @Test func aPreviewThatFailsItsAnalysisNeverGetsTrafficAndGoesAfterADelay() {
    var world = ToyCluster.World()
    world.sample = { _, _ in .init(requests: 100, failed: 6) }
    let record = play(ArgoBlueGreen(prePromotionAnalysis: [metric()]), world)
    #expect(routes(record) == [])
    #expect(
      reasons(record) == [
        "metric 'errors' is Failed: 1 failed measurement, failureLimit 0; 6 of 100 requests failed in the last 1m"
      ])
    #expect(record.steps == "candidate 0>10, candidate 10>0")
    #expect(record.scaleSteps.map(\.time.seconds) == [0, 32])
    #expect(record.ends.map(\.end) == [.rolledBack])
  }

  @Test func aFailureAfterTheSwitchSwitchesBackAtOnce() {
    var world = ToyCluster.World()
    world.sample = { time, _ in .init(requests: 100, failed: time.seconds > 60 ? 20 : 0) }
    let record = play(ArgoBlueGreen(postPromotionAnalysis: [metric()]), world)
    #expect(routes(record) == ["2: candidate", "62: stable"])
    #expect(record.scaleSteps.map(\.time.seconds) == [0, 92])
    #expect(record.steps == "candidate 0>10, candidate 10>0")
    #expect(record.ends.map(\.end) == [.rolledBack])
    #expect(reasons(record).count == 1)
  }

  @Test func theOldVersionIsKeptUntilTheAnalysisAfterTheSwitchHasPassed() {
    let record = play(ArgoBlueGreen(postPromotionAnalysis: [metric()]))
    #expect(record.scaleSteps.map(\.time.seconds) == [0, 152])
    #expect(
      steps(record).suffix(2) == [
        "2: 3 post-promotion analysis", "122: 4 scale down the old version",
      ])
  }

  @Test func anInconclusiveAnalysisWaitsForAPersonAndIsRepeated() {
    var world = ToyCluster.World()
    world.sample = { time, _ in .init(requests: 100, failed: time.seconds < 300 ? 7 : 0) }
    let record = play(
      ArgoBlueGreen(prePromotionAnalysis: [metric(count: 1, failureAbove: .percent(10))]), world)
    #expect(routes(record) == ["302: candidate"])
    #expect(record.ends.map(\.end) == [.promoted])
    #expect(
      record.lines.first
        == "pauses: metric 'errors' is Inconclusive: 1 inconclusive measurement, inconclusiveLimit 0; 7 of 100 requests failed in the last 1m"
    )
  }

  @Test func anOrderedRollbackBeforeTheSwitchLeavesTheActiveServiceAlone() {
    var settings = BlueGreenSettings()
    settings.autoPromotion = false
    var world = ToyCluster.World()
    world.rollback = .zero + .minutes(1)
    let record = play(ArgoBlueGreen(settings), world)
    #expect(routes(record) == [])
    #expect(record.scaleSteps.map(\.time.seconds) == [0, 90])
    #expect(record.ends.map(\.end) == [.rolledBack])
    #expect(reasons(record) == [])
  }

  @Test func aDelayOfNothingKeepsAnAbortedVersionForEver() {
    var settings = BlueGreenSettings()
    settings.autoPromotion = false
    settings.abortScaleDownDelay = nil
    var world = ToyCluster.World()
    world.rollback = .zero + .minutes(1)
    let record = play(ArgoBlueGreen(settings), world)
    #expect(record.steps == "candidate 0>10")
    #expect(record.ends.map(\.time.seconds) == [60])
  }

  /// docs/features/bluegreen.md, "Fast-track Rollback".
  @Test func whoGoesBackInsideOfTheDelaySwitchesAtOnce() {
    var world = ToyCluster.World()
    world.rollback = .zero + .seconds(20)
    let record = play(ArgoBlueGreen(), world)
    #expect(routes(record) == ["2: candidate", "20: stable"])
    #expect(record.steps == "candidate 0>10, candidate 10>0")
    #expect(record.scaleSteps.map(\.time.seconds) == [0, 50])
    #expect(record.ends.map(\.end) == [.rolledBack])
  }

  @Test func whoGoesBackLaterReleasesTheOldVersionAgain() {
    var world = ToyCluster.World()
    world.rollback = .zero + .minutes(10)
    let record = play(ArgoBlueGreen(), world)
    #expect(routes(record) == ["2: candidate", "602: stable"])
    #expect(record.steps == "candidate 0>10, stable 10>0, stable 0>10, candidate 10>0")
    #expect(record.ends.map(\.end) == [.promoted, .rolledBack])
  }

  @Test func bothVersionsFollowTheDesiredReplicas() {
    var settings = BlueGreenSettings()
    settings.autoPromotionDelay = .minutes(5)
    var world = ToyCluster.World()
    world.resize = (.zero + .minutes(1), 14)
    let record = play(ArgoBlueGreen(settings), world)
    #expect(record.steps == "candidate 0>10, candidate 10>14, stable 10>14, stable 14>0")
    #expect(record.last.candidate.available == 14)
  }

  @Test(arguments: [false, true])
  func anUpdateWithoutProgressIsAbortedOnlyIfItSaysSo(_ aborts: Bool) {
    var settings = BlueGreenSettings()
    settings.progressDeadlineAbort = aborts
    var world = ToyCluster.World()
    world.startUp = { version, _ in version == .candidate ? nil : .seconds(2) }
    let record = play(ArgoBlueGreen(settings), world)
    #expect(reasons(record) == (aborts ? ["no progress for 10m"] : []))
    #expect(record.lines.contains("no progress for 10m, the Rollout is Degraded"))
    #expect(record.ends.map(\.end) == (aborts ? [.rolledBack] : []))
    #expect(routes(record) == [])
  }
}
