import LabKernel

/// How probable it is that each strategy has the least expected total cost.
///
/// The Bayesian bootstrap: Rubin (1981), "The Bayesian Bootstrap", Annals of Statistics 9(1), 130-134,
/// doi:10.1214/aos/1176345338. Each draw gives every replication an exponential weight, the same for all
/// strategies, and the strategy with the least weighted cost wins it; equal ones share it. The weights
/// need not sum to one, since all strategies would be divided by the same sum.
struct ExpectedCostRace {
  /// For each strategy its probability of being the best.
  ///
  /// 0 for one without a total cost in every run, and for one that promotes less than half of the good releases while
  /// another promotes more: not to release costs little, and is no way to release.
  private(set) var probabilities: [Double]

  /// The standard error of a probability is at most 1.2 percentage points.
  static let draws = 2_000
  /// More replications than this are taken together in blocks, which lose next to nothing.
  static let largestBlockCount = 2_000

  /// How often a set of weights is used, turned on each time by a quarter of the replications.
  ///
  /// The turned set has the same distribution, and unless costs repeat with that very period it makes a draw of
  /// its own; the exponential variables, which take most of the time, are needed once.
  private static let turns = 4

  /// - Complexity: O(draws × blocks × strategies).
  init(_ table: ReplicationTable, seed: UInt64) {
    probabilities = Array(repeating: 0, count: table.strategies.count)
    let finishers = table.strategies.indices.filter { !table.rarelyDelivers($0) }
    let entrants = finishers.isEmpty ? Array(table.strategies.indices) : finishers
    let runners = entrants.filter { strategy in
      let costs = zip(
        table.defects(of: strategy), table.values(of: .totalCost, strategy: strategy)
      ).filter { $0.0 != nil }
      return !costs.isEmpty && costs.allSatisfy { !$0.1.isNaN }
    }
    let blocks = Self.blocks(table, runners)
    guard let blockCount = blocks.first?.count, blockCount > 0 else { return }
    let turnedBlocks = (0..<Self.turns).map { turn in
      blocks.map {
        Array($0[($0.count * turn / Self.turns)...] + $0[..<($0.count * turn / Self.turns)])
      }
    }
    var wins = Array(repeating: 0.0, count: runners.count)
    var weights = Array(repeating: 0.0, count: blockCount)
    for set in 0..<(Self.draws / Self.turns) {
      var stream = RandomStream(seed: seed, replication: set, purpose: .costRace, entity: 0)
      for index in weights.indices { weights[index] = stream.exponential(mean: 1) }
      for costs in turnedBlocks { Self.run(weights, costs, into: &wins) }
    }
    for (runner, strategy) in runners.enumerated() {
      probabilities[strategy] = wins[runner] / Double(Self.draws)
    }
  }

  /// One draw: adds a win for the least weighted cost, shared among equal ones.
  private static func run(_ weights: [Double], _ costs: [[Double]], into wins: inout [Double]) {
    let sums = costs.map { sum(weights, $0) }
    let least = sums.min() ?? 0
    let winners = sums.count { $0 == least }
    for runner in sums.indices where sums[runner] == least { wins[runner] += 1 / Double(winners) }
  }

  /// For each runner its costs over the replications that all runners played, in equal blocks.
  private static func blocks(_ table: ReplicationTable, _ runners: [Int]) -> [[Double]] {
    let costs = runners.map { table.values(of: .totalCost, strategy: $0) }
    let rows = (0..<table.rowCount).filter { row in costs.allSatisfy { !$0[row].isNaN } }
    let blockCount = min(rows.count, largestBlockCount)
    return costs.map { column in
      var sums = Array(repeating: 0.0, count: blockCount)
      for (position, row) in rows.enumerated() {
        sums[position * blockCount / rows.count] += column[row]
      }
      return sums
    }
  }

  /// The weighted sum, four strands side by side: one alone would wait for each addition.
  private static func sum(_ weights: [Double], _ costs: [Double]) -> Double {
    weights.withUnsafeBufferPointer { weights in
      costs.withUnsafeBufferPointer { costs in
        var strands = SIMD4<Double>.zero
        let whole = costs.count & ~3
        for index in stride(from: 0, to: whole, by: 4) {
          let weight = SIMD4(
            weights[index], weights[index + 1], weights[index + 2], weights[index + 3])
          let cost = SIMD4(costs[index], costs[index + 1], costs[index + 2], costs[index + 3])
          strands += weight * cost
        }
        var sum = (strands[0] + strands[1]) + (strands[2] + strands[3])
        for index in whole..<costs.count { sum += weights[index] * costs[index] }
        return sum
      }
    }
  }
}

extension RandomPurpose {
  /// The weights of the cost race; far from the purposes that the model numbers from 0.
  static let costRace = RandomPurpose(rawValue: 0xC057)
}
