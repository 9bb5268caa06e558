import StrategyLab

/// One strategy of a comparison with its name, in the order in which reports list them.
struct Standing {
  /// The strategy as the record has it.
  let strategy: ExperimentRecord.Strategy
  /// What the runs say about it.
  let summary: Comparison.StrategySummary
  /// Whether it is the one to choose.
  let isRecommended: Bool

  /// The strategies of a comparison from the least mean total cost to the highest; those without a cost last.
  static func ranked(_ record: ExperimentRecord, _ comparison: Comparison) -> [Standing] {
    inScenarioOrder(record, comparison).enumerated().sorted { left, right in
      switch (left.element.summary[.totalCost]?.mean, right.element.summary[.totalCost]?.mean) {
      case (let leftCost?, let rightCost?) where leftCost != rightCost: leftCost < rightCost
      case (.some, nil): true
      case (nil, .some): false
      default: left.offset < right.offset
      }
    }.map(\.element)
  }

  /// The strategies of a comparison as the scenario lists them; one that the record does not name is left out.
  static func inScenarioOrder(_ record: ExperimentRecord, _ comparison: Comparison) -> [Standing] {
    comparison.strategies.compactMap { summary in
      guard record.header.strategies.indices.contains(summary.strategyIndex) else { return nil }
      return Standing(
        strategy: record.header.strategies[summary.strategyIndex], summary: summary,
        isRecommended: summary.strategyIndex == comparison.recommendation.strategyIndex)
    }
  }
}

extension Comparison {
  /// The most replications that a strategy was played.
  var replicationsPlayed: Int { strategies.map(\.replications).max() ?? 0 }

  /// The defective releases among them.
  var defectivePlayed: Int { strategies.map(\.defective).max() ?? 0 }
}
