import LabUnits

extension ArgoCanary: StepwiseStrategy {
  /// What the next pass does from a state that somebody describes, and why.
  public func next(_ state: ControllerState) -> ControllerDecision {
    let weight = weightNumber(state.weight)
    let isPromoted = state.phase == "Healthy" && state.stable.desired == 0
    let progress = CanaryProgress(
      step: state.isAborted ? 0 : max(0, state.step ?? 0), isAborted: state.isAborted,
      isStable: isPromoted, weight: isRouted ? weight : nil)
    let fleet = CanaryFleet(
      replicas: state.desiredReplicas, canary: state.candidate.completed,
      stable: isPromoted ? nil : state.stable.completed,
      older: isPromoted ? [state.stable.completed] : [])
    let analysis = state.analysis.flatMap { AnalysisPhase(rawValue: $0) }
    if let analysis, analysis == .failed || analysis == .error, !state.isAborted {
      let reason = "the analysis ended as \(analysis.rawValue): the release is aborted"
      return ControllerDecision(orders: [.rollBack(because: reason)], reason: reason)
    }
    if analysis == .inconclusive, !state.isAborted {
      return ControllerDecision(
        reason: "the analysis is inconclusive: the release is paused until a person resumes it")
    }
    let isWhole = state.stable.available >= state.desiredReplicas
    let pass = pass(
      progress, fleet,
      CanaryStepState(
        pausedFor: state.elapsed, analysis: analysis,
        stableWholeFor: isWhole ? state.elapsed : nil))
    return ControllerDecision(
      orders: orders(pass, progress, state),
      reason: reason(pass, progress, fleet, state),
      looksAgainAfter: wait(pass, progress, state))
  }

  /// A share of the traffic as the router's number.
  func weightNumber(_ weight: TrafficWeight) -> Int {
    Int((weight.fraction * Double(maxTrafficWeight)).rounded())
  }

  private func orders(
    _ pass: CanaryPass, _ progress: CanaryProgress, _ state: ControllerState
  ) -> [ReleaseOrder] {
    var orders: [ReleaseOrder] = []
    if pass.promotes, isRouted, state.weight != .allCandidate {
      orders.append(.route(.allCandidate))
    } else if let weight = pass.weight, !progress.isStable, weight != weightNumber(state.weight) {
      orders.append(.route(TrafficRoute(.weighted(trafficWeight(weight)))))
    }
    if let stable = pass.stable ?? pass.older?.first { orders.append(.scale(.stable, to: stable)) }
    if let size = pass.canary { orders.append(.scale(.candidate, to: size)) }
    if pass.promotes {
      orders.append(.announce("promotes candidate: it is the stable version from now on"))
    } else if pass.endsStep {
      let next = progress.step + 1
      orders.append(
        .begin(
          next < steps.count
            ? releaseStep(next)
            : ReleaseStep(number: 0, title: "promote", wantedWeight: .allCandidate)))
    }
    return orders
  }

  private func wait(
    _ pass: CanaryPass, _ progress: CanaryProgress, _ state: ControllerState
  ) -> Span? {
    if progress.isAborted {
      guard isRouted, !pass.scales, state.candidate.desired > 0,
        state.stable.available >= state.desiredReplicas,
        case .after(let delay, _) = abortDelay, delay > state.elapsed
      else { return nil }
      return delay - state.elapsed
    }
    guard !pass.endsStep, case .pause(let duration?) = step(progress), duration >= state.elapsed
    else { return nil }
    return duration - state.elapsed
  }

  /// Why a pass does what it does, in a sentence.
  private func reason(
    _ pass: CanaryPass, _ progress: CanaryProgress, _ fleet: CanaryFleet,
    _ state: ControllerState
  ) -> String {
    if progress.isAborted { return abortReason(pass, state) }
    if pass.promotes {
      return "all steps are done and \(state.candidate.available) of \(state.desiredReplicas) "
        + "candidate replicas are available: the candidate becomes the stable version"
    }
    let sizes = sizes(progress, fleet)
    if pass.scales {
      let rule =
        isRouted
        ? "with a router the sizes follow the weight"
        : "the replicas split the traffic, within maxSurge and maxUnavailable"
      let target = step(progress).map { targetTitle(of: $0) } ?? "the promotion"
      // One ReplicaSet a pass: whoever reads one order shall know that the other comes.
      let isFirst = pass.canary == nil && state.candidate.desired != sizes.canary
      return "\(target) asks for \(sizes.candidateText) and \(sizes.stableText): \(rule)"
        + (isFirst ? "; stable is scaled in this pass, the candidate in the next" : "")
    }
    if pass.endsStep, let step = step(progress) {
      return "the step '\(title(of: step))' is done"
    }
    switch step(progress) {
    case .pause(nil): return "the pause has no duration: a person has to resume the release"
    case .pause(let duration?):
      return "the pause of \(duration.plainText) has lasted \(state.elapsed.plainText)"
    case .analysis, .experiment: return "the analysis of the step is not done yet"
    default:
      return "\(sizes.candidateText) must be available, and "
        + "\(state.candidate.available) \(state.candidate.available == 1 ? "is" : "are")"
    }
  }

  private func abortReason(_ pass: CanaryPass, _ state: ControllerState) -> String {
    if pass.scales { return "the release is aborted: the replicas go back to stable" }
    if let weight = pass.weight, weight != weightNumber(state.weight) {
      return "the release is aborted: traffic goes back to stable"
    }
    if state.candidate.desired == 0 { return "the release is aborted and nothing is left of it" }
    if state.stable.available < state.desiredReplicas {
      return "the release is aborted: stable is not whole yet"
    }
    return abortDelay == .never
      ? "the release is aborted: an abortScaleDownDelay of 0 keeps the candidate for ever"
      : "the release is aborted: the candidate is kept for abortScaleDownDelay"
  }
}

extension ArgoCanary {
  /// What asks for sizes while a step is under way: the step itself, or the weight that was set before it.
  fileprivate func targetTitle(of step: ArgoCanaryStep) -> String {
    switch step {
    case .setWeight, .setCanaryScale: title(of: step)
    default: "what was set before the step '\(title(of: step))'"
    }
  }
}

extension CanarySizes {
  fileprivate var candidateText: String { counted(canary, "candidate replica") }
  fileprivate var stableText: String { counted(stable, "stable replica") }
}

extension ReplicaCounts {
  /// The counts with what must be true of them: available replicas are ready.
  fileprivate var completed: ReplicaCounts {
    var counts = self
    counts.ready = max(ready, available)
    return counts
  }
}
