/// The interval of the difference of two means whose samples are taken as unrelated.
///
/// Welch (1947), "The Generalization of 'Student's' Problem when Several Different Population Variances are
/// Involved", Biometrika 34(1-2), 28-35, doi:10.1093/biomet/34.1-2.28.
struct WelchInterval {
  /// Second mean minus first.
  let difference: Double
  /// Half of the interval's length.
  let halfWidth: Double

  /// The interval; nil with fewer than two values on either side.
  init?(_ first: [Double], _ second: [Double], confidence: Double) {
    guard first.count > 1, second.count > 1, let a = StudentInterval(first),
      let b = StudentInterval(second)
    else { return nil }
    difference = b.mean - a.mean
    let shareA = a.standardDeviation * a.standardDeviation / Double(a.count)
    let shareB = b.standardDeviation * b.standardDeviation / Double(b.count)
    let variance = shareA + shareB
    guard variance > 0 else {
      halfWidth = 0
      return
    }
    let freedom =
      variance * variance
      / (shareA * shareA / Double(a.count - 1) + shareB * shareB / Double(b.count - 1))
    halfWidth =
      variance.squareRoot()
      * StudentDistribution.criticalValue(
        upperTail: (1 - confidence) / 2, degreesOfFreedom: freedom)
  }
}
