import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Readings that are drawn together come to the same as readings that are drawn one by one.
@Suite struct ModelQuietTimeTests {
  /// A strategy in the first world of a scenario; how many readings were drawn, and what it came to.
  private static func play(
    _ compiled: CompiledScenario, strategy: Int = 0, replication: Int = 0, readsTogether: Bool
  ) -> (simulation: Simulation, metrics: MetricValues) {
    let scenario = compiled.scenario
    let world = World(
      seed: scenario.experiment.seed, replication: replication, risk: scenario.release)
    var simulation = Simulation(compiled: compiled, strategyIndex: strategy, world: world)
    simulation.readsTogether = readsTogether
    simulation.run()
    return (simulation, simulation.result().metrics)
  }

  /// What is drawn, as a Poisson number or as a difference of such.
  private static let drawn: Set<Metric> = [
    .requestsTotal, .requestsCandidate, .requestsFailed, .excessFailures, .capacityShortfall,
  ]

  /// What follows from it by a price.
  private static let priced: Set<Metric> = [.errorBudget, .failureCost, .totalCost]

  @Test(arguments: 760..<790) func theyComeToTheSame(_ number: Int) {
    let compiled = CompiledScenario(ScenarioGenerator.scenario(number))
    for strategy in compiled.scenario.strategies.indices {
      let together = Self.play(compiled, strategy: strategy, readsTogether: true).metrics
      let oneByOne = Self.play(compiled, strategy: strategy, readsTogether: false).metrics
      for metric in Metric.allCases where !Self.priced.contains(metric) {
        let (found, expected) = (together[metric], oneByOne[metric])
        #expect((found == nil) == (expected == nil), "\(metric) of strategy \(strategy)")
        guard let found, let expected else { continue }
        let luck = 8 * (together[.requestsFailed] ?? 0).squareRoot() + 30
        let all = 8 * (together[.requestsTotal] ?? 0).squareRoot() + 30
        let tolerance =
          switch metric {
          case .requestsTotal, .requestsCandidate: all
          default: Self.drawn.contains(metric) ? luck : 1e-9 * max(1, abs(expected))
          }
        #expect(
          abs(found - expected) <= tolerance,
          "\(metric) of strategy \(strategy): \(found) instead of \(expected)")
      }
    }
  }

  /// A rolling update of a service that fails one request in two thousand, with the usual alert.
  private static let release = CompiledScenario(
    plainScenario(
      replicas: 40, rate: 1_200, horizon: .hours(2),
      strategies: [
        RollingUpdate(maxSurge: .share(.percent(25)), maxUnavailable: .share(.percent(25)))
      ]
    ) {
      $0.service.baselineFailures = Share(millionths: 500)
      $0.monitoring.alerts = [MonitorBurnRateTests.rule()]
    })

  @Test func aReleaseThatIsOverIsHardlyRead() {
    let (together, _) = Self.play(Self.release, readsTogether: true)
    let (oneByOne, _) = Self.play(Self.release, readsTogether: false)
    #expect(oneByOne.end == .promoted && together.end == .promoted)
    #expect(together.endTime == oneByOne.endTime)
    #expect(together.watch.lastGridReading == oneByOne.watch.lastGridReading)
    #expect(together.quietUntil == 240)
    #expect(oneByOne.quietUntil == 0)
  }

  /// The sums of both kinds of readings have the same mean and the same variance.
  @Test func theLawOfTheSumIsTheSame() throws {
    let mean = 1_200.0 * 7_200 * 0.0005
    for readsTogether in [true, false] {
      var sum = 0.0
      var squares = 0.0
      let worlds = 200
      for replication in 0..<worlds {
        let metrics = Self.play(
          Self.release, replication: replication, readsTogether: readsTogether
        ).metrics
        let failed = try #require(metrics[.requestsFailed]) - (metrics[.excessFailures] ?? 0)
        sum += failed
        squares += (failed - mean) * (failed - mean)
      }
      #expect(abs(sum / Double(worlds) - mean) < 4 * (mean / Double(worlds)).squareRoot())
      #expect(abs(squares / Double(worlds) / mean - 1) < 4 * (2 / Double(worlds)).squareRoot())
    }
  }

  @Test func piecesBeginAtMultiplesOfTheirLength() {
    for start in 1..<70 {
      for end in [start + 1, start + 7, 100, 240, 1_000] where end > start {
        var reading = start
        var numbers = Set<Int>()
        while reading < end {
          let length = ReadingLuck.longestPiece(after: reading, through: end)
          #expect(length >= 1 && reading + length <= end && reading % length == 0)
          #expect(length & (length - 1) == 0)
          let luck = ReadingLuck(from: reading + 1, through: reading + length)
          #expect(luck.readings == length)
          if length > 1 { #expect(numbers.insert(luck.number).inserted) }
          reading += length
        }
      }
    }
  }

  @Test func noTwoPiecesShareANumber() {
    var numbers = Set<Int>()
    var length = 2
    while length <= 256 {
      for first in stride(from: 0, to: 1_024, by: length) {
        let luck = ReadingLuck(from: first + 1, through: first + length)
        #expect(luck.requests != ReadingLuck(number: 1).requests)
        #expect(numbers.insert(luck.number).inserted)
      }
      length *= 2
    }
  }
}
