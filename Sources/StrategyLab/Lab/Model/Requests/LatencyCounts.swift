import Histogram

/// Latencies of answered requests, exact to three digits.
///
/// The counts lie as those of an HDR histogram with three significant digits do (Tene, hdrhistogram.org): 2,048
/// pieces up to 2,047 ns, then 1,024 for every doubling. Counting is one shift and one addition; the
/// library's histogram is filled when somebody asks for a quantile, and is the same as if it had counted.
struct LatencyCounts {
  private static let piecesPerDoubling = 1024
  private let counts: PlainRow<Int>
  /// How many latencies were counted.
  private(set) var total = 0

  /// Counts for latencies up to a bound, in nanoseconds; whatever is above it counts as the bound.
  init(highest: Int64) {
    bound = UInt64(max(2, highest))
    counts = PlainRow(repeating: 0, count: Self.place(of: bound) + 1)
  }

  private let bound: UInt64

  /// Counts a latency in nanoseconds.
  @inline(__always)
  mutating func add(_ latency: Int64) {
    counts[Self.place(of: min(UInt64(max(latency, 0)), bound))] += 1
    total += 1
  }

  @inline(__always)
  private static func place(of value: UInt64) -> Int {
    let doublings = 53 - (value | 2047).leadingZeroBitCount
    return (doublings + 1) * piecesPerDoubling + Int(value >> UInt64(doublings))
      - piecesPerDoubling
  }

  private static func value(at place: Int) -> UInt64 {
    let doublings = max(0, place / piecesPerDoubling - 1)
    return UInt64(place - doublings * piecesPerDoubling) << UInt64(doublings)
  }

  /// The latency in seconds that the given share of answers exceeds; nil if there is none.
  ///
  /// - Complexity: linear in the number of pieces.
  func latency(exceededBy share: Double) -> Double? {
    latencies(exceededBy: share, share)?.0
  }

  /// The latencies in seconds that two shares of answers exceed; nil if there is none.
  ///
  /// - Complexity: linear in the number of pieces.
  func latencies(exceededBy first: Double, _ second: Double) -> (Double, Double)? {
    guard total > 0 else { return nil }
    var histogram = Histogram<UInt64>(
      highestTrackableValue: max(bound, 2), numberOfSignificantValueDigits: .three)
    for place in 0..<counts.count where counts[place] > 0 {
      histogram.record(Self.value(at: place), count: UInt64(counts[place]))
    }
    func latency(_ share: Double) -> Double {
      let value = histogram.valueAtPercentile(100 * (1 - share))
      return Double(histogram.medianEquivalentForValue(value)) / 1e9
    }
    return (latency(first), latency(second))
  }
}
