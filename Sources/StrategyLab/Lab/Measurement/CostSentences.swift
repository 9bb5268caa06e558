/// A recommendation in two sentences: the choice with its reason, and how sure it is.
struct CostSentences {
  private let table: ReplicationTable
  private let summaries: [Comparison.StrategySummary]

  init(_ table: ReplicationTable, summaries: [Comparison.StrategySummary]) {
    self.table = table
    self.summaries = summaries
  }

  /// What is said of the only strategy that has costs.
  func only(_ index: Int) -> [String] {
    let interval =
      summaries[index][.totalCost].map {
        $0.count > 1
          ? "95% interval of the cost \(PrintedFigure.dollars($0.low)) to \(PrintedFigure.dollars($0.high)), "
          : ""
      } ?? ""
    return [
      "Choose \(name(index)): a release costs \(cost(index)) in expectation"
        + (summaries[index].rarelyDelivers ? ", but \(shortcoming(of: index))." : "."),
      "No other strategy has costs to compare it with "
        + "(\(interval)\(Self.replications(summaries[index].replications))).",
    ]
  }

  /// What is said of the recommended strategy and the runner-up.
  ///
  /// - Parameters:
  ///   - duel: The two.
  ///   - cheapest: The strategy of the least mean cost, which the recommended one is not if that rarely delivers.
  /// - Returns: two sentences.
  func choice(_ duel: CostDuel, cheapest: Int) -> [String] {
    [reason(duel, cheapest: cheapest), certainty(duel)]
  }

  private func reason(_ duel: CostDuel, cheapest: Int) -> String {
    let start = "Choose \(name(duel.best)): a release costs \(cost(duel.best)) in expectation"
    if cheapest != duel.best {
      let saving = mean(.totalCost, duel.best, minus: cheapest)
      return "\(start); \(name(cheapest)) costs \(PrintedFigure.dollars(saving)) less "
        + "but \(shortcoming(of: cheapest))."
    }
    let caveat = summaries[duel.best].rarelyDelivers ? ", but \(shortcoming(of: duel.best))" : ""
    let saving = duel.difference?.mean ?? 0
    guard saving > 0 else { return "\(start), as much as \(name(duel.runnerUp))\(caveat)." }
    let other = summaries[duel.runnerUp][.totalCost]?.mean ?? 0
    let part = other > 0 ? " (\(PrintedFigure.percent(saving / other)))" : ""
    return "\(start), \(PrintedFigure.dollars(saving))\(part) less than \(name(duel.runnerUp))"
      + "\(mainCause(duel))\(caveat)."
  }

  /// The part of the total cost that differs most in the recommended strategy's favour.
  private func mainCause(_ duel: CostDuel) -> String {
    let parts: [Metric] = [.failureCost, .extraInfrastructureCost, .peopleCost]
    let savings = parts.map { mean($0, duel.runnerUp, minus: duel.best) }
    guard let largest = savings.max(), largest > 0, let index = savings.firstIndex(of: largest)
    else { return "" }
    let amount = PrintedFigure.dollars(largest)
    switch parts[index] {
    case .extraInfrastructureCost:
      return ", mainly because its extra infrastructure costs \(amount) less"
    case .peopleCost: return ", mainly because people's time costs \(amount) less"
    default: break
    }
    return isMostlyOfDefective(duel)
      ? ", mainly because defective releases cost \(defectiveSaving(duel)) less in failures"
      : ", mainly because failures cost \(amount) less"
  }

  /// Whether most of what is saved in failures is saved in defective releases.
  private func isMostlyOfDefective(_ duel: CostDuel) -> Bool {
    let defective = table.differences(
      of: .failureCost, duel.runnerUp, minus: duel.best, onlyDefective: true)
    let all = table.differences(of: .failureCost, duel.runnerUp, minus: duel.best)
    return defective.reduce(0, +) * 2 > all.reduce(0, +)
  }

  private func defectiveSaving(_ duel: CostDuel) -> String {
    let savings = table.differences(
      of: .failureCost, duel.runnerUp, minus: duel.best, onlyDefective: true)
    return PrintedFigure.dollars(StudentInterval(savings)?.mean ?? 0)
  }

  private func certainty(_ duel: CostDuel) -> String {
    let probability = PrintedFigure.probability(summaries[duel.best].probabilityBest)
    let least = "\(name(duel.best)) has the least expected cost with probability \(probability)"
    let count = duel.difference?.count ?? 0
    var evidence = Self.replications(count)
    if let difference = duel.difference, count > 1 {
      evidence =
        "95% interval of the difference \(PrintedFigure.dollars(difference.low)) "
        + "to \(PrintedFigure.dollars(difference.high)), \(evidence)"
    }
    return duel.isSeparated
      ? "\(name(duel.runnerUp)) is the runner-up; \(least) (\(evidence))."
      : "The evidence does not separate \(name(duel.best)) from \(name(duel.runnerUp)), "
        + "the runner-up; \(least) (\(evidence))."
  }

  /// A number of replications in words.
  static func replications(_ count: Int) -> String {
    count == 1 ? "1 replication" : "\(PrintedFigure.count(count)) replications"
  }

  private func name(_ index: Int) -> String { table.strategies[index].name }

  private func cost(_ index: Int) -> String {
    PrintedFigure.dollars(summaries[index][.totalCost]?.mean ?? 0)
  }

  private func shortcoming(of index: Int) -> String {
    if let promoted = summaries[index].promotedShareOfGood {
      return "promotes only \(PrintedFigure.percent(promoted)) of the good releases"
    }
    return "stalls in \(PrintedFigure.percent(summaries[index].stallShare)) of the replications"
  }

  private func mean(_ metric: Metric, _ strategy: Int, minus other: Int) -> Double {
    StudentInterval(table.differences(of: metric, strategy, minus: other))?.mean ?? 0
  }
}
