import LabUnits

extension ArgoCanary: PlanChecked {
  /// Pauses that end before the background analysis has measured once.
  ///
  /// An analysis that is a step of its own holds the release until it is done, and is never too slow.
  public func planWarnings(replicas: Int) -> [StrategyProblem] {
    guard let background = backgroundAnalysis,
      let shortest = background.metrics.filter({ !$0.isDryRun }).compactMap({ $0.interval }).min()
    else { return [] }
    return steps.indices.dropFirst(max(0, background.startingStep)).compactMap { index in
      guard case .pause(let span?) = steps[index], span < shortest else { return nil }
      return StrategyProblem(
        key: "steps[\(index)].pause",
        message:
          "the pause of \(span.plainText) ends before the background analysis, which measures "
          + "every \(shortest.plainText), has judged the step",
        hint: "pause for at least \(shortest.plainText), or measure more often")
    }
  }
}
