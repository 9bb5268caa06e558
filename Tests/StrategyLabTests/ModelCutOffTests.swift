import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// What killed replicas take along: how long it would have taken, and how many sessions it hurts.
struct ModelCutOffTests {
  private static func service(_ law: SpanDistribution) -> ServiceModel {
    plainScenario(replicas: 1, rate: 1, horizon: .hours(1), strategies: []) {
      $0.service.serviceTime = law
      $0.service.timeout = .hours(4)
    }.service
  }

  @Test func exponentialRequestsThatAreCutOffAreTheLongOnes() {
    let latencies = [100.0, 600, 840, 1560]
    var cutOff = CutOffLatencies(
      Self.service(.exponential(mean: .minutes(4))), latencies: latencies)
    cutOff.add(10, .init(ages: 0...100_000, grace: 600, factor: 1))
    cutOff.add(5, .init(ages: 0...100_000, grace: 600, factor: 1))
    #expect(cutOff.requests == 15)
    // With ages and rests of four minutes each, x seconds beyond the grace are exceeded with (1 + x/m) e^(-x/m).
    for (row, expected) in [1, 1, 2 / 2.718281828459045, 0.0915781944436709].enumerated() {
      #expect(abs(cutOff.longer(row: row) - 15 * expected) < 1e-9)
    }
    #expect(cutOff.late < 1e-20)
  }

  @Test(arguments: [
    SpanDistribution.lognormal(median: .seconds(60), percentile95: .seconds(300)),
    .uniform(from: .seconds(20), to: .seconds(500)),
    .exponential(mean: .seconds(90)),
  ])
  func theyAreThoseOfTheIntegral(_ law: SpanDistribution) {
    let latencies = [50.0, 130, 170, 260, 400]
    var cutOff = CutOffLatencies(Self.service(law), latencies: latencies)
    // Stable got nothing for 30 s, and began 300 s ago; the candidate is slower by half.
    cutOff.add(1, .init(ages: 30...300, grace: 120, factor: 1.5))
    func part(longerThan latency: Double) -> Double {
      (0..<27_000).reduce(0) {
        let age = 30 + (Double($1) + 0.5) / 100
        return $0 + law.survival(max(latency, age + 120) / 1.5)
      }
    }
    for (row, latency) in latencies.enumerated() {
      let expected = part(longerThan: latency) / part(longerThan: 0)
      #expect(abs(cutOff.longer(row: row) - expected) < 1e-6)
    }
  }

  @Test func whatCannotBeCutOffIsNot() {
    var cutOff = CutOffLatencies(Self.service(.fixed(.seconds(10))), latencies: [5, 20])
    cutOff.add(1, .init(ages: 0...50, grace: 60, factor: 1))
    #expect(cutOff.requests == 0)
    #expect(cutOff.longer(row: 0) == 0)
  }

  /// The sessions of requests that are cut off at an instant, one played after the other.
  ///
  /// - Parameters:
  ///   - law: how sessions run; one starts every second.
  ///   - part: the part of the requests of this instant that is cut off.
  ///   - mean: the mean seconds in which the part falls by the factor e, backwards.
  ///   - stream: where the draws come from.
  /// - Returns: the requests that are cut off, and the sessions that they are of.
  private static func play(
    _ law: SessionLaw, part: Double, mean: Double, _ stream: inout RandomStream
  ) -> (requests: Int, sessions: Int) {
    var result = (requests: 0, sessions: 0)
    let past = 12 * mean + 8 * law.duration
    var start = stream.exponential(mean: 1)
    while start < past {
      let end = min(past, start + stream.exponential(mean: law.duration))
      var time = start
      var count = 0
      while time < end {
        if stream.nextUnit() < part * Elementary.exponential(-(past - time) / mean) { count += 1 }
        time += stream.exponential(mean: law.duration / law.following)
      }
      result.requests += count
      if count > 0 { result.sessions += 1 }
      start += stream.exponential(mean: 1)
    }
    return result
  }

  @Test(arguments: [(2.0, 300.0, 100.0, 0.3), (6, 300, 60, 0.5), (6, 600, 200, 0.8)])
  func sessionsAreCutOffAsWhenTheyArePlayed(
    _ requests: Double, _ duration: Double, _ age: Double, _ part: Double
  ) {
    let law = SessionLaw(requests: requests, duration: duration)
    var stream = RandomStream(seed: 1, replication: 0, purpose: RandomPurpose(rawValue: 1))
    var played = (requests: 0, sessions: 0)
    let plays = 400
    for _ in 0..<plays {
      let one = Self.play(law, part: part, mean: age, &stream)
      played.requests += one.requests
      played.sessions += one.sessions
    }
    let each = Double(played.requests) / Double(plays)
    #expect(abs(each / (requests * part * age) - 1) < 0.01)
    var events = SessionEvents()
    events.hit(
      law, requests: each, running: law.running(rate: requests),
      staying: 1 / (1 + age / duration))
    let expected = Double(played.sessions) / Double(plays)
    #expect(each / expected > 1.03, "sessions lose several requests")
    #expect(abs(events.sessions / expected - 1) < 0.02, "\(events.sessions), \(expected)")
  }

  @Test func twoInstantsAreAsOneWhereNoTimePasses() {
    let law = SessionLaw(requests: 5, duration: 600)
    var (once, twice) = (SessionEvents(), SessionEvents())
    once.hit(law, requests: 300, running: 1000, staying: 0.8)
    twice.hit(law, requests: 100, running: 1000, staying: 0.8)
    twice.hit(law, requests: 200, running: 1000, staying: 0.8)
    #expect(abs(once.sessions - twice.sessions) < 1e-9)
    #expect(abs(once.fresh.stable - twice.fresh.stable) < 1e-12)
    #expect(once.fresh.stable < 1)
    // Each request alone, and all of them are other sessions.
    var alone = SessionEvents()
    alone.hit(SessionLaw(requests: 1, duration: 600), requests: 300, running: 1, staying: 1)
    #expect(alone.sessions == 300)
    #expect(alone.isFresh)
  }
}
