import LabKernel
import LabUnits

/// When requests arrive: a Poisson process whose rate changes now and then, or instants that were recorded.
///
/// The gaps are exponential of mean 1 and are measured in expected requests, so that a change of the rate stretches
/// what is left of a gap and spoils nothing (Çinlar 1975, Introduction to Stochastic Processes, section 4.7).
struct RequestArrivals {
  /// When the next one arrives, in nanoseconds; infinite if none comes.
  private(set) var next = Double.infinity
  /// The number of the next one.
  private(set) var number: UInt64 = 0
  /// How long stable works on the next one, in nanoseconds.
  private(set) var work = 0.0

  private var draws: NumberedDraws
  private let service: SpanSampler
  /// The gaps before the requests of a batch, of mean 1, and their work; the next one's batch.
  private var gaps: [Double] = []
  private var works: [Double] = []
  private let recorded: [Int64]?
  /// Requests a second.
  private var rate = 0.0
  /// Nanoseconds between two of them on average.
  private var gap = Double.infinity
  /// What is left of the gap to the next one, in gaps, while none comes.
  private var remaining = 0.0

  /// Arrivals that have not begun: their rate is 0.
  init(
    _ world: World, _ purpose: RandomPurpose, service: SpanSampler, recorded: [Int64]? = nil
  ) {
    self.recorded = recorded
    self.service = service
    draws = world.numbered(purpose)
    drawBatch()
    remaining = gaps[0]
    work = works[0]
    if let first = recorded?.first { next = Double(first) }
  }

  /// The words that a draw of a number goes on with: a gap with the first ones, a service with those from
  /// ``servicesBegin`` on.
  var furtherWords: FurtherWords { draws.furtherWords }

  /// The first further word that services go on with; no gap needs so many.
  static let servicesBegin = 256

  /// Changes the rate, in requests a second.
  mutating func change(rate: Double, at now: Int64) {
    // The same rate once more must not round the next instant anew.
    guard recorded == nil, rate != self.rate else { return }
    self.rate = rate
    let instant = Double(now)
    if next < .infinity { remaining = max(0, next - instant) / gap }
    gap = rate > 0 ? 1e9 / rate : .infinity
    next = rate > 0 ? instant + remaining * gap : .infinity
  }

  /// Goes on to the one after the next.
  @inline(__always)
  mutating func advance() {
    number += 1
    let place = Int(truncatingIfNeeded: number) & (NumberedDraws.batchCount - 1)
    if place == 0 { drawBatch() }
    work = works[place]
    if let recorded {
      next = number < UInt64(recorded.count) ? Double(recorded[Int(number)]) : .infinity
    } else {
      next += gaps[place] * gap
    }
  }

  /// Draws the gaps and the work of the batch that the next one belongs to.
  @inline(never)
  private mutating func drawBatch() {
    draws.exponentials(number, .first, furtherFrom: 0, into: &gaps)
    draws.nanoseconds(
      service, number, .second, furtherFrom: Self.servicesBegin, into: &works)
    for place in works.indices { works[place] = min(works[place], RequestTerms.longestWork) }
  }
}

extension World {
  /// Words by number for one purpose.
  func numbered(_ purpose: RandomPurpose) -> NumberedDraws {
    NumberedDraws(seed: seed, replication: replication, purpose: purpose)
  }
}
