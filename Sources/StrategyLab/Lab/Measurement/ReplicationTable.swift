/// The runs of an experiment with a row for each replication and a column for each strategy.
struct ReplicationTable: Sendable {
  /// The strategies, in the experiment's order.
  let strategies: [ExperimentRecord.Strategy]
  /// How many replications were played with at least one strategy.
  let rowCount: Int

  /// For each strategy and row its run; nil where it was not played.
  private let columns: [[RunResult?]]

  init(_ record: ExperimentRecord) {
    strategies = record.header.strategies
    var byStrategy: [[RunResult]] = Array(repeating: [], count: strategies.count)
    for run in record.runs where byStrategy.indices.contains(run.strategyIndex) {
      byStrategy[run.strategyIndex].append(run)
    }
    let numbers = Self.distinct(byStrategy.flatMap { $0.map(\.replication) })
    rowCount = numbers.count
    columns = byStrategy.map { runs in
      let sorted = runs.sorted { $0.replication < $1.replication }
      var next = 0
      return numbers.map { number in
        guard next < sorted.count, sorted[next].replication == number else { return nil }
        let run = sorted[next]
        while next < sorted.count, sorted[next].replication == number { next += 1 }
        return run
      }
    }
  }

  private static func distinct(_ numbers: [Int]) -> [Int] {
    var result: [Int] = []
    for number in numbers.sorted() where result.last != number { result.append(number) }
    return result
  }

  /// The runs of a strategy, in order of their replications.
  func runs(of strategy: Int) -> [RunResult] { columns[strategy].compactMap { $0 } }

  /// Whether a strategy promoted fewer than half of the good releases, or stalled in more than half of its replications if none was good.
  func rarelyDelivers(_ strategy: Int) -> Bool {
    let runs = runs(of: strategy)
    let good = runs.filter { $0.defect == nil }
    guard good.isEmpty else { return 2 * good.count { $0.outcome == .promoted } < good.count }
    return 2 * runs.count { $0.outcome == .stalled } > runs.count
  }

  /// For each row whether a strategy met a defect there; nil where it was not played.
  func defects(of strategy: Int) -> [Bool?] {
    columns[strategy].map { run in run.map { $0.defect != nil } }
  }

  /// A strategy's values of a metric, row by row; not-a-number where there is none.
  func values(of metric: Metric, strategy: Int) -> [Double] {
    columns[strategy].map { $0?.metrics[metric] ?? .nan }
  }

  /// The differences of a metric between two strategies over the rows where both have it.
  ///
  /// - Parameters:
  ///   - metric: What is compared.
  ///   - strategy: The strategy that is subtracted from.
  ///   - other: The strategy that is subtracted.
  ///   - onlyDefective: Whether good releases are left out.
  /// - Returns: the differences, in the order of the replications.
  func differences(
    of metric: Metric, _ strategy: Int, minus other: Int, onlyDefective: Bool = false
  ) -> [Double] {
    zip(columns[strategy], columns[other]).compactMap { left, right in
      guard let left, let right, let a = left.metrics[metric], let b = right.metrics[metric],
        !onlyDefective || left.defect != nil
      else { return nil }
      return a - b
    }
  }
}
