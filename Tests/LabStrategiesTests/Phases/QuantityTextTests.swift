import LabUnits
import Testing

@testable import LabStrategies

@Suite struct QuantityTextTests {
  @Test(arguments: [
    (Span.zero, "0s"), (.seconds(59), "59s"), (.seconds(60), "1m"), (.seconds(90), "90s"),
    (.seconds(150), "2m30s"), (.hours(1), "1h"), (.seconds(3661), "1h1m1s"),
    (.milliseconds(250), "0.25s"), (.milliseconds(-1500), "-1.5s"),
    (Span(nanoseconds: 1), "0.000000001s"),
  ])
  func spansKeepTheirDigits(span: Span, text: String) {
    #expect(span.plainText == text)
  }

  @Test(arguments: [
    (Share.percent(25), "25%"), (Share(millionths: 5000), "0.5%"),
    (Share(millionths: 1), "0.0001%"),
    (.percent(150), "150%"),
  ])
  func sharesKeepTheirDigits(share: Share, text: String) {
    #expect(share.plainText == text)
  }

  @Test func ratesLoseANeedlessFraction() {
    #expect(rateText(1) == "1")
    #expect(rateText(0.5) == "0.5")
  }
}
