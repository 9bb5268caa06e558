extension RandomStream {
  /// A whole number from 0 to below the bound, all equally likely.
  ///
  /// The draw is multiplied by the bound and the upper half kept; the few draws that would favour some
  /// numbers are drawn again (Lemire 2019, "Fast Random Integer Generation in an Interval",
  /// doi:10.1145/3230636). One draw in all but bound / 2⁶⁴ of the cases.
  @inlinable
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "there must be a number to choose")
    let range = UInt64(bound)
    var (high, low) = next().multipliedFullWidth(by: range)
    if low < range {
      let threshold = (0 &- range) % range
      while low < threshold {
        (high, low) = next().multipliedFullWidth(by: range)
      }
    }
    return Int(high)
  }

  /// An index of a list of weights, each as likely as its share of their sum; one draw.
  ///
  /// - Precondition: the weights are finite and not negative, and one of them is above 0.
  /// - Complexity: linear in the number of weights.
  public mutating func weightedIndex(_ weights: [Double]) -> Int {
    var sum = 0.0
    for weight in weights {
      precondition(weight >= 0, "a weight is not negative")
      sum += weight
    }
    precondition(sum > 0 && sum.isFinite, "one weight is above 0, and all are finite")
    var remaining = nextUnit() * sum
    var chosen = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      chosen = index
      if remaining < weight { break }
      remaining -= weight
    }
    // Rounding may leave a remainder past the last weight; it belongs to the last that is above 0.
    return chosen
  }
}
