import StrategyLab

extension RunResult {
  /// A run made from its numbers alone, with the values that `Peers/rows.c` writes.
  init(strategy: Int, replication: Int) {
    let isDefective = replication % 6 == 5
    var metrics = MetricValues()
    for (column, metric) in Metric.allCases.enumerated() {
      // The third to the fifth are absent where nothing was rolled back.
      guard isDefective || !(2..<5).contains(column) else { continue }
      metrics[metric] = Self.value(strategy, replication, column)
    }
    self.init(
      strategyIndex: strategy, replication: replication,
      outcome: isDefective ? .rolledBack : .promoted, defect: isDefective ? "errors" : nil,
      metrics: metrics)
  }

  /// A number from 0 to 1,000 that depends on the run and the column.
  private static func value(_ strategy: Int, _ replication: Int, _ column: Int) -> Double {
    var bits = UInt64(strategy) << 48 ^ UInt64(replication) << 16 ^ UInt64(column)
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return Double(Int64((bits ^ bits >> 31) >> 11)) * 0x1p-53 * 1000
  }
}
