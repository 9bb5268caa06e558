import LabUnits
import Testing

/// A text that is refused, with the sentence and the hint that say why.
struct Refused: Sendable, CustomTestStringConvertible {
  let text: String
  let reason: String
  let hint: String

  init(_ text: String, _ reason: String, _ hint: String) {
    self.text = text
    self.reason = reason
    self.hint = hint
  }

  var testDescription: String { text }

  func check(_ read: (String) throws(QuantityError) -> some Any) {
    do {
      let value = try read(text)
      Issue.record("'\(text)' was read as \(value)")
    } catch {
      #expect(error.reason == reason)
      #expect(error.hint == hint)
    }
  }
}

@Suite struct SpanTextTests {
  @Test(
    arguments: [
      ("90s", 90_000_000_000), ("1h30m", 5_400_000_000_000), ("250ms", 250_000_000),
      ("1.5h", 5_400_000_000_000), ("2d", 172_800_000_000_000), ("100us", 100_000), ("5ns", 5),
      ("0s", 0), ("0.1s", 100_000_000), ("0.228ms", 228_000), ("6.281s", 6_281_000_000),
      ("1d2h3m4s5ms6us7ns", 93_784_005_006_007), ("001s", 1_000_000_000),
      ("1.000000000s", 1_000_000_000), ("106751d", 9_223_286_400_000_000_000),
      ("9223372036854775807ns", Int64.max), ("0.000000001s", 1),
    ] as [(String, Int64)])
  func reads(_ text: String, _ nanoseconds: Int64) throws {
    #expect(try Span(text: text).nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    Refused("", "a length of time is missing", "write 90s, 1h30m or 250ms"),
    Refused("90", "90 has no unit", "write 90s, 90m or 90h"),
    Refused("1.5", "1.5 has no unit", "write 1.5s, 1.5m or 1.5h"),
    Refused("abc", "'abc' is not a length of time", "write 90s, 1h30m or 250ms"),
    Refused("s", "'s' is not a length of time", "write 90s, 1h30m or 250ms"),
    Refused(".5s", "'.5s' is not a length of time", "write 90s, 1h30m or 250ms"),
    Refused("5.s", "'5.s' is not a length of time", "write 90s, 1h30m or 250ms"),
    Refused("1:30", "'1:30' is not a length of time", "write 90s, 1h30m or 250ms"),
    Refused("1_000s", "'1_000s' is not a length of time", "write 90s, 1h30m or 250ms"),
    Refused("+5s", "'+5s' is not a length of time", "write 90s, 1h30m or 250ms"),
    Refused("1h30", "'1h30' is not a length of time", "write 90s, 1h30m or 250ms"),
    Refused("90s!", "'90s!' is not a length of time", "write 90s, 1h30m or 250ms"),
    Refused("nan", "'nan' is not a finite number", "write 90s, 1h30m or 250ms"),
    Refused(".inf", "'.inf' is not a finite number", "write 90s, 1h30m or 250ms"),
    Refused("infinity", "'infinity' is not a finite number", "write 90s, 1h30m or 250ms"),
    Refused("-5s", "'-5s' is negative", "write 5s, or 0 if there is none"),
    Refused("1e3s", "'1e3s' is written with an exponent", "write 90s, 1h30m or 250ms"),
    Refused("90 s", "'90 s' has a space in it", "write 90s"),
    Refused(
      "90sec", "'90sec' has the unknown unit 'sec'", "write one of the units d, h, m, s, ms, us, ns"
    ),
    Refused(
      "5µs", "'5µs' has the unknown unit 'µs'", "write one of the units d, h, m, s, ms, us, ns"),
    Refused("5M", "'5M' has the unknown unit 'M'", "write one of the units d, h, m, s, ms, us, ns"),
    Refused(
      "30m1h", "the units of '30m1h' do not go from long to short",
      "write each unit once, the longest first: 1h30m"),
    Refused(
      "1s1s", "the units of '1s1s' do not go from long to short",
      "write each unit once, the longest first: 1h30m"),
    Refused("0.5ns", "'0.5ns' is finer than a nanosecond", "write whole nanoseconds"),
    Refused(
      "0.00000000000000000000001s", "'0.00000000000000000000001s' is finer than a nanosecond",
      "write whole nanoseconds"),
    Refused("106752d", "'106752d' is too large", "write less than 292 years"),
    Refused(
      "99999999999999999999999s", "'99999999999999999999999s' is too large",
      "write less than 292 years"),
  ])
  func refuses(_ refused: Refused) {
    refused.check { text throws(QuantityError) in try Span(text: text) }
  }

  @Test(
    arguments: [
      ("0s", 0), ("90s", 90_000_000_000), ("60s", 60_000_000_000), ("2m", 120_000_000_000),
      ("1h30m", 5_400_000_000_000), ("720h", 2_592_000_000_000_000), ("250ms", 250_000_000),
      ("6.281s", 6_281_000_000), ("0.1s", 100_000_000), ("228us", 228_000), ("1ns", 1),
      ("2m0.5s", 120_500_000_000), ("1h0.000000001s", 3_600_000_000_001), ("-90s", -90_000_000_000),
    ] as [(String, Int64)])
  func writes(_ text: String, _ nanoseconds: Int64) {
    #expect(Span(nanoseconds: nanoseconds).text == (text == "0.1s" ? "100ms" : text))
  }

  @Test func everySpanComesBackFromItsText() throws {
    var generator = SplitMix(state: 42)
    for _ in 0..<5000 {
      let span = Span(nanoseconds: Int64(generator.next() >> (1 + generator.next() % 63)))
      #expect(try Span(text: span.text) == span, "\(span.nanoseconds)")
    }
    #expect(try Span(text: Span(nanoseconds: .max).text) == Span(nanoseconds: .max))
  }
}

@Suite struct ShareTextTests {
  @Test(
    arguments: [
      ("25%", 250_000), ("0.1%", 1000), ("0.0001%", 1), ("0%", 0), ("100%", 1_000_000),
      ("150%", 1_500_000), ("99.9999%", 999_999), ("33.3%", 333_000), ("0.10000000%", 1000),
    ] as [(String, Int64)])
  func reads(_ text: String, _ millionths: Int64) throws {
    #expect(try Share(text: text).millionths == millionths)
  }

  @Test(arguments: [
    Refused("25", "25 has no unit", "write 25%"),
    Refused("0.25", "0.25 has no unit", "write 0.25%"),
    Refused(
      "0.00001%", "'0.00001%' is finer than a millionth",
      "write at most four decimals, such as 0.0001%"),
    Refused("-5%", "'-5%' is negative", "write 5%, or 0 if there is none"),
    Refused("nan%", "'nan%' is not a percentage", "write 25% or 0.1%"),
    Refused("inf%", "'inf%' is not a finite number", "write 25% or 0.1%"),
    Refused("5 %", "'5 %' has a space in it", "write 5%"),
    Refused("5%%", "'5%%' has the unknown unit '%%'", "write a percentage, such as 25%"),
    Refused("5pct", "'5pct' has the unknown unit 'pct'", "write a percentage, such as 25%"),
    Refused("1000001%", "'1000001%' is too large", "write at most 1000000%"),
    Refused("%", "'%' is not a percentage", "write 25% or 0.1%"),
  ])
  func refuses(_ refused: Refused) {
    refused.check { text throws(QuantityError) in try Share(text: text) }
  }

  @Test func everyShareComesBackFromItsText() throws {
    var generator = SplitMix(state: 7)
    for _ in 0..<5000 {
      let share = Share(
        millionths: Int64(generator.next() % 10_000_000_000 >> (generator.next() % 33)))
      #expect(try Share(text: share.text) == share, "\(share.millionths)")
    }
  }

  @Test(
    arguments: [
      ("3", .count(3)), ("0", .count(0)), ("25%", .share(.percent(25))),
      ("12.5%", .share(Share(millionths: 125_000))),
    ] as [(String, ReplicaQuantity)])
  func readsReplicas(_ text: String, _ quantity: ReplicaQuantity) throws {
    #expect(try ReplicaQuantity(text: text) == quantity)
    #expect(quantity.text == text)
  }

  @Test(arguments: [
    Refused(
      "2.5", "'2.5' is not a whole number of replicas",
      "write a whole number, or a percentage such as 25%"),
    Refused("-1", "'-1' is negative", "write 1, or 0 if there is none"),
    Refused("3x", "'3x' has the unknown unit 'x'", "write 3 or 25%"),
    Refused("many", "'many' is not a number of replicas", "write 3 or 25%"),
    Refused("1000001", "'1000001' is too large", "write at most 1000000"),
  ])
  func refusesReplicas(_ refused: Refused) {
    refused.check { text throws(QuantityError) in try ReplicaQuantity(text: text) }
  }
}

/// The generator of Steele, Lea and Flood (2014): a fixed sequence for the property tests.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
