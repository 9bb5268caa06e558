import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// When a burn rate can be trusted to stay silent.
@Suite struct MonitorSilenceTests {
  private static let interval = Span.seconds(30)

  private static func monitor(after history: [RequestCounts]) -> Monitor {
    var monitor = Monitor(
      rule: MonitorBurnRateTests.rule(), objective: Share(millionths: 999_000), start: .zero,
      cleanHistory: RequestRate(requestsPerSecond: 1_000, failureShare: 0.0005))
    for (number, counts) in history.enumerated() {
      _ = monitor.observe(
        MonitorReading(
          time: .zero + interval * (number + 1), stable: counts, candidate: .none))
    }
    return monitor
  }

  private static func coming(
    failures: Double, after readings: Int, total: Double = 30_000
  ) -> SteadyReadings {
    SteadyReadings(
      last: .zero + interval * readings, interval: interval, total: total,
      failed: total * failures)
  }

  @Test func cleanRequestsStaySilent() {
    let clean = [RequestCounts](repeating: RequestCounts(total: 30_000, failed: 15), count: 4)
    let monitor = Self.monitor(after: clean)
    #expect(monitor.staysSilent(Self.coming(failures: 0.0005, after: 4)))
    #expect(monitor.staysSilent(Self.coming(failures: 0.012, after: 4)))
    // So close to 14.4 times the budget luck may do it.
    #expect(!monitor.staysSilent(Self.coming(failures: 0.0140, after: 4)))
    #expect(!monitor.staysSilent(Self.coming(failures: 0.5, after: 4)))
    // Of so few requests nothing is sure.
    #expect(!monitor.staysSilent(Self.coming(failures: 0.0005, after: 4, total: 20)))
    #expect(!monitor.staysSilent(Self.coming(failures: 0, after: 4, total: 0)))
  }

  @Test func aBurntHourIsRememberedUntilTheShortWindowForgets() {
    let burnt = [RequestCounts](repeating: RequestCounts(total: 30_000, failed: 30_000), count: 4)
    let clean = [RequestCounts](repeating: RequestCounts(total: 30_000, failed: 15), count: 12)
    for more in 0...12 {
      let monitor = Self.monitor(after: burnt + clean.prefix(more))
      let stays = monitor.staysSilent(Self.coming(failures: 0.0005, after: 4 + more))
      // The last of the burnt readings leaves a window of five minutes after ten readings.
      #expect(stays == (more >= 10), "after \(more) readings")
    }
    #expect(Self.monitor(after: []).staysSilent(Self.coming(failures: 0.0005, after: 0)))
  }

  /// Whoever stays silent does so whatever requests come that are at all likely.
  @Test(arguments: 0..<40) func silenceIsKept(_ number: Int) {
    var stream = RandomStream(seed: 5, replication: number, purpose: WorldPurpose.arrivals)
    var history: [RequestCounts] = []
    for _ in 0..<stream.poisson(mean: 30) {
      let total = stream.poisson(mean: 3_000)
      let failures = stream.nextUnit() < 0.2 ? stream.nextUnit() * 0.1 : 0.001
      history.append(
        RequestCounts(total: total, failed: stream.poisson(mean: Double(total) * failures)))
    }
    var monitor = Self.monitor(after: history)
    let failures = stream.nextUnit() * 0.02
    let coming = Self.coming(failures: failures, after: history.count, total: 3_000)
    guard monitor.staysSilent(coming) else { return }
    for later in 1...200 {
      let total = stream.poisson(mean: 3_000 * 0.97)
      let failed = stream.poisson(mean: 3_000 * failures * 1.03)
      let fires = monitor.observe(
        MonitorReading(
          time: .zero + Self.interval * (history.count + later),
          stable: RequestCounts(total: total, failed: min(failed, total)), candidate: .none))
      #expect(!fires)
    }
  }

  /// 64 readings at once, of which the first ones have a request more, or a failure.
  @Test(arguments: [(64 * 1_000, 64 * 30), (64 * 1_000 + 63, 64 * 30 + 1), (40, 7)])
  func readingsAtOnceAreLikeReadingsOneByOne(total: Int, failed: Int) {
    var (together, oneByOne) = (Self.monitor(after: []), Self.monitor(after: []))
    let last = MonitorReading(
      time: .zero + Self.interval * 64, stable: RequestCounts(total: total, failed: failed),
      candidate: .none)
    var fires = [together.observe(last, spreadOver: 64, every: Self.interval)]
    func part(_ count: Int, _ number: Int) -> Int { count / 64 + (number <= count % 64 ? 1 : 0) }
    for number in 1...64 {
      let counts = RequestCounts(total: part(total, number), failed: part(failed, number))
      fires.append(
        oneByOne.observe(
          MonitorReading(
            time: .zero + Self.interval * number, stable: counts, candidate: .none)))
    }
    #expect(fires.first == fires.last)
    #expect(together.reason == oneByOne.reason)
    // What comes later finds the same readings in the windows.
    for number in 65...200 {
      let reading = MonitorReading(
        time: .zero + Self.interval * number, stable: RequestCounts(total: 900, failed: 9),
        candidate: .none)
      #expect(together.observe(reading) == oneByOne.observe(reading))
      #expect(together.reason == oneByOne.reason)
    }
  }

  @Test(arguments: [0.01, 0.3, 1, 7, 50, 1_000, 40_000, 1e6, 1e9])
  func boundsAreHardlyEverCrossed(mean: Double) {
    let readings = SteadyReadings(last: .zero, interval: Self.interval, total: mean, failed: mean)
    let most = readings.mostFailures(of: 1).rounded(.up)
    #expect(Elementary.lowerGammaFraction(shape: most, mean) < 5e-18)
    let least = readings.leastRequests(of: 1).rounded(.down)
    #expect(least <= 0 || Elementary.upperGammaFraction(shape: least + 1, mean) < 5e-18)
    // They are not idle either.
    #expect(most < mean + 40 + 13 * mean.squareRoot())
  }
}
