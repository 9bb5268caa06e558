import LabKernel

/// The random part of each request, by its number.
struct RequestDraws {
  private var arrivals: NumberedDraws
  private var services: NumberedDraws
  private let meanGap: Double

  init(_ parameters: ReleaseParameters, replication: Int) {
    arrivals = NumberedDraws(
      seed: parameters.seed, replication: replication, purpose: .arrival)
    services = NumberedDraws(
      seed: parameters.seed, replication: replication, purpose: .service)
    meanGap = 1e9 / parameters.rate
  }

  /// The gap before a request in nanoseconds, and the word that chooses its endpoint.
  @inline(__always)
  mutating func arrival(_ number: UInt64) -> (gap: Int64, choice: UInt64) {
    let (word, choice) = arrivals.words(number)
    var further = 0
    let gap = Ziggurat.exponential(word) {
      defer { further += 1 }
      return arrivals.further(number, further)
    }
    return (Int64(gap * meanGap), choice)
  }

  /// The service time of a request in nanoseconds.
  @inline(__always)
  mutating func service(_ number: UInt64) -> Int64 {
    let (even, odd) = services.words(number >> 1)
    var further = 0
    let service = Ziggurat.exponential(number & 1 == 0 ? even : odd) {
      defer { further += 1 }
      return services.further(number, further)
    }
    return Int64(service * ReleaseParameters.meanService)
  }
}
