import LabUnits

extension PhasedStrategy where Self: StepwiseStrategy {
  /// The first phase of the plan that is not reached yet, and why.
  public func next(_ state: ControllerState) -> ControllerDecision { plan.decision(in: state) }
}

extension ReleasePlan {
  /// What the first phase that is not reached yet in a described state orders, and why.
  ///
  /// A plan has no memory that somebody could read off a cluster, so what is done is told by what there is:
  /// a phase counts as done when its replicas are there, or when the traffic of a later phase is reached.
  /// A wait counts as over when the traffic after it is reached, or when the described time is long enough;
  /// of waits that follow each other the time goes to the first.
  func decision(in state: ControllerState) -> ControllerDecision {
    let phases = state.isAborted ? rollback : phases
    var elapsed = state.elapsed
    for (index, phase) in phases.enumerated() {
      let later = phases[(index + 1)...]
      if later.contains(where: { isMoveReached($0, state) }) || isReached(phase, state) { continue }
      guard let wait = phase.wait else { return order(of: phase, state) }
      if wait.isWatched, !state.isAborted, state.hasFailedAnalysis { return undoing(state) }
      let isOver = wait.isWatched && state.analysis == "Successful"
      if isOver || elapsed >= wait.span {
        elapsed = max(.zero, elapsed - wait.span)
        continue
      }
      let rest = wait.span - elapsed
      let meanwhile =
        wait.isWatched ? "; the candidate is watched, and a failure rolls it back" : ""
      return ControllerDecision(
        reason:
          "the \(wait.name) of \(wait.span.plainText) goes on for \(rest.plainText)\(meanwhile)",
        looksAgainAfter: rest)
    }
    return ControllerDecision(
      orders: [.finish(state.isAborted ? .rolledBack : .promoted)],
      reason: state.isAborted
        ? "the release is undone: stable serves alone" : "every phase of the release is done")
  }

  /// The candidate has failed: the release is undone, beginning with the first phase that does something.
  private func undoing(_ state: ControllerState) -> ControllerDecision {
    var undone = state
    undone.isAborted = true
    undone.elapsed = .zero
    let first = decision(in: undone)
    return ControllerDecision(
      orders: [.rollBack(because: "the analysis failed")] + first.orders,
      reason:
        "the analysis ended as \(state.analysis ?? "Failed"), which a candidate does not survive: \(first.reason)",
      looksAgainAfter: first.looksAgainAfter)
  }

  private func order(of phase: ReleasePhase, _ state: ControllerState) -> ControllerDecision {
    let reason = reason(to: phase, state)
    let n = state.desiredReplicas
    switch phase {
    case .provision(let version, let quantity):
      return scale(version, to: quantity.replicas(of: n, rounding: .up), state, reason)
    case .restore(let version): return scale(version, to: n, state, reason)
    case .retire(let version): return scale(version, to: 0, state, reason)
    case .shiftTraffic(to: let route):
      return ControllerDecision(orders: [.route(route)], reason: reason)
    case .shiftReplicas(to: let weight, let surge, let unavailable):
      let rolling = RollingParameters(desired: n, maxSurge: surge, maxUnavailable: unavailable)
      let split = ReplicaSplit(weight: weight, rolling: rolling)
      guard let change = split.pass(rolling, stable: state.stable, candidate: state.candidate)
      else {
        let (stable, candidate) = (state.stable.available, state.candidate.available)
        return ControllerDecision(
          reason:
            "\(counted(candidate, "candidate replica")) and \(counted(stable, "stable replica")) are available; "
            + "the split of \(split.candidate) and \(split.stable) is waited for")
      }
      return ControllerDecision(
        orders: [.scale(change.version, to: change.size)], reason: reason)
    default: return ControllerDecision(reason: reason)
    }
  }

  /// Why it is time for a phase.
  private func reason(to phase: ReleasePhase, _ state: ControllerState) -> String {
    let words = phase.sentence(replicas: state.desiredReplicas) ?? "go on"
    if state.isAborted { return "the release is undone, so it is time to \(words)" }
    let isFirst = phases.first { if case .announce = $0 { false } else { true } } == phase
    return (isFirst ? "the release begins: " : "what comes before is done, so it is time to ")
      + words
  }

  private func scale(
    _ version: ReleaseVersion, to size: Int, _ state: ControllerState, _ reason: String
  ) -> ControllerDecision {
    let counts = state.counts(of: version)
    guard counts.desired == size else {
      return ControllerDecision(
        orders: [.scale(version, to: size)], reason: reason)
    }
    if size == 0 {
      let left = counts.live
      return ControllerDecision(
        reason:
          "\(counted(left, "\(version.name) replica")) \(left == 1 ? "is" : "are") not gone yet")
    }
    return ControllerDecision(
      reason: "\(counts.available) of \(counted(size, "\(version.name) replica")) "
        + "\(counts.available == 1 ? "is" : "are") available, and nothing else is done before all are"
    )
  }

  /// Whether a phase that is no wait has come to its end.
  private func isReached(_ phase: ReleasePhase, _ state: ControllerState) -> Bool {
    let n = state.desiredReplicas
    switch phase {
    case .provision(.candidate, let quantity):
      let size = quantity.replicas(of: n, rounding: .up)
      return state.candidate.desired >= size && state.candidate.available >= size
    case .provision(.stable, _), .restore(.stable): return state.stable.available >= n
    case .restore(.candidate): return state.candidate.available >= n
    case .retire(let version):
      let counts = state.counts(of: version)
      return counts.desired == 0 && counts.live == 0
    case .shiftTraffic(to: let route):
      if state.isAborted { return route == TrafficRoute(.weighted(state.weight)) }
      // Nobody can read a mirror off the weight; time that has passed says that it runs.
      let isMirroring = route.mirrored > .none && state.elapsed > .zero
      return isMirroring || isMoveReached(phase, state)
    case .shiftReplicas(to: let weight, let surge, let unavailable):
      let rolling = RollingParameters(desired: n, maxSurge: surge, maxUnavailable: unavailable)
      let split = ReplicaSplit(weight: weight, rolling: rolling)
      return split.isReached(stable: state.stable, candidate: state.candidate)
    case .announce: return true
    default: return false
    }
  }

  /// Whether a phase that moves traffic has been played, so that nothing before it is left to do.
  private func isMoveReached(_ phase: ReleasePhase, _ state: ControllerState) -> Bool {
    if case .retire(let version) = phase {
      // What has been removed is removed last: nothing that comes before can be open.
      let (gone, kept) = (state.counts(of: version), state.counts(of: version.other))
      return gone.desired == 0 && gone.live == 0 && kept.live > 0
        && state.weight == (version == .stable ? .allCandidate : .allStable)
    }
    guard !state.isAborted else { return false }
    switch phase {
    case .shiftTraffic(to: let route):
      switch route.rule {
      case .weighted(let weight) where weight > .allStable, .cohort(let weight, others: _):
        return state.weight >= weight
      case .weighted: return route.mirrored > .none && state.analysis != nil
      case .replicaShare: return false
      }
    case .shiftReplicas(to: let weight, let surge, let unavailable):
      let rolling = RollingParameters(
        desired: state.desiredReplicas, maxSurge: surge, maxUnavailable: unavailable)
      let split = ReplicaSplit(weight: weight, rolling: rolling)
      return state.candidate.available >= split.candidate && state.stable.desired <= split.stable
    default: return false
    }
  }
}

extension ReleasePhase {
  /// How long the phase waits, what the wait is called, and whether the candidate is watched; nil if it does something.
  fileprivate var wait: (span: Span, name: String, isWatched: Bool)? {
    switch self {
    case .hold(let span, analysed: let isAnalysed): (span, "pause", isAnalysed)
    case .analyse(.checks, for: let span): (span, "run of synthetic checks", true)
    case .analyse(.probing, for: let span): (span, "run of synthetic requests", false)
    case .analyse(.comparison, for: let span): (span, "comparison", true)
    case .analyse(.health, for: let span): (span, "analysis", true)
    default: nil
    }
  }
}

extension ControllerState {
  /// Whether the analysis under way has come to a bad end.
  fileprivate var hasFailedAnalysis: Bool { analysis == "Failed" || analysis == "Error" }
}
