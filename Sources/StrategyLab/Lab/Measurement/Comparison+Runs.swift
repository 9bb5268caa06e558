extension Comparison {
  /// What the runs of an experiment say about its strategies.
  ///
  /// Means have Student's intervals of 95%. Differences are paired: a replication is the same world for every strategy, so that
  /// the world's luck cancels out; their intervals are corrected by Bonferroni for the number of strategies
  /// that are compared with one. The recommendation is the least mean total cost; among strategies that promote
  /// at least half of the good releases, if there are any.
  ///
  /// - Parameters:
  ///   - record: The experiment; runs of strategies that its header does not name are left out.
  ///   - threads: How many threads may work on it; it comes out the same.
  /// - Complexity: O(runs × metrics), and 2,000 passes over the total costs.
  public init(record: ExperimentRecord, threads: Int = 1) {
    let table = ReplicationTable(record)
    let race = BackgroundValue(isOnOwnThread: threads > 1) {
      ExpectedCostRace(table, seed: record.header.seed).probabilities
    }
    var metrics = MetricComparison(table, baseline: record.header.baselineIndex)
    for metric in Metric.allCases { metrics.add(metric) }
    let probabilities = race.value()
    strategies = table.strategies.indices.map { index in
      let runs = table.runs(of: index)
      let defective = runs.filter { $0.defect != nil }
      return StrategySummary(
        strategyIndex: index, replications: runs.count, defective: defective.count,
        outcomes: Self.outcomes(of: runs),
        goodOutcomes: Self.outcomes(of: runs.filter { $0.defect == nil }),
        defectiveOutcomes: Self.outcomes(of: defective), all: metrics.all[index],
        good: metrics.good[index], defectiveReleases: metrics.defective[index],
        stallReasons: Self.stallReasons(of: runs), probabilityBest: probabilities[index])
    }
    differences = metrics.differences.flatMap { $0 }
    recommendation =
      CostRecommendation(
        table, summaries: strategies, baseline: record.header.baselineIndex
      ).recommendation
  }

  /// How many runs ended in each way, every way named.
  private static func outcomes(of runs: [RunResult]) -> [ReleaseOutcome: Int] {
    var counts: [ReleaseOutcome: Int] = [:]
    for outcome in ReleaseOutcome.allCases { counts[outcome] = 0 }
    for run in runs { counts[run.outcome, default: 0] += 1 }
    return counts
  }

  private static func stallReasons(of runs: [RunResult]) -> [StallCount] {
    var counts: [StallCount] = []
    let reasons = runs.filter { $0.outcome == .stalled }.map { $0.stallReason ?? "no reason given" }
    for reason in reasons.sorted() {
      if counts.last?.reason == reason {
        counts[counts.count - 1].count += 1
      } else {
        counts.append(StallCount(reason: reason, count: 1))
      }
    }
    return counts.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }
}
