import StrategyLab
import Testing

/// Expected values: scipy 1.17.1 (`t.isf`, `betainc`, `t.interval`).
struct StatisticsStudentTests {
  static let tails: [Double] = [0.1, 0.025, 0.00625, 0.005, 0.000001]
  static let criticalValues: [(degreesOfFreedom: Double, values: [Double])] = [
    (
      1,
      [
        3.0776835371752536, 12.706204736174705, 50.923036636485534, 63.65674116287158,
        318309.8861827435,
      ]
    ),
    (
      2,
      [
        1.8856180831641267, 4.302652729749464, 8.8602000346543, 9.924843200918293,
        707.1057205259339,
      ]
    ),
    (
      2.5,
      [
        1.7302509288071761, 3.5746548420036834, 6.527911170800134, 7.163728138948786,
        220.17342917823686,
      ]
    ),
    (
      5,
      [
        1.4758840488244813, 2.5705818356363155, 3.81000469984464, 4.032142983555229,
        24.771029720515948,
      ]
    ),
    (
      7.030559959884322,
      [
        1.4142868895533154, 2.362542232065833, 3.3306564559152902, 3.4943074579611944,
        14.16002969152493,
      ]
    ),
    (
      29,
      [
        1.3114336473015509, 2.045229642132704, 2.6631957225927656, 2.7563859036706053,
        5.917105540459563,
      ]
    ),
    (
      999,
      [
        1.2823995700373971, 1.9623414611334498, 2.502237693216086, 2.5807596372676365,
        4.781636978830079,
      ]
    ),
    (
      1_000,
      [
        1.2823987214609245, 1.9623390808264085, 2.5022331532311766, 2.580754698065951,
        4.781608620458351,
      ]
    ),
    (
      1_000_000,
      [
        1.2815524121299389, 1.9599663568141072, 2.4977099943507595, 2.5758342201053344,
        4.75345234827968,
      ]
    ),
  ]

  @Test(arguments: criticalValues)
  func criticalValuesHaveTenDigits(degreesOfFreedom: Double, values: [Double]) {
    for (tail, value) in zip(Self.tails, values) {
      let found = StudentDistribution.criticalValue(
        upperTail: tail, degreesOfFreedom: degreesOfFreedom)
      #expect(agree(found, value, relative: 1e-10), "tail \(tail): \(found)")
    }
  }

  @Test func theMedianOfStudentIsZero() {
    #expect(StudentDistribution.criticalValue(upperTail: 0.5, degreesOfFreedom: 3) == 0)
    #expect(
      agree(StudentDistribution.upperTail(0, degreesOfFreedom: 3), 0.5, relative: 1e-14))
    #expect(
      agree(StudentDistribution.upperTail(-2.5, degreesOfFreedom: 5), 0.9727549, relative: 1e-6))
  }

  /// The probability that two means are equal, Welch's test of the screw weights (t 1.959, 7.031 degrees).
  @Test func aTailOfFractionalDegreesIsWelchs() {
    let tail = StudentDistribution.upperTail(
      1.9590058081081434, degreesOfFreedom: 7.030559959884322)
    #expect(agree(2 * tail, 0.09077332428566112, relative: 1e-9))
  }

  @Test(arguments: [
    (0.5, 2.0, 3.0, 0.6875), (0.1, 0.5, 5.0, 0.6833570849799877),
    (0.9, 10.0, 0.5, 0.15164090963470994),
    (0.01, 100.0, 2_000.0, 3.646067645440764e-36), (0.3, 500.0, 1_200.0, 0.7045312724147974),
    (1e-6, 0.5, 0.5, 0.0006366198784709245), (0.0, 2.0, 3.0, 0.0), (1.0, 2.0, 3.0, 1.0),
  ])
  func incompleteBeta(x: Double, a: Double, b: Double, expected: Double) {
    #expect(agree(IncompleteBeta.regularised(x, a, b), expected, relative: 1e-11, absolute: 0))
  }

  @Test func intervalOfFiveValues() throws {
    let interval = try #require(StudentInterval([9.2, 11.3, 10.1, 12.7, 8.8]))
    #expect(interval.count == 5)
    #expect(agree(interval.mean, 10.42, relative: 1e-14))
    #expect(agree(interval.standardDeviation, 1.5959323293924461, relative: 1e-13))
    #expect(agree(interval.low, 8.438388283023926, relative: 1e-11))
    #expect(agree(interval.high, 12.40161171697607, relative: 1e-11))
  }

  @Test func aSingleValueIsItsOwnInterval() throws {
    let interval = try #require(StudentInterval([3.25]))
    #expect(interval.low == 3.25 && interval.high == 3.25)
  }

  @Test func equalValuesHaveExactlyNoSpread() throws {
    let interval = try #require(StudentInterval(Array(repeating: 0.1, count: 1_000)))
    #expect(interval.mean == 0.1 && interval.halfWidth == 0)
  }

  @Test func noValuesHaveNoInterval() {
    #expect(StudentInterval([Double]()) == nil)
  }
}
