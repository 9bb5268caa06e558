import StrategyLab

/// The section that says when another strategy would be the better choice.
enum BreakEvenSection {
  /// The section; empty where there is nothing to compare with.
  static func text(_ record: ExperimentRecord, _ comparison: Comparison) -> String {
    guard let breakEven = BreakEven(record, comparison) else { return "" }
    let chosen = MarkdownText.escaped(breakEven.chosen.strategy.name)
    let runnerUp = MarkdownText.escaped(breakEven.runnerUp.strategy.name)
    let assumed = percent(record.header.defectProbability)
    var lines: [String] = []
    if let part = breakEven.decisivePart {
      lines.append(
        "What decides between \(chosen) and \(runnerUp) is \(costName(part.metric)): there \(chosen) "
          + "is \(dollars(part.gain)) cheaper in the mean.")
    }
    for probability in breakEven.probabilities {
      let rival = MarkdownText.escaped(probability.rival.strategy.name)
      lines.append(
        "If \(probability.rivalWinsAbove ? "more" : "fewer") than \(percent(probability.value)) of "
          + "releases were defective (the scenario says \(assumed)), \(rival) would be cheaper than "
          + "\(chosen).")
    }
    for factor in breakEven.factors {
      lines.append(
        "If \(costName(factor.metric)) cost \(change(factor.value)), "
          + "\(chosen) and \(runnerUp) would cost the same.")
    }
    if breakEven.probabilities.isEmpty {
      lines.append(
        "No share of defective releases between 0% and 100% makes another strategy cheaper, as far "
          + "as these means say.")
    }
    return "## What would change the answer\n\n" + lines.map { "- \($0)\n" }.joined()
      + "\nThese are worked out from the means of this comparison, everything else left as it is; "
      + "near these points another run may say otherwise.\n"
  }

  private static func costName(_ metric: Metric) -> String {
    switch metric {
    case .extraInfrastructureCost: "extra infrastructure"
    case .failureCost: "failures"
    default: "people's time"
    }
  }

  /// A factor in words: `30% more`, `less than 1% less`, `5 times as much`.
  private static func change(_ factor: Double) -> String {
    if factor >= 2 {
      return NumberText.trimmed(factor, decimals: factor < 10 ? 1 : 0) + " times as much"
    }
    let direction = factor > 1 ? "more" : "less"
    let percent = (100 * (factor - 1)).magnitude
    if percent < 1 { return "less than 1% \(direction)" }
    return NumberText.trimmed(percent, decimals: percent > 99 ? 1 : 0) + "% \(direction)"
  }

  private static func percent(_ share: Double) -> String {
    let value = 100 * share
    return NumberText.trimmed(value, decimals: value < 1 ? 2 : (value < 10 ? 1 : 0)) + "%"
  }

  private static func dollars(_ value: Double) -> String {
    "$" + NumberText.fixed(value, decimals: value < 100 ? 2 : 0)
  }
}

/// The section that says what the words and numbers of a report mean.
enum GlossarySection {
  private static let metrics: [Metric] = [
    .totalCost, .extraInfrastructureCost, .failureCost, .peopleCost, .releaseDuration,
    .trafficComplete, .detection, .rollback, .restore, .exposedUsersAtDecision, .harmedUsers,
    .excessFailures, .errorBudget, .downtime, .capacityShortfall, .peakReplicaRatio, .pendingTime,
    .mixedVersion, .sessionVersionFlips,
  ]

  /// The section.
  static func text(_ record: ExperimentRecord) -> String {
    let table = Table(
      columns: [
        Table.Column(name: "measure", isNumeric: false),
        Table.Column(name: "unit", isNumeric: false),
        Table.Column(name: "meaning", isNumeric: false),
        Table.Column(name: "column in the CSV files", isNumeric: false),
      ],
      rows: metrics.map { metric in
        let display = MetricDisplay(metric)
        return Table.Row(cells: [display.name, display.unit, metric.meaning, metric.rawValue])
      })
    return """
      ## How to read this

      A replication is one play of one strategy in one random world; every strategy plays the same \
      worlds. Stable is the version that served before, the candidate the version being released. A \
      mean comes with its 95% interval: of many such intervals, 95% would hold the true mean. The \
      median is exceeded by half of the runs, p95 by one in twenty. P(best) is the probability that \
      a strategy has the least expected total cost.

      \(table.markdown)
      """
  }
}
