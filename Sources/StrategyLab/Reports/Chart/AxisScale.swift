/// From values to pixels, and the round values to write beside an axis.
///
/// A logarithmic scale finds the logarithm bit by bit with multiplications alone, so it needs no function
/// of the C library, and every machine draws the same pixels.
struct AxisScale {
  /// The value at the start of the axis.
  let low: Double
  /// The value at its end.
  let high: Double
  /// The pixel at its start.
  let start: Double
  /// The pixel at its end; above or left of the start for an axis that runs that way.
  let end: Double
  /// Whether equal distances are equal factors.
  let isLogarithmic: Bool
  /// The values to write beside the axis, and how.
  let ticks: [Tick]

  /// A value to write beside an axis.
  struct Tick: Equatable {
    let value: Double
    let label: String
  }

  /// A linear scale that covers the values and ends on round ones.
  static func linear(
    from low: Double, to high: Double, start: Double, end: Double, tickCount: Int = 5,
    isWhole: Bool = false, fitsExactly: Bool = false
  ) -> AxisScale {
    let (low, high) = spread(low, high)
    var step = roundStep((high - low) / Double(max(tickCount, 1)))
    if isWhole { step = max(1, step) }
    let first = (low / step).rounded(fitsExactly ? .up : .down)
    let last = (high / step).rounded(fitsExactly ? .down : .up)
    let decimals = max(0, -(DecimalDigits(step).lastPlace ?? 0))
    var ticks: [Tick] = []
    var index = first
    while index <= last, ticks.count < 50 {
      let value = index * step
      ticks.append(Tick(value: value, label: NumberText.fixed(value, decimals: min(decimals, 6))))
      index += 1
    }
    return AxisScale(
      low: fitsExactly ? low : first * step, high: fitsExactly ? high : last * step, start: start,
      end: end, isLogarithmic: false, ticks: ticks)
  }

  /// A logarithmic scale that covers the values, ending on 1, 2 or 5 times a power of ten.
  ///
  /// - Precondition: both values are above zero.
  static func logarithmic(from low: Double, to high: Double, start: Double, end: Double)
    -> AxisScale
  {
    precondition(low > 0 && high > 0, "a logarithmic scale needs values above zero")
    var candidates: [Double] = []
    let firstDecade = (DecimalDigits(low).leadingPlace ?? 0) - 1
    let lastDecade = (DecimalDigits(max(high, low)).leadingPlace ?? 0) + 1
    for decade in firstDecade...max(firstDecade, lastDecade) {
      for factor in [1.0, 2.0, 5.0] { candidates.append(factor * powerOfTen(decade)) }
    }
    let first = candidates.lastIndex { $0 <= low } ?? 0
    let last = max(candidates.firstIndex { $0 >= high } ?? candidates.count - 1, first + 1)
    let all = Array(candidates[first...min(last, candidates.count - 1)])
    // Beyond two decades or so, only the powers of ten are written.
    let isWide = all.count > 10
    let written = isWide ? all.filter { (DecimalDigits($0).digits) == [1] } : all
    return AxisScale(
      low: all.first ?? low, high: all.last ?? high, start: start, end: end, isLogarithmic: true,
      ticks: written.map { Tick(value: $0, label: NumberText.trimmed($0, decimals: 6)) })
  }

  /// The pixel of a value; values beyond the axis stay at its ends.
  func position(_ value: Double) -> Double {
    let (first, last) = (transformed(low), transformed(high))
    guard last > first else { return start }
    let share = (transformed(min(max(value, low), high)) - first) / (last - first)
    return start + share * (end - start)
  }

  private func transformed(_ value: Double) -> Double {
    isLogarithmic ? Self.logarithm(value) : value
  }

  /// The logarithm to base ten, to 20 binary digits.
  ///
  /// Squaring doubles the logarithm; whenever ten is passed, the next digit of it is a one.
  static func logarithm(_ value: Double) -> Double {
    guard value > 0, value.isFinite, let decade = DecimalDigits(value).leadingPlace else {
      return -400
    }
    var rest = value / powerOfTen(decade)
    var result = Double(decade)
    var bit = 1.0
    for _ in 0..<20 {
      bit /= 2
      rest *= rest
      if rest >= 10 {
        rest /= 10
        result += bit
      }
    }
    return result
  }

  /// Ten to a whole power, read from its decimal text so that it is the nearest number.
  static func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 0 }

  /// The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below the given step.
  private static func roundStep(_ step: Double) -> Double {
    guard step > 0, let decade = DecimalDigits(step).leadingPlace else { return 1 }
    let unit = powerOfTen(decade)
    return [1, 2, 2.5, 5].map { $0 * unit }.first { $0 >= step * 0.999_999 }
      ?? powerOfTen(decade + 1)
  }

  /// A range with some extent, made around a single value where there is none.
  private static func spread(_ low: Double, _ high: Double) -> (Double, Double) {
    guard low.isFinite, high.isFinite, low <= high else { return (0, 1) }
    if high > low { return (low, high) }
    let margin = low == 0 ? 1 : low.magnitude / 2
    return low >= 0 ? (max(0, low - margin), low + margin) : (low - margin, low + margin)
  }
}
