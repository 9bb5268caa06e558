import StrategyLab

extension ValidationReport {
  /// The comparisons of levels; those of the reference systems if no scenario was played.
  public var csv: String { validation.scenarios.isEmpty ? referenceCSV : levelsCSV }

  /// One row a scenario, strategy and metric, in the metric's own unit; an absent value is an empty cell.
  var levelsCSV: String {
    var text = CSVText.line([
      "scenario", "strategy", "metric", "unit", "flow_count", "flow_mean", "request_count",
      "request_mean", "pairs", "difference", "ci_low", "ci_high", "agrees_unpaired",
      "probability", "adjusted_probability", "verdict",
    ])
    for scenario in validation.scenarios {
      for row in scenario.rows where scenario.strategies.indices.contains(row.strategyIndex) {
        let start = [
          CSVText.cell(scenario.scenarioName),
          CSVText.cell(scenario.strategies[row.strategyIndex]), row.subject.name,
          row.subject.unit,
        ]
        let counts = [
          "\(row.flowCount)", number(row.flowMean), "\(row.requestCount)",
          number(row.requestMean), "\(row.pairs)", number(row.difference),
        ]
        text += CSVText.line(
          start + counts + [
            number(row.low), number(row.high), row.agreesUnpaired.map { "\($0)" } ?? "",
            number(row.probability), number(row.adjusted), row.verdict.rawValue,
          ])
      }
    }
    return text
  }

  /// One row a system and measure.
  var referenceCSV: String {
    var text = CSVText.line([
      "system", "setting", "measure", "unit", "closed_form", "mean", "ci_low", "ci_high",
      "seeds", "misses", "probability", "adjusted_probability", "verdict",
    ])
    guard let check = validation.reference else { return text }
    for row in check.rows {
      text += CSVText.line(
        [row.system, row.setting, row.measure, row.unit].map(CSVText.cell) + [
          number(row.expected), number(row.mean), number(row.mean - row.halfWidth),
          number(row.mean + row.halfWidth), "\(check.effort.seeds)", "\(row.misses)",
          number(row.probability), number(row.adjusted), row.verdict.rawValue,
        ])
    }
    return text
  }

  private func number(_ value: Double?) -> String { value.flatMap(NumberText.exact) ?? "" }
}

extension LevelComparison.Row {
  /// The lower end of the difference's 99% interval.
  var low: Double? { difference.flatMap { middle in halfWidth.map { middle - $0 } } }

  /// The upper end of the difference's 99% interval.
  var high: Double? { difference.flatMap { middle in halfWidth.map { middle + $0 } } }
}
