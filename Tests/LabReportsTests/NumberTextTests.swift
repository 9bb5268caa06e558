import Testing

@testable import LabReports

@Suite struct NumberTextTests {
  @Test(arguments: [
    (1.005, 2, "1.01"), (0.5, 0, "1"), (-0.5, 0, "-1"), (2.5, 0, "3"), (1234.5, 0, "1,235"),
    (1234.5, -2, "1,200"), (1250, -2, "1,300"), (49, -2, "0"), (50, -2, "100"), (0, 2, "0.00"),
    (-0.001, 2, "0.00"), (999.999, 2, "1,000.00"), (1e-7, 3, "0.000"), (1.5e-7, 8, "0.00000015"),
    (1e21, 0, "1,000,000,000,000,000,000,000"), (9.5, 0, "10"), (0.05, 1, "0.1"),
    (123_456_789.125, 2, "123,456,789.13"), (.infinity, 2, "–"), (.nan, 0, "–"),
  ])
  func roundsDecimalDigitsHalfAwayFromZero(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (2.5, "2.5"), (2.0, "2"), (0.126, "0.13"), (0, "0"), (-0.004, "0"), (1200, "1,200"),
  ])
  func trimsZeros(value: Double, text: String) {
    #expect(NumberText.trimmed(value) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1.0, "1"), (0.1, "0.1"), (1e-5, "1e-05"), (8_640_001, "8640001"),
    (1.0 / 3, "0.3333333333333333"), (1e16, "1e+16"),
  ])
  func exactTextMeansTheSameNumber(value: Double, text: String) {
    #expect(NumberText.exact(value) == text)
    #expect(Double(text) == value)
  }

  @Test func exactTextOfNoNumberIsNil() {
    #expect(NumberText.exact(.infinity) == nil)
    #expect(NumberText.exact(.nan) == nil)
  }

  @Test(arguments: [
    (123.456, 5.6, "123.5 ± 5.6"), (2345.0, 412.0, "2,350 ± 410"), (75.3, 15.2, "75 ± 15"),
    (95.0, 0.000_01, "95.00 ± <0.01"), (1.25, 0, "1.25 ± 0"), (2.0, 0, "2 ± 0"),
    (1008.87, 0, "1,009 ± 0"), (37.44, 0, "37.44 ± 0"),
    (0.001_234, 0.000_05, "0.00123 ± 0.00005"), (9.96, 0.996, "10.0 ± 1.0"),
  ])
  func meansAreNoFinerThanTheirHalfWidth(mean: Double, half: Double, text: String) {
    let digits = NumberText.decimals(mean: mean, halfWidth: half)
    let printed = NumberText.fixed(mean, decimals: digits)
    #expect("\(printed) ± \(NumberText.halfWidth(half, decimals: digits))" == text)
  }

  @Test(arguments: [
    (0, 50, "0"), (50, 50, "100"), (1, 50, "2"), (1, 500, "<1"), (499, 500, ">99"),
    (1, 1000, "0.1"), (1, 100_000, "<0.1"), (99_999, 100_000, ">99.9"), (0, 0, "–"),
    (250, 1000, "25.0"),
  ])
  func percentNeverDeniesWhatHappened(count: Int, total: Int, text: String) {
    #expect(NumberText.percent(count, of: total) == text)
  }

  @Test(arguments: [
    (0.0, "<1"), (0.005, "<1"), (0.37, "37"), (0.995, ">99"), (1.0, "100"),
  ])
  func probabilityClaimsNoCertainty(value: Double, text: String) {
    #expect(NumberText.probability(value) == text)
  }

  @Test(
    arguments: [
      (250_000_000, "250 ms"), (95_000_000_000, "95 s"), (600_000_000_000, "10 min"),
      (7_200_000_000_000, "2 h"), (5_400_000_000_000, "1 h 30 min"), (86_400_000_000_000, "24 h"),
      (180_000_000_000_000, "2 d 2 h"), (150_000_000_000, "2 min 30 s"),
    ] as [(Int64, String)])
  func spansUseTheTwoLargestUnits(nanoseconds: Int64, text: String) {
    #expect(SpanText.short(nanoseconds: nanoseconds) == text)
  }
}
