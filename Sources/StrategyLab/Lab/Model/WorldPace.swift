import LabKernel
import LabUnits

/// What a world makes of start-ups, drains and deliveries of nodes: drawn by chance, or settled without it.
enum WorldPace: Sendable, Hashable {
  /// Drawn from streams, as an experiment draws them.
  case drawn
  /// Spread evenly over their laws: the k-th start takes the quantile at ``evenPosition(_:)``.
  case even
  /// No time at all, so that only waits, probes and routers take any.
  case instant

  /// Where the k-th of several draws stands in its law, from 0 on: 1/2, 3/4, 1/4, 7/8, 3/8, ...
  ///
  /// The sequence of van der Corput to the base of 2, mirrored. The first n of them stand evenly
  /// between 0 and 1, so the slowest of n starts takes close to what the slowest of n takes half of the
  /// time: of 40 it is the quantile 0.984, where the median of the greatest of 40 draws is at 0.983.
  ///
  /// Source: van der Corput (1935), Verteilungsfunktionen I; Niederreiter (1992), Random Number
  /// Generation and Quasi-Monte Carlo Methods, chapter 3.
  ///
  /// - Returns: a number above 0 and below 1.
  static func evenPosition(_ k: Int) -> Double {
    var reversed: UInt64 = 0
    var rest = UInt64(k) + 1
    for _ in 0..<52 {
      reversed = reversed << 1 | rest & 1
      rest >>= 1
    }
    return 1 - Double(reversed) / Double(1 << 52 as UInt64)
  }
}
