/// The summaries and paired differences of the metrics of an experiment, added metric by metric.
struct MetricComparison {
  /// For each strategy the summaries over all its replications, in the order of the metrics added.
  private(set) var all: [[MetricSummary?]]
  /// The same over good releases.
  private(set) var good: [[MetricSummary?]]
  /// The same over defective releases.
  private(set) var defective: [[MetricSummary?]]
  /// For each strategy but the baseline its differences to the baseline.
  private(set) var differences: [[Comparison.PairedDifference]]

  private let table: ReplicationTable
  private let baseline: Int
  private let defects: [[Bool?]]
  private var factors = StudentFactors(confidence: 0.95)
  private var correctedFactors: StudentFactors
  /// Values being worked on, kept to spare allocations.
  private var scratch: [Double] = []

  init(_ table: ReplicationTable, baseline: Int) {
    self.table = table
    self.baseline = baseline
    let count = table.strategies.count
    all = Array(repeating: [], count: count)
    good = all
    defective = all
    differences = Array(repeating: [], count: count)
    defects = table.strategies.indices.map { table.defects(of: $0) }
    correctedFactors = StudentFactors(
      confidence: MultipleComparisons.confidence(0.95, comparisons: count - 1))
    scratch.reserveCapacity(table.rowCount)
  }

  mutating func add(_ metric: Metric) {
    let columns = table.strategies.indices.map { table.values(of: metric, strategy: $0) }
    for (strategy, values) in columns.enumerated() {
      let defects = defects[strategy]
      all[strategy].append(summary(of: values) { _ in true })
      good[strategy].append(summary(of: values) { defects[$0] == false })
      defective[strategy].append(summary(of: values) { defects[$0] == true })
    }
    guard columns.indices.contains(baseline) else { return }
    for (strategy, values) in columns.enumerated() where strategy != baseline {
      guard let interval = difference(values, minus: columns[baseline]) else { continue }
      differences[strategy].append(
        Comparison.PairedDifference(
          strategyIndex: strategy, metric: metric, count: interval.count, mean: interval.mean,
          low: interval.low, high: interval.high))
    }
  }

  private mutating func summary(
    of values: [Double], where isChosen: (Int) -> Bool
  ) -> MetricSummary? {
    scratch.removeAll(keepingCapacity: true)
    for (row, value) in values.enumerated() where !value.isNaN && isChosen(row) {
      scratch.append(value)
    }
    guard let interval = StudentInterval(scratch, factors: &factors),
      let quantiles = Quantile.select(&scratch, 0.5, 0.95)
    else { return nil }
    return MetricSummary(
      count: interval.count, mean: interval.mean, low: interval.low, high: interval.high,
      p50: quantiles.lower, p95: quantiles.upper)
  }

  /// The interval of the mean difference; nil with fewer than two pairs.
  private mutating func difference(
    _ values: [Double], minus others: [Double]
  ) -> StudentInterval? {
    scratch.removeAll(keepingCapacity: true)
    for (value, other) in zip(values, others) where !value.isNaN && !other.isNaN {
      scratch.append(value - other)
    }
    return scratch.count > 1 ? StudentInterval(scratch, factors: &correctedFactors) : nil
  }
}
