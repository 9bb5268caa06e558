import LabUnits
import Testing

@testable import StrategyLab

struct ComparisonFigureTests {
  @Test(arguments: [
    (0.0, "$0.00"), (12.4, "$12.40"), (-3.2, "-$3.20"), (1_234.5, "$1,234.50"),
    (9_999.99, "$9,999.99"), (12_345.6, "$12,346"), (1_234_567.0, "$1,234,567"),
    (0.01, "$0.01"), (0.0042, "$0.0042"), (0.00999, "$0.010"), (0.995, "$1.00"), (-0.0, "$0.00"),
  ])
  func dollars(amount: Double, text: String) {
    #expect(PrintedFigure.dollars(amount) == text)
  }

  @Test(arguments: [
    (0.0, "0%"), (0.032, "3.2%"), (0.03, "3%"), (0.4, "40%"), (0.0995, "10%"), (0.00024, "0.024%"),
    (0.0099, "0.99%"), (1.5, "150%"), (-0.02, "-2%"), (0.00999, "1%"),
  ])
  func percentages(fraction: Double, text: String) {
    #expect(PrintedFigure.percent(fraction) == text)
  }

  @Test func sharesHaveAllTheirDigits() {
    #expect(PrintedFigure.percent(Share(millionths: 999_500)) == "99.95%")
    #expect(PrintedFigure.percent(Share.percent(1)) == "1%")
    #expect(PrintedFigure.percent(Share(millionths: 1)) == "0.0001%")
  }

  @Test func probabilitiesNeverClaimCertainty() {
    #expect(PrintedFigure.probability(1) == "above 99%")
    #expect(PrintedFigure.probability(0.99) == "99%")
    #expect(PrintedFigure.probability(0.614) == "61%")
    #expect(PrintedFigure.probability(0) == "below 1%")
  }

  @Test func countsFactorsAndSpans() {
    #expect(PrintedFigure.count(999) == "999")
    #expect(PrintedFigure.count(1_000) == "1,000")
    #expect(PrintedFigure.count(1_234_567) == "1,234,567")
    #expect(PrintedFigure.factor(14.4) == "14.4")
    #expect(PrintedFigure.factor(1_000) == "1000")
    #expect(PrintedFigure.factor(1.256) == "1.26")
    #expect(PrintedFigure.span(.hours(6)) == "6h")
    #expect(PrintedFigure.span(.seconds(90)) == "90s")
    #expect(PrintedFigure.span(Span(nanoseconds: 7)) == "7ns")
  }
}
