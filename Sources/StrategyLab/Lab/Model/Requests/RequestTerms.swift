import LabKernel
import LabUnits

/// What holds for all requests of a scenario, as numbers that need no more arithmetic.
struct RequestTerms {
  let population: Int
  /// A caller gives up after so many nanoseconds.
  let timeout: Int64
  /// An answer later than this is slow, in nanoseconds.
  let slow: Int64
  /// What the proxies add to every request, in nanoseconds.
  let added: Int64
  /// The probability that a request fails although nothing is wrong.
  let baselineFailure: Double
  let service: SpanSampler
  let balancing: ServiceModel.Balancing
  let isDealt: Bool
  /// How long requests are played before the release, so that it finds the fleet at work, in nanoseconds.
  let lead: Int64
  let countsWork: Bool

  /// Three years in nanoseconds: whoever waits so long has given up, and whole numbers still hold it.
  static let longestWork = 1e17

  init(_ compiled: CompiledScenario) {
    let scenario = compiled.scenario
    population = scenario.users.population
    timeout = scenario.service.timeout.nanoseconds
    slow = Int64(min(compiled.slowSeconds * 1e9, 9e18))
    added = scenario.service.sidecar?.latency.nanoseconds ?? 0
    baselineFailure = scenario.service.baselineFailures.fraction
    service = SpanSampler(scenario.service.serviceTime)
    balancing = scenario.service.balancing
    isDealt = scenario.users.activity == .fixed && scenario.users.stickiness != .session
    countsWork = scenario.autoscaler != nil
    lead = Self.lead(compiled)
  }

  /// Long enough for the queues to forget that they began empty.
  ///
  /// A queue forgets at the rate c μ (1 - √ρ)² at the slowest (Morse 1955, "Stochastic properties of waiting
  /// lines", for one worker); the work under way needs some services beside it. One that has more to do than
  /// it can would never come to rest, and begins with what twenty services bring.
  private static func lead(_ compiled: CompiledScenario) -> Int64 {
    let service = compiled.scenario.service
    let rate = compiled.scenario.traffic.steps[0].requestsPerSecond
    let mean = compiled.stableLatency.meanService
    let workers = Double(service.workers)
    let utilisation = rate * mean / (workers * Double(service.replicas))
    var seconds = 20 * mean
    if utilisation < 1 {
      let gap = 1 - utilisation.squareRoot()
      seconds += 5 * mean / (workers * gap * gap)
    }
    // Nearly full fleets forget slowly, and some laws have no end; beyond so many requests the rest is left to
    // chance.
    if rate > 0 { seconds = min(seconds, 2_000_000 / rate) }
    return Int64(min(seconds, 1e8) * 1e9)
  }
}
