import StrategyLab

extension CapacityReport {
  /// One row a strategy and thing, in cores, bytes or counts; an absent value is an empty cell.
  public var csv: String {
    var text = CSVText.line([
      "scenario", "strategy", "thing", "unit", "limit", "steady", "peak_p50", "peak_p95",
      "peak_p99", "peak_worst", "peak_seconds", "replications", "short_releases",
      "first_short_seconds", "short_seconds", "least_to_finish", "least_within",
    ])
    for strategy in plan.strategies {
      for (entry, need) in zip(plan.entries, strategy.needs) {
        let names = [plan.scenarioName, strategy.name, entry.name].map(CSVText.cell)
        let peaks = [0.5, 0.95, 0.99].map { number(need.peak($0)) }
        let short = [
          "\(plan.replications)", "\(need.shortReleases)",
          number(Quantile.of(need.firstShortSeconds, 0.5)), number(need.meanShortSeconds),
        ]
        text += CSVText.line(
          names + [entry.unit.rawValue, number(entry.limit), number(need.steady)] + peaks + [
            number(need.worst), number(Quantile.of(need.peakSeconds, 0.5)),
          ] + short + [number(need.leastToFinish), number(need.leastWithin)])
      }
    }
    return text
  }

  private func number(_ value: Double?) -> String { value.flatMap(NumberText.exact) ?? "" }
}
