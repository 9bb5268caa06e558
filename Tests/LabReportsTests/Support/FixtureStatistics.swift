import StrategyLab

/// Plain statistics for made-up experiments; the real ones are computed elsewhere.
enum FixtureStatistics {
  static func comparison(of record: ExperimentRecord) -> Comparison {
    let summaries = record.header.strategies.indices.map { summary($0, record) }
    let order = summaries.indices.sorted {
      (summaries[$0][.totalCost]?.mean ?? .infinity, $0)
        < (summaries[$1][.totalCost]?.mean ?? .infinity, $1)
    }
    let best = order.first ?? 0
    let names = record.header.strategies.map(\.name)
    let cost = NumberFormatForFixture.whole(summaries[best][.totalCost]?.mean ?? 0)
    var sentences = ["Choose \(names[best]): a release costs $\(cost) in the mean, the least."]
    if order.count > 1 {
      sentences.append(
        "The next is \(names[order[1]]); that \(names[best]) is the cheapest is 55% sure.")
    }
    return Comparison(
      strategies: summaries,
      differences: differences(record),
      recommendation: Comparison.Recommendation(
        strategyIndex: best, runnerUpIndex: order.count > 1 ? order[1] : nil,
        probabilityBest: order.count > 1 ? 0.55 : 1, isSeparated: false, sentences: sentences))
  }

  private static func summary(_ index: Int, _ record: ExperimentRecord)
    -> Comparison.StrategySummary
  {
    let runs = record.runs.filter { $0.strategyIndex == index }
    let good = runs.filter { $0.defect == nil }
    let bad = runs.filter { $0.defect != nil }
    func outcomes(_ runs: [RunResult]) -> [ReleaseOutcome: Int] {
      Dictionary(grouping: runs, by: \.outcome).mapValues(\.count)
    }
    func metrics(_ runs: [RunResult]) -> [MetricSummary?] {
      Metric.allCases.map { metric in summarise(runs.compactMap { $0.metrics[metric] }) }
    }
    let stalls = Dictionary(grouping: runs.compactMap(\.stallReason), by: \.self)
      .map { Comparison.StallCount(reason: $0.key, count: $0.value.count) }
      .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
    return Comparison.StrategySummary(
      strategyIndex: index, replications: runs.count, defective: bad.count,
      outcomes: outcomes(runs), goodOutcomes: outcomes(good), defectiveOutcomes: outcomes(bad),
      all: metrics(runs), good: metrics(good), defectiveReleases: metrics(bad),
      stallReasons: stalls, probabilityBest: [0, 0.55, 0.04, 0.4, 0.01][index % 5])
  }

  static func summarise(_ values: [Double]) -> MetricSummary? {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let half = values.count > 1 ? 1.96 * (squares / (count - 1) / count).squareRoot() : 0
    let sorted = values.sorted()
    func quantile(_ share: Double) -> Double {
      sorted[min(sorted.count - 1, Int((share * count).rounded(.up)) - 1)]
    }
    return MetricSummary(
      count: values.count, mean: mean, low: mean - half, high: mean + half, p50: quantile(0.5),
      p95: quantile(0.95))
  }

  private static func differences(_ record: ExperimentRecord) -> [Comparison.PairedDifference] {
    record.header.strategies.indices.dropFirst().flatMap { index in
      Metric.allCases.compactMap { metric -> Comparison.PairedDifference? in
        let own = record.runs.filter { $0.strategyIndex == index }
        let base = record.runs.filter { $0.strategyIndex == record.header.baselineIndex }
        let pairs = zip(own, base).compactMap { left, right -> Double? in
          guard let a = left.metrics[metric], let b = right.metrics[metric] else { return nil }
          return a - b
        }
        guard pairs.count > 1, let summary = summarise(pairs) else { return nil }
        return Comparison.PairedDifference(
          strategyIndex: index, metric: metric, count: summary.count, mean: summary.mean,
          low: summary.low, high: summary.high)
      }
    }
  }
}

/// Whole numbers for the made-up sentences.
private enum NumberFormatForFixture {
  static func whole(_ value: Double) -> String { "\(Int(value.rounded()))" }
}
