import LabUnits
import Testing

@Suite struct ComputeResourcesTextTests {
  @Test(
    arguments: [
      ("500m", 500), ("2", 2000), ("0.5", 500), ("0.001", 1), ("0", 0), ("1m", 1),
      ("1000000", 1_000_000_000),
    ] as [(String, Int64)])
  func readsCores(_ text: String, _ milliCores: Int64) throws {
    #expect(try ComputeResources.milliCores(text: text) == milliCores)
  }

  @Test(arguments: [
    Refused(
      "0.0005", "'0.0005' is finer than a thousandth of a core",
      "write whole thousandths of a core, such as 250m"),
    Refused(
      "0.5m", "'0.5m' is finer than a thousandth of a core",
      "write whole thousandths of a core, such as 250m"),
    Refused(
      "2cores", "'2cores' has the unknown unit 'cores'",
      "write thousandths of a core (500m) or cores (0.5)"),
    Refused("1e3", "'1e3' is written with an exponent", "write 500m, 2 or 0.5"),
    Refused("half", "'half' is not an amount of processor", "write 500m, 2 or 0.5"),
    Refused("1000001", "'1000001' is too large", "write at most 1000000 cores"),
  ])
  func refusesCores(_ refused: Refused) {
    refused.check { text throws(QuantityError) in try ComputeResources.milliCores(text: text) }
  }

  @Test(
    arguments: [
      ("512Mi", 536_870_912), ("2Gi", 2_147_483_648), ("1G", 1_000_000_000),
      ("128974848", 128_974_848), ("0.5Gi", 536_870_912), ("1.5k", 1500),
      ("1Ti", 1_099_511_627_776),
      ("0", 0), ("16Ki", 16384), ("3M", 3_000_000), ("1T", 1_000_000_000_000),
    ] as [(String, Int64)])
  func readsMemory(_ text: String, _ bytes: Int64) throws {
    #expect(try ComputeResources.memoryBytes(text: text) == bytes)
  }

  @Test(arguments: [
    Refused("1e9", "'1e9' is written with an exponent", "write 512Mi, 2Gi or 1G"),
    Refused(
      "512MB", "'512MB' has the unknown unit 'MB'",
      "write one of the units Ki, Mi, Gi, Ti, k, M, G, T, or plain bytes"),
    Refused(
      "512mi", "'512mi' has the unknown unit 'mi'",
      "write one of the units Ki, Mi, Gi, Ti, k, M, G, T, or plain bytes"),
    Refused(
      "0.1Gi", "'0.1Gi' is not a whole number of bytes", "write a smaller unit, such as Mi or Ki"),
    Refused("-1Gi", "'-1Gi' is negative", "write 1Gi, or 0 if there is none"),
    Refused("512 Mi", "'512 Mi' has a space in it", "write 512Mi"),
    Refused("1025Ti", "'1025Ti' is too large", "write at most 1024Ti"),
    Refused("lots", "'lots' is not an amount of memory", "write 512Mi, 2Gi or 1G"),
  ])
  func refusesMemory(_ refused: Refused) {
    refused.check { text throws(QuantityError) in try ComputeResources.memoryBytes(text: text) }
  }

  @Test func writesResources() {
    #expect(ComputeResources.text(milliCores: 500) == "500m")
    #expect(ComputeResources.text(milliCores: 2000) == "2")
    #expect(ComputeResources.text(memoryBytes: 536_870_912) == "512Mi")
    #expect(ComputeResources.text(memoryBytes: 1_000_000_000) == "1000000000")
    #expect(ComputeResources.text(memoryBytes: 0) == "0")
  }
}

@Suite struct RateTextTests {
  @Test(
    arguments: [
      ("1200/s", 1200), ("90/min", 1.5), ("5400/h", 1.5), ("86400/d", 1), ("0/s", 0),
      ("0.5/s", 0.5),
    ] as [(String, Double)])
  func readsRates(_ text: String, _ perSecond: Double) throws {
    #expect(try RateText.perSecond(text: text) == perSecond)
  }

  @Test(arguments: [
    Refused("1200", "1200 has no unit", "write 1200/s, 1200/min or 1200/h"),
    Refused(
      "1200/m", "'1200/m' has the unknown unit '/m'", "write one of the units /s, /min, /h, /d"),
    Refused(
      "1200rps", "'1200rps' has the unknown unit 'rps'", "write one of the units /s, /min, /h, /d"),
    Refused("1e3/s", "'1e3/s' is written with an exponent", "write 1200/s, 90/min or 5000/h"),
    Refused("-5/s", "'-5/s' is negative", "write 5/s, or 0 if there is none"),
    Refused("nan/s", "'nan/s' is not a rate", "write 1200/s, 90/min or 5000/h"),
    Refused("inf/s", "'inf/s' is not a finite number", "write 1200/s, 90/min or 5000/h"),
    Refused("12/", "'12/' is not a rate", "write 1200/s, 90/min or 5000/h"),
    Refused("12/s/s", "'12/s/s' is not a rate", "write 1200/s, 90/min or 5000/h"),
    Refused("1200 /s", "'1200 /s' has a space in it", "write 1200/s"),
    Refused("fast", "'fast' is not a rate", "write 1200/s, 90/min or 5000/h"),
    Refused(
      "99999999999999/s", "'99999999999999/s' is too large", "write at most 1000000000000/s"),
  ])
  func refusesRates(_ refused: Refused) {
    refused.check { text throws(QuantityError) in try RateText.perSecond(text: text) }
  }

  @Test func aNumberOfFourHundredDigitsIsTooLarge() {
    let digits = String(repeating: "9", count: 400)
    Refused(digits + "/s", "'\(digits)/s' is too large", "write at most 1000000000000/s")
      .check { text throws(QuantityError) in try RateText.perSecond(text: text) }
  }

  @Test func readsMoney() throws {
    #expect(try RateText.dollars(text: "$0.25") == 0.25)
    #expect(try RateText.dollars(text: "$0") == 0)
    #expect(try RateText.dollarsPerHour(text: "$0.0316/h") == 0.0316)
  }

  @Test(arguments: [
    Refused("0.25", "0.25 has no unit", "write $0.25"),
    Refused("-$1", "'-$1' is negative", "write $1, or 0 if there is none"),
    Refused("$-1", "'$-1' is negative", "write $1, or 0 if there is none"),
    Refused("$1/h", "'$1/h' is not a sum of money", "write $0.25"),
    Refused("$0.25c", "'$0.25c' has the unknown unit 'c'", "write dollars, such as $0.25"),
    Refused("€5", "'€5' is not a sum of money", "write $0.25"),
    Refused("$inf", "'$inf' is not a finite number", "write $0.25"),
    Refused("$9999999999999", "'$9999999999999' is too large", "write at most $1000000000000"),
  ])
  func refusesDollars(_ refused: Refused) {
    refused.check { text throws(QuantityError) in try RateText.dollars(text: text) }
  }

  @Test(arguments: [
    Refused("$0.03", "$0.03 has no unit", "write $0.03/h"),
    Refused("0.03", "0.03 has no unit", "write $0.03/h"),
    Refused(
      "$0.03/min", "'$0.03/min' has the unknown unit '/min'",
      "write dollars per hour, such as $0.0316/h"),
    Refused("0.03/h", "'0.03/h' is not a price for an hour", "write $0.0316/h"),
    Refused(
      "$9999999999999/h", "'$9999999999999/h' is too large", "write at most $1000000000000/h"),
  ])
  func refusesPrices(_ refused: Refused) {
    refused.check { text throws(QuantityError) in try RateText.dollarsPerHour(text: text) }
  }
}
