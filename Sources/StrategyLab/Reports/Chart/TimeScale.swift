/// A time axis: seconds, minutes, hours or days, whichever gives handy numbers.
struct TimeScale {
  /// The scale over the values in the unit.
  let axis: AxisScale
  /// The unit's sign: `s`, `min`, `h`, `d`.
  let unit: String
  private let secondsPerUnit: Double

  /// An axis from zero to so many seconds.
  init(seconds: Double, start: Double, end: Double, tickCount: Int) {
    let seconds = seconds.isFinite && seconds > 0 ? seconds : 1
    switch seconds {
    case ...180: (unit, secondsPerUnit) = ("s", 1)
    case ...10_800: (unit, secondsPerUnit) = ("min", 60)
    case ...345_600: (unit, secondsPerUnit) = ("h", 3_600)
    default: (unit, secondsPerUnit) = ("d", 86_400)
    }
    let length = seconds / secondsPerUnit
    let steps: [Double] =
      switch unit {
      case "s": [1, 2, 5, 10, 15, 20, 30, 60]
      case "min": [1, 2, 5, 10, 15, 20, 30, 60]
      case "h": [0.5, 1, 2, 3, 4, 6, 12, 24]
      default: [0.5, 1, 2, 7, 14, 28, 56]
      }
    let wanted = length / Double(max(tickCount, 1))
    guard length >= 3, let step = steps.first(where: { $0 >= wanted }) else {
      axis = .linear(
        from: 0, to: length, start: start, end: end, tickCount: tickCount, fitsExactly: true)
      return
    }
    let ticks = (0...Int(length / step)).map { index in
      let value = Double(index) * step
      return AxisScale.Tick(value: value, label: NumberText.trimmed(value))
    }
    axis = AxisScale(
      low: 0, high: length, start: start, end: end, isLogarithmic: false, ticks: ticks)
  }

  /// The pixel of a time.
  func position(seconds: Double) -> Double { axis.position(seconds / secondsPerUnit) }
}
