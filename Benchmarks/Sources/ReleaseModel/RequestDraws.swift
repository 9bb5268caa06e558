import LabKernel

/// The random part of each request, by its number.
struct RequestDraws {
  private var spans: NumberedDraws
  private var choices: NumberedDraws
  private let meanGap: Double

  init(_ parameters: ReleaseParameters, replication: Int) {
    spans = NumberedDraws(seed: parameters.seed, replication: replication, purpose: .spans)
    choices = NumberedDraws(seed: parameters.seed, replication: replication, purpose: .choices)
    meanGap = 1e9 / parameters.rate
  }

  /// The gap before a request and its service time, in nanoseconds.
  @inline(__always)
  mutating func spans(_ number: UInt64) -> (gap: Int64, service: Int64) {
    let (first, second) = spans.words(number)
    var further = 0
    let gap = Ziggurat.exponential(first) {
      defer { further += 1 }
      return spans.further(number, further)
    }
    further = 256
    let service = Ziggurat.exponential(second) {
      defer { further += 1 }
      return spans.further(number, further)
    }
    return (Int64(gap * meanGap), Int64(service * ReleaseParameters.meanService))
  }

  /// The place among the endpoints of a request.
  @inline(__always)
  mutating func place(_ number: UInt64, count: Int) -> Int {
    // Four requests share a block, half a word each.
    let (first, second) = choices.words(number >> 2)
    let word = number & 2 == 0 ? first : second
    return Balancing.random(
      half: UInt32(truncatingIfNeeded: word >> ((number & 1) << 5)), count: count)
  }
}
