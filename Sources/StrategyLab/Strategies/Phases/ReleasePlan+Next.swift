import LabUnits

extension ReleasePlan {
  /// What the first phase that is not reached yet in a described state orders, and why.
  ///
  /// A pause counts as over when the weight of a later phase is reached, or when the described time
  /// since its beginning is long enough.
  func decision(in state: ControllerState) -> ControllerDecision {
    let phases = state.isAborted ? rollback : phases
    var elapsed = state.elapsed
    for (index, phase) in phases.enumerated() {
      let later = phases[(index + 1)...]
      if isReached(phase, state) || later.contains(where: { isShiftReached($0, state) }) {
        continue
      }
      if let span = phase.pause {
        if elapsed >= span {
          elapsed = .zero
          continue
        }
        let rest = span - elapsed
        return ControllerDecision(
          reason: "the pause of \(span.plainText) goes on for \(rest.plainText)",
          looksAgainAfter: rest)
      }
      return order(of: phase, state)
    }
    return ControllerDecision(
      orders: [.finish(state.isAborted ? .rolledBack : .promoted)],
      reason: state.isAborted
        ? "the deployment is rolled back" : "every phase of the deployment is done")
  }

  private func order(of phase: ReleasePhase, _ state: ControllerState) -> ControllerDecision {
    let n = state.desiredReplicas
    let words = phase.sentence(replicas: n) ?? "the next phase begins"
    switch phase {
    case .provision(let version, let quantity):
      return scale(version, to: quantity.replicas(of: n, rounding: .up), state, words)
    case .restore(let version): return scale(version, to: n, state, words)
    case .retire(let version): return scale(version, to: 0, state, words)
    case .shiftTraffic(to: let route):
      return ControllerDecision(
        orders: [.route(route)], reason: "the phases before it are done, so it is time to \(words)")
    default: return ControllerDecision(reason: words)
    }
  }

  private func scale(
    _ version: ReleaseVersion, to size: Int, _ state: ControllerState, _ words: String
  ) -> ControllerDecision {
    let counts = version == .stable ? state.stable : state.candidate
    guard counts.desired != size else {
      return ControllerDecision(
        reason: "\(counts.available) of \(counted(size, "\(version.name) replica")) are available")
    }
    return ControllerDecision(
      orders: [.scale(version, to: size)],
      reason: "the phases before it are done, so it is time to \(words)")
  }

  /// Whether a phase that is no pause has come to its end.
  private func isReached(_ phase: ReleasePhase, _ state: ControllerState) -> Bool {
    let n = state.desiredReplicas
    switch phase {
    case .provision(.candidate, let quantity):
      let size = quantity.replicas(of: n, rounding: .up)
      return state.candidate.desired >= size && state.candidate.available >= size
    case .provision(.stable, _), .restore(.stable): return state.stable.available >= n
    case .restore(.candidate): return state.candidate.available >= n
    case .retire(let version):
      let counts = version == .stable ? state.stable : state.candidate
      return counts.desired == 0 && counts.live == 0
    case .shiftTraffic(to: let route):
      if state.isAborted { return route == TrafficRoute(.weighted(state.weight)) }
      return isShiftReached(phase, state)
    case .announce: return true
    default: return false
    }
  }

  private func isShiftReached(_ phase: ReleasePhase, _ state: ControllerState) -> Bool {
    guard !state.isAborted, case .shiftTraffic(to: let route) = phase,
      case .weighted(let weight) = route.rule, weight > .allStable
    else { return false }
    return state.weight >= weight
  }
}

extension ReleasePhase {
  /// How long the phase pauses; nil if it does something else.
  fileprivate var pause: Span? {
    switch self {
    case .hold(let span, analysed: _), .analyse(_, for: let span): span
    default: nil
    }
  }
}
