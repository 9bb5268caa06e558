/// The control loop of Flagger as a machine that is advanced tick by tick.
///
/// A tick does at most one thing, in upstream's order: it looks whether the primary and the canary are
/// ready, compares the checks that failed on *earlier* ticks with the threshold, checks, and only then
/// advances. So a run rolls back one tick after the check that was one too many, and the counter of
/// failed checks is shared by all metrics and never taken back.
///
///     var machine = FlaggerMachine(FlaggerAnalysis(threshold: 10, stepWeight: 20, maxWeight: 50))
///     machine.advance(FlaggerTick(hasNewRevision: true))   // detected
///     machine.advance(FlaggerTick())                       // advanced(to: 20)
///
/// Source: Flagger, pkg/controller/scheduler.go, `advanceCanary`.
public struct FlaggerMachine: Sendable, Hashable {
  /// What is done.
  public let analysis: FlaggerAnalysis
  /// Where the run stands.
  public var state: FlaggerState

  /// A machine in a state; without one, before a run.
  public init(_ analysis: FlaggerAnalysis, state: FlaggerState = .init()) {
    self.analysis = analysis
    self.state = state
  }

  /// Whether a tick that finds both Deployments ready looks at metrics.
  ///
  /// The first tick of an analysis does not, since no request has reached the canary yet.
  public var looksAtMetrics: Bool {
    guard state.phase == .progressing || state.phase == .waitingPromotion else { return false }
    return !analysis.skipsAnalysis && state.failedChecks < analysis.threshold && !isFirstCheck
  }

  private var isFirstCheck: Bool {
    state.canaryWeight == 0 && state.iterations == 0 && !(analysis.mirrors && state.isMirrored)
  }

  /// Plays one tick.
  @discardableResult
  public mutating func advance(_ tick: FlaggerTick) -> FlaggerEvent {
    guard state.phase.isActive || tick.hasNewRevision else { return .idle }
    if !analysis.skipsAnalysis, let event = waitForPrimary(tick.primary) { return event }
    if !state.phase.isActive || state.phase == .waiting { return begin(tick) }
    let isAnalysed = state.phase == .progressing || state.phase == .waitingPromotion
    if isAnalysed, tick.hasNewRevision {
      state = FlaggerState(phase: .progressing, isCanaryUp: state.isCanaryUp)
      return .restarted
    }
    switch tick.canary {
    case .ready: break
    case .unobserved: return .waits(for: "the canary is not ready: its revision was not seen yet")
    case .waiting(let reason): return .waits(for: "the canary is not ready: \(reason)")
    case .stuck(let reason): return rollBack(because: "the canary did not get ready: \(reason)")
    }
    if analysis.skipsAnalysis { return promoteWithoutAnalysis() }
    if isAnalysed, tick.wantsRollback { return rollBack(because: "it was ordered") }
    switch state.phase {
    case .promoting: return returnTraffic()
    case .finalising:
      state.phase = .succeeded
      state.isCanaryUp = false
      return .succeeded
    default: return analyse(tick)
    }
  }

  private mutating func waitForPrimary(_ primary: FlaggerReadiness) -> FlaggerEvent? {
    switch primary {
    case .ready: return nil
    case .unobserved: return .waits(for: "the primary is not ready: its revision was not seen yet")
    case .waiting(let reason): return .waits(for: "the primary is not ready: \(reason)")
    case .stuck(let reason):
      let words = "the primary did not get ready: \(reason)"
      guard state.phase == .promoting || state.phase == .finalising else {
        return rollBack(because: words)
      }
      // The old revision is gone from the primary, so the canary is the one that can serve.
      state.phase = .failed
      state.canaryWeight = FlaggerAnalysis.totalWeight
      state.isMirrored = false
      return .leftWithCanary(because: words)
    }
  }

  private mutating func begin(_ tick: FlaggerTick) -> FlaggerEvent {
    guard tick.isRolloutConfirmed else {
      state = FlaggerState(phase: .waiting)
      return .waitsForRollout
    }
    state = FlaggerState(phase: .progressing, isCanaryUp: true)
    return .detected
  }

  private mutating func analyse(_ tick: FlaggerTick) -> FlaggerEvent {
    if state.failedChecks >= analysis.threshold {
      return rollBack(
        because: "\(counted(state.failedChecks, "check")) "
          + "\(state.failedChecks == 1 ? "has" : "have") failed"
      )
    }
    guard tick.checksPass else {
      state.failedChecks += 1
      return .halted(failedChecks: state.failedChecks)
    }
    switch analysis.effective.mode {
    case .abTesting: return iterateAB(tick)
    case .blueGreen: return iterateBlueGreen(tick)
    case .canary:
      guard analysis.step(from: state.canaryWeight) > 0 else { return .stalls }
      if !state.isMirrored, state.phase == .progressing, !tick.isIncreaseConfirmed {
        return .waitsForIncrease
      }
      return advanceWeight(tick)
    }
  }

  /// Rolls back now, whatever the tick would do: somebody applied the old revision again.
  public mutating func giveUp(because reason: String) -> FlaggerEvent {
    rollBack(because: reason)
  }

  private mutating func rollBack(because reason: String) -> FlaggerEvent {
    state = FlaggerState(phase: .failed)
    return .rolledBack(because: reason)
  }
}

extension FlaggerMachine {
  /// Source: Flagger, pkg/controller/scheduler.go, `runCanary`.
  private mutating func advanceWeight(_ tick: FlaggerTick) -> FlaggerEvent {
    let weight = state.canaryWeight
    guard weight < analysis.promotionWeight else { return copy(tick) }
    if analysis.mirrors, weight == 0, !state.isMirrored {
      state.isMirrored = true
      return .mirrored
    }
    let step = analysis.step(from: weight)
    state.canaryWeight = min(FlaggerAnalysis.totalWeight, weight + step)
    state.isMirrored = false
    return .advanced(to: state.canaryWeight)
  }

  /// Source: Flagger, pkg/controller/scheduler.go, `runAB`.
  private mutating func iterateAB(_ tick: FlaggerTick) -> FlaggerEvent {
    guard state.iterations < analysis.effective.iterations else { return copy(tick) }
    state.canaryWeight = FlaggerAnalysis.totalWeight
    state.isMirrored = false
    state.iterations += 1
    return .iterated(state.iterations)
  }

  /// Source: Flagger, pkg/controller/scheduler.go, `runBlueGreen`.
  private mutating func iterateBlueGreen(_ tick: FlaggerTick) -> FlaggerEvent {
    let iterations = analysis.effective.iterations
    if state.iterations < iterations {
      if analysis.mirrors, !analysis.isKubernetes { state.isMirrored = true }
      state.iterations += 1
      return .iterated(state.iterations)
    }
    guard tick.isPromotionConfirmed else { return waitForPromotion() }
    guard state.iterations == iterations else { return copy(tick) }
    state.iterations += 1
    if analysis.isKubernetes { return .passedGate }
    state.canaryWeight = FlaggerAnalysis.totalWeight
    state.isMirrored = false
    return .routedToCanary
  }

  private mutating func copy(_ tick: FlaggerTick) -> FlaggerEvent {
    guard tick.isPromotionConfirmed else { return waitForPromotion() }
    state.phase = .promoting
    return .copied
  }

  private mutating func waitForPromotion() -> FlaggerEvent {
    // While nobody confirms, upstream repeats the last iteration again and again.
    if state.phase == .waitingPromotion, analysis.effective.iterations > 0 {
      state.iterations = analysis.effective.iterations - 1
    }
    state.phase = .waitingPromotion
    return .waitsForPromotion
  }

  /// Source: Flagger, pkg/controller/scheduler.go, `runPromotionTrafficShift`.
  private mutating func returnTraffic() -> FlaggerEvent {
    if !analysis.isKubernetes, analysis.stepWeightPromotion > 0 {
      guard state.canaryWeight > 0 else { return .stalls }
      state.canaryWeight = max(0, state.canaryWeight - analysis.stepWeightPromotion)
      state.isMirrored = false
      if state.canaryWeight > 0 { return .returned(to: state.primaryWeight) }
    }
    state.phase = .finalising
    state.canaryWeight = 0
    state.isMirrored = false
    return .routedToPrimary
  }

  /// Source: Flagger, pkg/controller/scheduler.go, `shouldSkipAnalysis`.
  private mutating func promoteWithoutAnalysis() -> FlaggerEvent {
    state.canaryWeight = 0
    state.isMirrored = false
    state.phase = .succeeded
    state.isCanaryUp = false
    return .promotedWithoutAnalysis
  }
}

extension FlaggerMachine {
  /// The ticks of a run in which everything is ready in time and every check passes, the detection first.
  ///
  /// - Parameters:
  ///   - analysis: What is played.
  ///   - limit: The most ticks to play; a run that stalls ends earlier.
  /// - Returns: what each tick came to, in order.
  public static func rehearsal(of analysis: FlaggerAnalysis, limit: Int = 100_000) -> [FlaggerEvent]
  {
    var machine = FlaggerMachine(analysis)
    var events = [machine.advance(FlaggerTick(hasNewRevision: true))]
    while machine.state.phase.isActive, events.count < limit {
      let event = machine.advance(FlaggerTick())
      events.append(event)
      if event == .stalls { break }
    }
    return events
  }
}
