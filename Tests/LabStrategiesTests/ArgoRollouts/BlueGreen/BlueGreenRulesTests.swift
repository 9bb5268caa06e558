import LabStrategies
import LabUnits
import Testing

/// The rules of a blue-green update, each table by the upstream test or page that it names.
struct BlueGreenRulesTests {
  private let now = Instant.zero + .hours(1)

  private func settings(
    _ change: (inout BlueGreenSettings) -> Void = { _ in }
  ) -> BlueGreenSettings {
    var settings = BlueGreenSettings()
    change(&settings)
    return settings
  }

  private func state(
    _ replicas: Int = 10, new: Int = 10, available: Int? = nil,
    _ change: (inout BlueGreenState) -> Void = { _ in }
  ) -> BlueGreenState {
    var state = BlueGreenState(
      replicas: replicas, new: .init(size: new, available: available ?? new),
      old: .init(size: replicas, available: replicas))
    change(&state)
    return state
  }

  /// utils/replicaset/replicaset_test.go, TestNewRSNewReplicasWitPreviewReplicaCount.
  @Test func thePreviewHasItsOwnSizeUntilItWasGood() {
    let preview = settings { $0.previewReplicaCount = 1 }
    #expect(state { $0.active = .none }.newSize(preview) == 10)
    #expect(state { $0.active = .new }.newSize(preview) == 10)
    #expect(
      state {
        $0.isNewTemplate = true
        $0.hasCheckPoint = true
      }.newSize(preview) == 1)
    #expect(state { $0.hasCheckPoint = true }.newSize(preview) == 10)
    #expect(state().newSize(preview) == 1)
    #expect(state { $0.isPromotedInFull = true }.newSize(preview) == 10)
    #expect(state().newSize(settings()) == 10)
  }

  /// rollout/bluegreen_test.go, TestBlueGreenHandlePause.
  @Test func theSwitchWaitsForThePause() {
    let manual = settings { $0.autoPromotion = false }
    var unready = state(new: 10, available: 9)
    unready.pass(manual, at: now)
    #expect(unready.pausedSince == nil && unready.active == .old)

    var ready = state()
    ready.pass(manual, at: now)
    #expect(ready.pausedSince == now && ready.active == .old)
    ready.pass(manual, at: now + .hours(5))
    #expect(ready.active == .old)
    ready.pausedSince = nil
    ready.pass(manual, at: now + .hours(5))
    #expect(ready.active == .new && ready.stable == .new)

    let automatic = settings { $0.autoPromotionDelay = .seconds(10) }
    var waiting = state {
      $0.pausedSince = .zero
      $0.hasPaused = true
      $0.isPausedByPerson = true
    }
    waiting.pass(automatic, at: now)
    #expect(waiting.active == .old)
    waiting.isPausedByPerson = false
    waiting.pass(automatic, at: now)
    #expect(waiting.active == .new && waiting.pausedSince == nil)
  }

  /// rollout/sync_test.go, TestBlueGreenPromoteFull, Test_shouldFullPromote; docs/features/rollback.md.
  @Test func aFastTrackSkipsPauseAndAnalyses() {
    let slow = settings {
      $0.autoPromotion = false
      $0.hasPrePromotionAnalysis = true
      $0.hasPostPromotionAnalysis = true
    }
    let tracks: [(inout BlueGreenState) -> Void] = [
      { $0.isPromotedInFull = true }, { $0.isWithinRollbackWindow = true },
      { $0.new.deadline = .zero + .hours(2) },
    ]
    for track in tracks {
      var state = state(10, new: 10, track)
      state.pass(slow, at: now)
      #expect(state.active == .new && state.stable == .new)
      #expect(state.preAnalysis == nil && state.postAnalysis == nil)
    }
  }

  /// rollout/replicaset_test.go, TestReconcileNewReplicaSet.
  @Test(arguments: [
    (30 as Int?, nil as Int?, 10, 10), (30, 5, 10, 10), (30, -5, 10, 0), (nil, nil, 10, 10),
    (30, nil, 3, 3),
  ])
  func anAbortedVersionWaitsBeforeItGoes(
    _ delay: Int?, _ deadline: Int?, _ size: Int, _ expected: Int
  ) {
    var aborted = state(10, new: size)
    aborted.isAborted = true
    aborted.new.deadline = deadline.map { now + .seconds($0) }
    aborted.scaleNew(settings { $0.abortScaleDownDelay = delay.map { .seconds($0) } }, at: now)
    #expect(aborted.new.size == expected)
  }

  @Test func theTimeOfAnAbortedVersionRunsFromWhenStableIsWhole() {
    var aborted = state()
    aborted.isAborted = true
    aborted.old.available = 9
    aborted.pass(settings(), at: now)
    #expect(aborted.new.deadline == nil)
    aborted.old.available = 10
    aborted.pass(settings(), at: now)
    let deadline = now + .seconds(30)
    #expect(aborted.new.deadline == deadline)
  }

  /// rollout/bluegreen_test.go, TestBlueGreenScaleDownLimit, TestBlueGreenReadyToScaleDownOldReplica.
  @Test func onlyTheNewestOldVersionsKeepTheirReplicas() {
    let sets = (1...3).map {
      OlderReplicaSet(size: 4, revision: $0, deadline: $0 == 3 ? nil : now + .seconds(10))
    }
    let limited = OlderReplicaSet.scaledDown(
      sets, settings { $0.scaleDownDelayRevisionLimit = 2 }, replicas: 4, at: now)
    #expect(limited.map(\.size) == [0, 4, 4])
    let given = now + .seconds(30)
    #expect(limited[2].deadline == given)
    let late = OlderReplicaSet.scaledDown(sets, settings(), replicas: 4, at: now + .seconds(10))
    #expect(late.map(\.size) == [0, 0, 4])
    let none = OlderReplicaSet.scaledDown(
      sets, settings { $0.scaleDownDelay = .zero }, replicas: 4, at: now)
    #expect(none.map(\.size) == [4, 4, 0])
  }

  /// rollout/bluegreen_test.go, TestPreviewReplicaCountHandleScaleUpPreviewCheckPoint.
  @Test func theCheckPointStaysUntilTheSwitch() {
    let preview = settings { $0.previewReplicaCount = 3 }
    var good = state(5, new: 3)
    good.pass(preview, at: now)
    #expect(good.hasCheckPoint)
    good.pass(preview, at: now)
    #expect(good.new.size == 5 && good.hasCheckPoint && good.active == .old)
    good.new.available = 5
    good.pass(preview, at: now)
    #expect(good.active == .new && !good.hasCheckPoint)
  }

  @Test(arguments: [
    (RolloutPause.Reason.inconclusiveAnalysis, nil as Span?, true, true),
    (.inconclusiveExperiment, nil, true, true), (.canaryStep, nil, true, true),
    (.canaryStep, .minutes(1), true, false), (.blueGreen, nil, true, false),
    (.blueGreen, nil, false, true),
  ])
  func somePausesNeedAPerson(
    _ reason: RolloutPause.Reason, _ duration: Span?, _ isAutomatic: Bool, _ needs: Bool
  ) {
    #expect(
      RolloutPause.needsPerson(reason, duration: duration, autoPromotion: isAutomatic) == needs)
  }
}
