import LabUnits

extension FlaggerCanary: PlanChecked {
  /// Weights beyond the largest one that was written, and metrics that look back beyond a tick.
  ///
  /// Source: Flagger, pkg/controller/scheduler.go: the weight is compared with `maxWeight` before a step
  /// is added, and not after.
  public func planWarnings(replicas: Int) -> [StrategyProblem] {
    guard !analysis.skipsAnalysis else { return [] }
    return overshoot + metrics.indices.compactMap(slowMetric)
  }

  private var overshoot: [StrategyProblem] {
    guard analysis.effective.mode == .canary, analysis.maxWeight > 0,
      let last = analysis.weights.last, last > analysis.maxWeight
    else { return [] }
    let way = analysis.weights.map { "\($0)%" }.joined(separator: ", ")
    return [
      StrategyProblem(
        key: "maxWeight",
        message: "the steps go \(way), beyond the maximum of \(analysis.maxWeight)%",
        hint: "write a stepWeight that divides \(analysis.maxWeight), or stepWeights")
    ]
  }

  private func slowMetric(_ index: Int) -> StrategyProblem? {
    let metric = metrics[index]
    guard metric.interval > interval else { return nil }
    return StrategyProblem(
      key: "metrics[\(index)].interval",
      message: "'\(metric.name)' looks back \(metric.interval.plainText), longer than a tick of "
        + "\(interval.plainText): a step is judged by the requests of the one before",
      hint: "write an interval of at most \(interval.plainText)")
  }
}
