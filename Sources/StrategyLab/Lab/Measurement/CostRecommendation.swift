/// Which strategy to choose by its expected total cost, and in which words to say so.
struct CostRecommendation {
  let recommendation: Comparison.Recommendation

  /// - Parameters:
  ///   - table: The runs.
  ///   - summaries: What they say about each strategy.
  ///   - baseline: What is named if no strategy has costs.
  init(_ table: ReplicationTable, summaries: [Comparison.StrategySummary], baseline: Int) {
    let ranking = Self.ranking(of: summaries)
    guard let best = ranking.first else {
      recommendation = Self.withoutCosts(table, baseline: baseline)
      return
    }
    let probability = summaries[best].probabilityBest
    guard ranking.count > 1 else {
      recommendation = Comparison.Recommendation(
        strategyIndex: best, runnerUpIndex: nil, probabilityBest: probability, isSeparated: false,
        sentences: CostSentences(table, summaries: summaries).only(best))
      return
    }
    let duel = CostDuel(table, best: best, runnerUp: ranking[1], comparisons: summaries.count - 1)
    let cheapest = ranking.min { (Self.cost(summaries[$0]), $0) < (Self.cost(summaries[$1]), $1) }
    recommendation = Comparison.Recommendation(
      strategyIndex: best, runnerUpIndex: duel.runnerUp, probabilityBest: probability,
      isSeparated: duel.isSeparated,
      sentences: CostSentences(table, summaries: summaries).choice(
        duel, cheapest: cheapest ?? best))
  }

  /// The strategies with a total cost in every run, best first: those that rarely deliver come last.
  private static func ranking(of summaries: [Comparison.StrategySummary]) -> [Int] {
    summaries.indices.filter { index in
      summaries[index].replications > 0
        && summaries[index][.totalCost]?.count == summaries[index].replications
    }.sorted { left, right in
      let (a, b) = (summaries[left], summaries[right])
      return (a.rarelyDelivers ? 1 : 0, cost(a), left) < (b.rarelyDelivers ? 1 : 0, cost(b), right)
    }
  }

  private static func cost(_ summary: Comparison.StrategySummary) -> Double {
    summary[.totalCost]?.mean ?? .infinity
  }

  private static func withoutCosts(
    _ table: ReplicationTable, baseline: Int
  ) -> Comparison.Recommendation {
    let name =
      table.strategies.indices.contains(baseline) ? table.strategies[baseline].name : "the baseline"
    return Comparison.Recommendation(
      strategyIndex: baseline, runnerUpIndex: nil, probabilityBest: 0, isSeparated: false,
      sentences: [
        "Stay with \(name): no strategy has a total cost in every replication.",
        "Nothing can be said about which strategy costs least "
          + "(\(CostSentences.replications(table.rowCount))).",
      ])
  }
}

extension Comparison.StrategySummary {
  /// The part of the replications that neither promoted nor rolled back.
  var stallShare: Double {
    replications > 0 ? Double(outcomes[.stalled] ?? 0) / Double(replications) : 0
  }

  /// The part of the good releases that was promoted; nil if there was none.
  var promotedShareOfGood: Double? {
    let good = replications - defective
    return good > 0 ? Double(goodOutcomes[.promoted] ?? 0) / Double(good) : nil
  }

  /// Whether fewer than half of the good releases were promoted, or more than half of the replications stalled if none was good.
  var rarelyDelivers: Bool { promotedShareOfGood.map { $0 < 0.5 } ?? (stallShare > 0.5) }
}

/// The recommended strategy against the runner-up.
struct CostDuel {
  /// The recommended strategy.
  var best: Int
  /// The next one.
  var runnerUp: Int
  /// The total cost of the runner-up minus that of the best, corrected for the number of comparisons; nil without shared replications.
  var difference: StudentInterval?

  init(_ table: ReplicationTable, best: Int, runnerUp: Int, comparisons: Int) {
    self.best = best
    self.runnerUp = runnerUp
    difference = StudentInterval(
      table.differences(of: .totalCost, runnerUp, minus: best),
      confidence: MultipleComparisons.confidence(0.95, comparisons: comparisons))
  }

  /// Whether the interval of the difference excludes 0.
  var isSeparated: Bool {
    guard let difference, difference.count > 1 else { return false }
    return difference.low > 0 || difference.high < 0
  }
}
