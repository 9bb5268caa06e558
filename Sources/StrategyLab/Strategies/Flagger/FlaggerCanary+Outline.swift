import LabUnits

extension FlaggerCanary {
  /// The ticks of a run in which every check passes, one line each; like iterations share one.
  public func outline(replicas: Int) -> [String] {
    let iterations = analysis.effective.iterations
    var lines: [String] = []
    for (tick, event) in FlaggerMachine.rehearsal(of: analysis).enumerated() {
      let time = (interval * tick).plainText
      switch event {
      case .detected:
        lines.append("at 0s: run \(counted(canarySize(of: replicas), "canary replica"))")
      case .iterated(let number) where number > 1:
        guard number == iterations else { continue }
        lines.append("until \(time): check \(counted(iterations - 1, "time")) more")
      case .copied:
        let rolling = RollingParameters(
          desired: replicas, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
        lines.append(
          "at \(time): copy the spec to the primary, which updates, \(rolling.plainText)")
      case .stalls: lines.append("at \(time): nothing happens any more")
      default:
        if let title = event.title(iterations: iterations) { lines.append("at \(time): \(title)") }
      }
    }
    return lines
  }

  /// The step that an event begins, if it changes anything.
  func step(for event: FlaggerEvent, number: Int) -> ReleaseStep? {
    guard let title = event.title(iterations: analysis.effective.iterations) else { return nil }
    return ReleaseStep(
      number: event == .detected ? 0 : number, title: title, wantedWeight: wantedWeight(event),
      waitsForPerson: event == .waitsForRollout || event == .waitsForPromotion)
  }

  private func wantedWeight(_ event: FlaggerEvent) -> TrafficWeight? {
    switch event {
    case .detected, .restarted, .rolledBack, .mirrored: .allStable
    case .advanced(let weight): .percent(weight)
    case .iterated: analysis.effective.mode == .abTesting ? matchedUsers : .allStable
    case .routedToCanary, .routedToPrimary, .succeeded, .promotedWithoutAnalysis, .leftWithCanary,
      .returned:
      .allCandidate
    default: nil
    }
  }
}
