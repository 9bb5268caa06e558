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
  /// The word that the next one's service time is drawn from.
  private(set) var serviceWord: UInt64 = 0

  private var draws: NumberedDraws
  private let recorded: [Int64]?
  /// Requests a second.
  private var rate = 0.0
  /// Nanoseconds between two of them on average.
  private var gap = Double.infinity
  /// What is left of the gap to the next one, in gaps, while none comes.
  private var remaining = 0.0

  /// Arrivals that have not begun: their rate is 0.
  init(_ world: World, _ purpose: RandomPurpose, recorded: [Int64]? = nil) {
    self.recorded = recorded
    draws = world.numbered(purpose)
    let (word, service) = draws.words(0)
    remaining = exponential(word)
    serviceWord = service
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
    let (word, service) = draws.words(number)
    serviceWord = service
    if let recorded {
      next = number < UInt64(recorded.count) ? Double(recorded[Int(number)]) : .infinity
    } else {
      next += exponential(word) * gap
    }
  }

  @inline(__always)
  private func exponential(_ word: UInt64) -> Double {
    // The closure must not capture this value: capturing copies it.
    var further = draws.furtherWords.sequence(number, from: 0)
    return Ziggurat.exponential(word) { further.next() }
  }
}

extension World {
  /// Words by number for one purpose.
  func numbered(_ purpose: RandomPurpose) -> NumberedDraws {
    NumberedDraws(seed: seed, replication: replication, purpose: purpose)
  }
}
