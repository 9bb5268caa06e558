/// How a balancer chooses one of several stations for a job.
///
/// The rules are functions of a random word and of what the balancer knows; they keep nothing but the
/// pointer of a round. A choice is a place in the balancer's own list of stations.
public enum Balancing {
  /// Any of so many, all equally likely.
  ///
  /// The bias is below count / 2⁶⁴ (the upper half of a product; Lemire 2019, doi:10.1145/3230636).
  @inlinable
  @inline(__always)
  public static func random(_ word: UInt64, count: Int) -> Int {
    Int(truncatingIfNeeded: word.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
  }

  /// Any of so many by half a word; the bias is below count / 2³².
  @inlinable
  @inline(__always)
  public static func random(half: UInt32, count: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(half) &* UInt64(truncatingIfNeeded: count)) >> 32)
  }

  /// The next in turn; one pointer, as a proxy keeps it.
  ///
  /// - Parameters:
  ///   - pointer: Where the round stands; moved on. It may be beyond the count, when the list became shorter.
  ///   - count: How many there are, at least 1.
  /// - Returns: a place of the list.
  @inlinable
  @inline(__always)
  public static func roundRobin(_ pointer: inout Int, count: Int) -> Int {
    let place = pointer < count ? pointer : 0
    pointer = place &+ 1
    return place
  }

  /// Two random places of so many, which may be the same; one from each half of a word, the upper one first.
  @inlinable
  @inline(__always)
  public static func twoChoices(_ word: UInt64, count: Int) -> (first: Int, second: Int) {
    (
      random(half: UInt32(truncatingIfNeeded: word >> 32), count: count),
      random(half: UInt32(truncatingIfNeeded: word), count: count)
    )
  }

  /// The one of two random choices where fewer jobs are present; the first if they are equal.
  ///
  /// Two choices instead of one shorten the longest line exponentially (Mitzenmacher 2001, "The Power of
  /// Two Choices in Randomized Load Balancing", doi:10.1109/71.963420). Envoy's least-request policy draws two
  /// by default and may draw one twice (its reference, `envoy.extensions.load_balancing_policies.least_request.v3`).
  ///
  /// - Parameters:
  ///   - word: 64 random bits.
  ///   - list: The stations among which is chosen, at least one.
  ///   - stations: The stations, which count who is present.
  ///   - instant: When the job arrives.
  /// - Returns: a place of the list.
  @inlinable
  @inline(__always)
  public static func leastOfTwo(
    _ word: UInt64, of list: [Int], in stations: inout WorkerStations, at instant: Int64
  ) -> Int {
    let (first, second) = twoChoices(word, count: list.count)
    if first == second { return first }
    let atFirst = stations.present(list[first], at: instant)
    let atSecond = stations.present(list[second], at: instant)
    return atSecond < atFirst ? second : first
  }
}
