import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// Response times by load against the queues that have closed forms; the figures are those of scipy 1.17.1.
struct ModelLatencyTableTests {
  private static func table(
    workers: Int, service: SpanDistribution, timeout: Span, slow: Span, factor: Double = 1,
    sidecar: Span = .zero
  ) -> LatencyTable {
    var model = plainScenario(strategies: []).service
    model.workers = workers
    model.serviceTime = service
    model.timeout = timeout
    if sidecar > .zero { model.sidecar = ServiceModel.Sidecar(request: .zero, latency: sidecar) }
    return LatencyTable(
      service: model, factor: factor, largestFactor: factor, slowSeconds: slow.seconds)
  }

  /// The latencies exceeded by some shares, at a utilisation between two columns.
  private static func quantiles(
    _ table: LatencyTable, utilisation: Double, exceededBy shares: [Double]
  ) -> [Double] {
    let (column, next) = LatencyTable.position(utilisation: utilisation)
    let columns = [(column, 1 - next), (column + 1, next)]
    return shares.map { table.latency(exceededBy: $0, of: columns) }
  }

  @Test(arguments: [
    // Workers, utilisation, median, 95th and 99th percentile in service times.
    (1, 0.5, 1.3862943611198906, 5.991464547107982, 9.210340371976182),
    (2, 0.5, 0.974411605189929, 3.8164603051678285, 5.66596068379299),
    (2, 0.8, 2.0400314459260427, 7.9106842520120475, 11.937370236004272),
    (5, 0.8, 1.2043949235801967, 4.197462578386964, 6.079662524508263),
    (10, 0.9, 1.329091868577832, 4.360866567780329, 6.2498766988540275),
    (50, 0.8, 0.7027450592741066, 3.0053472951199014, 4.614785207554019),
  ])
  func percentilesAreThoseOfMMC(
    _ workers: Int, _ utilisation: Double, _ p50: Double, _ p95: Double, _ p99: Double
  ) {
    let table = Self.table(
      workers: workers, service: .exponential(mean: .seconds(1)), timeout: .seconds(100),
      slow: .seconds(5))
    let found = Self.quantiles(table, utilisation: utilisation, exceededBy: [0.5, 0.05, 0.01])
    for (value, expected) in zip(found, [p50, p95, p99]) {
      #expect(abs(value - expected) < 0.002 * expected, "\(value) for \(expected)")
    }
  }

  @Test func percentilesBetweenColumnsAreThoseOfMM1() {
    let table = Self.table(
      workers: 1, service: .exponential(mean: .seconds(1)), timeout: .seconds(2000),
      slow: .seconds(3))
    for utilisation in stride(from: 0.013, to: 0.98, by: 0.0317) {
      // The response time is exponential of mean 1 / (1 - r).
      let expected = [0.5, 0.01].map { -Elementary.logarithm($0) / (1 - utilisation) }
      let found = Self.quantiles(table, utilisation: utilisation, exceededBy: [0.5, 0.01])
      for (value, expected) in zip(found, expected) {
        #expect(abs(value - expected) < 0.002 * expected, "\(value) for \(expected)")
      }
      let slow = Elementary.exponential(-3 * (1 - utilisation))
      #expect(abs(table.columns.balance(utilisation: utilisation).slow - slow) < 0.002 * slow)
    }
  }

  @Test(arguments: [
    ("M/D/1 at 0.8", SpanDistribution.fixed(.seconds(1)), 0.8, 3.0),
    ("M/D/1 at 0.9", .fixed(.milliseconds(100)), 0.9, 0.55),
    ("M/M/1 at 0.8", .exponential(mean: .seconds(1)), 0.8, 5.0),
    (
      "M/LogN/1 at 0.75",
      .lognormal(
        median: Span(seconds: 0.009097957767880418), percentile95: Span(seconds: 0.04712890)),
      0.75, 0.07616134114032852
    ),
  ])
  func meanResponseIsThatOfPollaczekAndKhinchine(
    _ name: String, _ service: SpanDistribution, _ utilisation: Double, _ expected: Double
  ) {
    let table = Self.table(
      workers: 1, service: service, timeout: Span(seconds: expected * 30), slow: .seconds(1))
    // The mean is the integral of the latency over the share that exceeds it.
    let pieces = 1000
    let shares = (0..<pieces).map { (Double($0) + 0.5) / Double(pieces) }
    let sum = Self.quantiles(table, utilisation: utilisation, exceededBy: shares).reduce(0, +)
    let mean = sum / Double(pieces)
    #expect(abs(mean - expected) < 0.015 * expected, "\(name): \(mean) for \(expected)")
  }

  @Test func aSidecarMovesEveryLatencyByItsOwn() {
    let service = SpanDistribution.exponential(mean: .milliseconds(50))
    let plain = Self.table(
      workers: 4, service: service, timeout: .seconds(10), slow: .milliseconds(200))
    let meshed = Self.table(
      workers: 4, service: service, timeout: .seconds(10), slow: .milliseconds(200),
      sidecar: .milliseconds(5))
    #expect(meshed.meanService == plain.meanService)
    for share in [0.5, 0.1, 0.01] {
      let without = Self.quantiles(plain, utilisation: 0.5, exceededBy: [share])[0]
      let with = Self.quantiles(meshed, utilisation: 0.5, exceededBy: [share])[0]
      #expect(abs(with - without - 0.005) < 0.0006)
    }
  }

  @Test func aSlowerCandidateIsTheSameQueueInLongerTime() {
    let slow = Self.table(
      workers: 2, service: .exponential(mean: .seconds(1)), timeout: .seconds(300),
      slow: .seconds(9), factor: 3)
    #expect(slow.meanService == 3)
    let found = Self.quantiles(slow, utilisation: 0.5, exceededBy: [0.05])[0]
    #expect(abs(found - 3 * 3.8164603051678285) < 0.1)
  }

  @Test func anOverloadedRequestWaitsBeforeItsWork() {
    let table = Self.table(
      workers: 1, service: .fixed(.seconds(1)), timeout: .seconds(32), slow: .seconds(4))
    let first = LatencyTable.steadyColumns
    #expect(LatencyTable.position(wait: 4, timeout: 32) == (first + 4, 0))
    #expect(LatencyTable.position(wait: 4.25, timeout: 32) == (first + 4, 0.25))
    #expect(table.columns[first + 4].slow == 1)
    #expect(table.columns[first + 2].slow == 0)
    #expect(LatencyTable.position(wait: 99, timeout: 32) == (LatencyTable.columnCount - 2, 1))
    #expect(table.columns[LatencyTable.columnCount - 1].late == 1)
  }

  @Test func columnsStandWhereTheyAreFound() {
    for column in 0..<LatencyTable.steadyColumns {
      let utilisation = LatencyTable.utilisation(column: column)
      let (found, next) = LatencyTable.position(utilisation: utilisation)
      #expect(abs(Double(found) + next - Double(column)) < 1e-9)
      guard column > 0 else { continue }
      let before = LatencyTable.utilisation(column: column - 1)
      #expect(before < utilisation)
      let between = LatencyTable.position(utilisation: before + (utilisation - before) * 0.25)
      #expect(abs(Double(between.column) + between.next - Double(column) + 0.75) < 1e-9)
    }
    #expect(LatencyTable.utilisation(column: 0) == 0)
    #expect(LatencyTable.utilisation(column: LatencyTable.fullColumn) == 1)
    #expect(LatencyTable.position(utilisation: 99) == (LatencyTable.steadyColumns - 1, 0))
    #expect(LatencyTable.position(utilisation: -1) == (0, 0))
  }
}
