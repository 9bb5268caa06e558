import LabKernel
import LabUnits

/// How long answers take, by the load of a replica: tables made once for a scenario and a slowness of the candidate.
///
/// A column is a condition: one of ``steadyColumns`` utilisations of a replica in balance, or one of
/// ``overloadColumns`` waits of an overloaded one. A request's time is its service time plus, with the
/// Erlang C probability, an exponential wait whose mean is that of M/M/c times (1 + v) / 2, where v is the squared
/// coefficient of variation of the service time (Allen and Cunneen; exact for v = 1).
struct LatencyTable {
  /// Columns for utilisations from 0 to 63/64.
  static let steadyColumns = 64
  /// Columns for waits from 0 to 31/32 of the timeout.
  static let overloadColumns = 32
  /// All columns.
  static let columns = steadyColumns + overloadColumns
  private static let rows = 240

  /// Mean service time in seconds, the candidate's slowness included.
  let meanService: Double
  /// For each column, the probability that a request is slower than the slow threshold.
  let slowProbability: [Double]
  /// For each column, the probability that a request is slower than the timeout.
  let timeoutProbability: [Double]
  /// The same probabilities for the flow, which looks them up at every event.
  let columns: LatencyColumns
  private let memory: LatencyColumns.Memory
  /// The latencies of the rows, ascending, in seconds.
  private let latencies: [Double]
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
    let mean = base.mean * factor
    meanService = mean
    let variation = base.squaredVariation
    let timeout = service.timeout.seconds

    func serviceSurvival(_ time: Double) -> Double {
      time < 0 ? 1 : base.survival(time / factor)
    }

    // Rows from a hundredth of the mean service time to twice the timeout, in equal ratios.
    let first = max(base.mean / 100, 1e-7)
    let last = max(timeout * 2, base.mean * largestFactor * 20) + added
    let ratio = Elementary.power(last / first, 1 / Double(Self.rows - 1))
    var latencies = [first]
    while latencies.count < Self.rows { latencies.append(latencies[latencies.count - 1] * ratio) }

    var survival = [Double](repeating: 0, count: Self.columns * Self.rows)
    var slow = [Double](repeating: 0, count: Self.columns)
    var late = [Double](repeating: 0, count: Self.columns)

    for column in 0..<Self.columns {
      let law: (Double) -> Double
      if column < Self.steadyColumns {
        let utilisation = Double(column) / Double(Self.steadyColumns)
        let load = utilisation * Double(service.workers)
        let waiting = ErlangC.waitingProbability(workers: service.workers, offeredLoad: load)
        let meanWait = ErlangC.meanWaitOfWaiting(
          workers: service.workers, utilisation: utilisation, meanService: mean,
          squaredVariation: variation)
        let sums = Self.sumSurvival(
          latencies: latencies, added: added, meanWait: meanWait, service: serviceSurvival)
        for row in 0..<Self.rows {
          let alone = serviceSurvival(latencies[row] - added)
          survival[column * Self.rows + row] =
            meanWait > 0 ? alone * (1 - waiting) + waiting * sums[row] : alone
        }
        let start = column * Self.rows
        let rows = Array(survival[start..<start + Self.rows])
        law = { Self.interpolate($0, latencies, rows) }
      } else {
        let wait =
          Double(column - Self.steadyColumns) / Double(Self.overloadColumns) * timeout
        for row in 0..<Self.rows {
          survival[column * Self.rows + row] = serviceSurvival(latencies[row] - added - wait)
        }
        law = { serviceSurvival($0 - added - wait) }
      }
      slow[column] = law(slowSeconds)
      late[column] = law(timeout)
    }
    self.latencies = latencies
    self.survival = survival
    slowProbability = slow
    timeoutProbability = late
    memory = LatencyColumns.Memory(slow: slow, late: late)
    columns = LatencyColumns(meanService: mean, memory)
  }

  /// The probability that service plus wait exceeds each latency, for a request that has to wait.
  ///
  /// P(S + W > t) = e^(-t/w) + (1/w) * integral over 0..t of P(S > s) e^(-(t-s)/w) ds, carried from row to row.
  private static func sumSurvival(
    latencies: [Double], added: Double, meanWait: Double, service: (Double) -> Double
  ) -> [Double] {
    guard meanWait > 0 else { return latencies.map { service($0 - added) } }
    var result: [Double] = []
    result.reserveCapacity(latencies.count)
    var integral = 0.0
    var previous = 0.0
    for latency in latencies {
      let time = max(0, latency - added)
      // Within a row the service time's survival is taken as linear between eight points.
      let pieces = 8
      let piece = (time - previous) / Double(pieces)
      if piece > 0 {
        let decay = Elementary.exponential(-piece / meanWait)
        for index in 0..<pieces {
          let left = service(previous + Double(index) * piece)
          let right = service(previous + Double(index + 1) * piece)
          integral = integral * decay + (left * decay + right) / 2 * piece / meanWait
        }
      }
      previous = time
      result.append(min(1, Elementary.exponential(-time / meanWait) + integral))
    }
    return result
  }

  /// The column and the weight of the next one for a replica in balance.
  @inline(__always)
  static func position(utilisation: Double) -> (column: Int, next: Double) {
    let position = min(max(utilisation, 0), 1) * Double(steadyColumns)
    let column = min(Int(position), steadyColumns - 1)
    return (column, column == steadyColumns - 1 ? 0 : position - Double(column))
  }

  /// The column for an overloaded replica whose requests wait so many seconds.
  static func column(wait: Double, timeout: Double) -> Int {
    let position = Int(wait / timeout * Double(overloadColumns))
    return steadyColumns + min(max(position, 0), overloadColumns - 1)
  }

  private static func interpolate(_ latency: Double, _ latencies: [Double], _ rows: [Double])
    -> Double
  {
    guard let upper = latencies.firstIndex(where: { $0 >= latency }) else { return 0 }
    guard upper > 0 else { return rows[0] }
    let part = (latency - latencies[upper - 1]) / (latencies[upper] - latencies[upper - 1])
    return rows[upper - 1] + part * (rows[upper] - rows[upper - 1])
  }

  /// Adds the survival of one column, times a weight, to a mixture over rows.
  func add(column: Int, weight: Double, to mixture: inout [Double]) {
    let start = column * Self.rows
    for row in 0..<Self.rows { mixture[row] += weight * survival[start + row] }
  }

  /// A mixture of nothing.
  static var emptyMixture: [Double] { Array(repeating: 0, count: rows) }

  /// The latency that the given share of a mixture exceeds, between rows in proportion.
  ///
  /// - Complexity: linear in the number of rows.
  func latency(exceededBy share: Double, of mixture: [Double], total: Double) -> Double {
    let target = share * total
    guard let row = mixture.firstIndex(where: { $0 <= target }) else {
      return latencies[Self.rows - 1]
    }
    guard row > 0 else { return latencies[0] }
    let above = mixture[row - 1]
    let part = above > mixture[row] ? (above - target) / (above - mixture[row]) : 1
    return latencies[row - 1] + part * (latencies[row] - latencies[row - 1])
  }
}
