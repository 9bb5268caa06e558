import LabKernel
import LabUnits

/// The runs of an experiment as they come in, by strategy and replication.
struct RunCollection {
  /// Runs that are known.
  private(set) var count = 0

  private let replications: Int
  private var byStrategy: [[RunResult?]]
  /// The total costs of each strategy by replication, not-a-number where there is none: the rule that
  /// ends a play for precision looks at all of them after every batch, and at nothing else.
  private var costs: [[Double]]
  private var means: [Accumulation]

  /// A collection of the runs that are known so far.
  ///
  /// - Parameters:
  ///   - strategies: how many strategies are played.
  ///   - replications: how many replications there can be; runs beyond them are left out.
  ///   - known: runs in any order.
  init(strategies: Int, replications: Int, known: [RunResult]) {
    self.replications = replications
    byStrategy = Array(repeating: [], count: strategies)
    costs = Array(repeating: [], count: strategies)
    means = Array(repeating: Accumulation(), count: strategies)
    add(known)
  }

  /// Whether a run is known.
  func has(_ strategy: Int, _ replication: Int) -> Bool {
    byStrategy[strategy].indices.contains(replication) && byStrategy[strategy][replication] != nil
  }

  /// Adds runs; one that is known already is replaced.
  mutating func add(_ runs: [RunResult]) {
    for run in runs
    where byStrategy.indices.contains(run.strategyIndex)
      && (0..<replications).contains(run.replication)
    {
      let (strategy, replication) = (run.strategyIndex, run.replication)
      while byStrategy[strategy].count <= replication {
        byStrategy[strategy].append(nil)
        costs[strategy].append(.nan)
      }
      let isNew = byStrategy[strategy][replication] == nil
      byStrategy[strategy][replication] = run
      costs[strategy][replication] = run.metrics[.totalCost] ?? .nan
      if isNew {
        count += 1
        if let cost = run.metrics[.totalCost] { means[strategy].add(cost) }
      }
    }
  }

  /// The runs of the first replications, by strategy, then by replication.
  func upTo(_ replications: Int) -> [RunResult] {
    byStrategy.flatMap { $0.prefix(replications).compactMap { $0 } }
  }

  /// Whether the mean total cost of every strategy is known precisely enough from the first replications.
  func isPreciseEnough(upTo replications: Int, _ precision: Share) -> Bool {
    costs.allSatisfy { costs in
      MeanPrecision.isReached(
        costs: costs.prefix(replications).filter { !$0.isNaN }, precision: precision)
    }
  }

  /// Half the width of the 95% interval of the least mean total cost.
  var leastCostHalfWidth: Double? {
    // For a display: the normal quantile, and not Student's.
    means.filter { $0.count > 1 }.min { $0.mean < $1.mean }.map { 1.96 * $0.standardError }
  }
}
