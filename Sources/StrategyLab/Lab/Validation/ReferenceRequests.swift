import LabKernel

/// Requests that arrive by a Poisson process, each with its service time, numbered from 0.
struct ReferenceRequests {
  private var draws: NumberedDraws
  private let meanGap: Double
  private let service: SpanSampler
  private var clock = 0.0
  private var next: UInt64 = 0

  /// The requests of one replication.
  ///
  /// - Parameters:
  ///   - rate: Requests a second.
  ///   - service: How long a worker is busy with one.
  ///   - seed: Where the draws come from.
  ///   - replication: Which replication of the seed.
  init(rate: Double, service: SpanDistribution, seed: UInt64, replication: Int) {
    draws = NumberedDraws(
      seed: seed, replication: replication, purpose: ReferencePurpose.request)
    meanGap = 1e9 / rate
    self.service = SpanSampler(service)
  }

  /// When the next request comes and how long its service takes, in whole nanoseconds.
  mutating func take() -> (arrival: Int64, service: Int64) {
    let number = next
    next += 1
    let (first, second) = draws.words(number)
    let draws = draws
    var used = 0
    func more() -> UInt64 {
      used += 1
      return draws.further(number, used - 1)
    }
    // The clock is kept unrounded, so that whole nanoseconds do not add up to a drift.
    clock += meanGap * Ziggurat.exponential(first, more: more)
    let length = service.nanoseconds(second, more: more)
    return (Int64(clock.rounded()), Int64(length.rounded()))
  }

  /// A station for the request that was taken last, all of so many equally likely.
  func choice(of count: Int) -> Int {
    // Words 256 on are used by nothing else: no service needs so many.
    Balancing.random(draws.further(next - 1, 256), count: count)
  }
}
