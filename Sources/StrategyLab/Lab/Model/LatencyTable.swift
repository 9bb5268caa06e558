import LabKernel
import LabUnits

/// How long answers take, by the load of a replica: tables made once for a scenario and a slowness of the candidate.
///
/// A column is a condition: one of ``steadyColumns`` utilisations of a replica in balance, below and above full load, or
/// one of ``overloadColumns`` waits of one whose backlog grows or drains. A request's time is its service time plus its
/// wait, by ``WaitingLaw``. Who leaves at once because the wait would be beyond the timeout has no latency.
struct LatencyTable {
  /// Columns for waits from 0 to the timeout.
  static let overloadColumns = 33
  /// All columns.
  static let columnCount = steadyColumns + overloadColumns
  /// Latencies in equal ratios, and two pairs about the mean service times, where a fixed law has its step.
  static let rows = 240 + 4

  /// Mean service time in seconds, the candidate's slowness included.
  let meanService: Double
  /// What the proxies add to every request, in seconds.
  private let added: Double
  private let curve: ServiceCurve
  /// What each column does to a request, for the flow, which asks at every event.
  private(set) var columns: LatencyColumns
  private var memory: LatencyColumns.Memory
  /// The latencies of the rows, ascending, in seconds.
  let latencies: [Double]
  /// Probability that a request of the column takes longer than the row's latency, column after column.
  private let survival: [Double]

  /// The tables of a service whose work takes a factor longer.
  ///
  /// - Parameters:
  ///   - service: the service.
  ///   - factor: what the service time is multiplied by.
  ///   - largestFactor: the largest factor of the scenario; all its tables share their rows.
  ///   - slowSeconds: a request slower than this counts as slow.
  init(service: ServiceModel, factor: Double, largestFactor: Double, slowSeconds: Double) {
    let base = service.serviceTime
    let added = service.sidecar?.latency.seconds ?? 0
    self.added = added
    let mean = base.mean * factor
    let timeout = service.timeout.seconds
    let curve = ServiceCurve(base)
    self.curve = curve
    meanService = mean
    latencies = Self.latencies(
      mean: base.mean, largestFactor: largestFactor, timeout: timeout, added: added)
    var survival = [Double](repeating: 0, count: Self.columnCount * Self.rows)
    var conditions = Array(repeating: LatencyColumns.Condition(), count: Self.columnCount)

    func alone(_ latency: Double) -> Double {
      let time = latency - added
      return time < 0 ? 1 : base.survival(time / factor)
    }
    let aloneInRows = latencies.map(alone)
    let (aloneSlow, aloneLate) = (alone(slowSeconds), alone(timeout))
    // A closed form costs next to nothing, the lattice a fifth of a millisecond.
    let computed = Self.computedColumns(every: curve.isExponential ? 2 : 8)
    for column in computed {
      let utilisation = Self.utilisation(column: column)
      let law = WaitingLaw(
        service: curve, workers: service.workers, utilisation: utilisation,
        patience: mean > 0 ? timeout / mean : 0)
      func longer(than latency: Double, _ alone: Double) -> Double {
        utilisation == 0 || mean == 0 || latency == .infinity
          ? alone
          : law.survival((latency - added) / mean, alone: alone, service: curve.reader)
      }
      for row in 0..<Self.rows {
        let value = longer(than: latencies[row], aloneInRows[row])
        survival[column * Self.rows + row] = value
        if value < 1e-13 { break }
      }
      conditions[column] = LatencyColumns.Condition(
        slow: longer(than: slowSeconds, aloneSlow), late: longer(than: timeout, aloneLate),
        lost: law.lost, busy: utilisation * (1 - law.lost), wait: law.meanWait * mean)
    }
    Self.fillBetween(computed, &survival, &conditions)
    for index in 0..<Self.overloadColumns {
      let column = Self.steadyColumns + index
      let wait = Double(index) / Double(Self.overloadColumns - 1) * timeout
      for row in 0..<Self.rows {
        survival[column * Self.rows + row] = alone(latencies[row] - wait)
      }
      conditions[column].slow = alone(slowSeconds - wait)
      conditions[column].late = alone(timeout - wait)
    }
    self.survival = survival
    memory = LatencyColumns.Memory(conditions)
    columns = LatencyColumns(
      meanService: mean, added: added, slowSeconds: slowSeconds, curve: curve.reader, memory)
  }

  /// From a hundredth of the mean service time to the timeout, in equal ratios, and where a fixed law has its steps.
  private static func latencies(
    mean: Double, largestFactor: Double, timeout: Double, added: Double
  ) -> [Double] {
    let first = max(mean / 100, 1e-7)
    let last = max(timeout, mean * largestFactor, first * 2) + added
    let ratio = Elementary.power(last / first, 1 / Double(rows - 5))
    var latencies = [first]
    while latencies.count < rows - 4 { latencies.append(latencies[latencies.count - 1] * ratio) }
    for factor in [1, largestFactor] {
      let step = max(mean * factor + added, 1e-7)
      latencies += [step * (1 - 1e-9), step]
    }
    return latencies.sorted()
  }

  /// The same tables where another latency is slow, read between the rows.
  func slow(above seconds: Double) -> LatencyTable {
    var table = self
    table.memory = LatencyColumns.Memory(
      (0..<Self.columnCount).map { column in
        var condition = columns[column]
        condition.slow = survival(of: column, seconds)
        return condition
      })
    table.columns = LatencyColumns(
      meanService: meanService, added: added, slowSeconds: seconds, curve: curve.reader,
      table.memory)
    return table
  }

  /// The probability that a request of a column takes longer, between rows as on an exponential.
  private func survival(of column: Int, _ seconds: Double) -> Double {
    guard let upper = latencies.firstIndex(where: { $0 >= seconds }) else { return 0 }
    let start = column * Self.rows
    guard upper > 0 else { return survival[start] }
    let (above, below) = (survival[start + upper - 1], survival[start + upper])
    let part =
      (seconds - latencies[upper - 1]) / (latencies[upper] - latencies[upper - 1])
    // A step falls to nothing, or nearly; a tail by a ratio.
    guard below > 0.01 * above else { return above + part * (below - above) }
    return above * Elementary.power(below / above, part)
  }

  /// The latencies of the rows, each with the probability that a request between two columns takes longer.
  func rows(of column: Int, next: Double) -> [(latency: Double, survival: Double)] {
    let start = column * Self.rows
    let other = next > 0 ? start + Self.rows : start
    return (0..<Self.rows).map { row in
      let value = survival[start + row]
      return (latencies[row], value + next * (survival[other + row] - value))
    }
  }

  /// The survival of columns, each times its weight, in one row.
  func mixture(of columns: [(column: Int, weight: Double)], row: Int) -> Double {
    survival.withUnsafeBufferPointer { survival in
      var sum = 0.0
      for (column, weight) in columns where weight > 0 {
        sum += weight * survival[column * Self.rows + row]
      }
      return sum
    }
  }

  /// The latency that a share of the requests exceeds that are spread over columns by weights of 1 in all.
  func latency(
    exceededBy share: Double, of columns: [(column: Int, weight: Double)]
  ) -> Double {
    latency(where: share) { mixture(of: columns, row: $0) }
  }

  /// The latency at which a mixture that falls from row to row reaches a target, between rows as on an exponential.
  ///
  /// - Parameters:
  ///   - target: the target.
  ///   - mixture: the mixture in a row; it is asked for few of them.
  /// - Returns: the latency in seconds.
  func latency(where target: Double, _ mixture: (Int) -> Double) -> Double {
    var (row, end) = (0, Self.rows)
    while row < end {
      let middle = (row + end) / 2
      if mixture(middle) <= target { end = middle } else { row = middle + 1 }
    }
    guard row < Self.rows else { return latencies[Self.rows - 1] }
    guard row > 0 else { return latencies[0] }
    let (above, below) = (mixture(row - 1), mixture(row))
    let width = latencies[row] - latencies[row - 1]
    guard above > below else { return latencies[row] }
    // A step falls to nothing, or nearly; a tail by a ratio.
    guard below > 0.01 * above, target > 0 else {
      return latencies[row - 1] + (above - target) / (above - below) * width
    }
    let part = Elementary.logarithm(above / target) / Elementary.logarithm(above / below)
    return latencies[row - 1] + part * width
  }
}
