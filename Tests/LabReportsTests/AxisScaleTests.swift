import Testing

@testable import LabReports

@Suite struct AxisScaleTests {
  @Test(arguments: [
    (0.0, 345.0, ["0", "100", "200", "300", "400"]),
    (0, 0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (-0.4, 0.9, ["-0.5", "0.0", "0.5", "1.0"]), (0, 1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
  ])
  func linearTicksAreRound(low: Double, high: Double, labels: [String]) {
    let scale = AxisScale.linear(from: low, to: high, start: 0, end: 100)
    #expect(scale.ticks.map(\.label) == labels)
    #expect(scale.position(scale.low) == 0)
    #expect(scale.position(scale.high) == 100)
  }

  @Test func logarithmicTicksCoverTheRange() {
    #expect(
      AxisScale.logarithmic(from: 3, to: 900, start: 0, end: 100).ticks.map(\.label)
        == ["2", "5", "10", "20", "50", "100", "200", "500", "1,000"])
    #expect(
      AxisScale.logarithmic(from: 0.5, to: 80_000, start: 0, end: 100).ticks.map(\.label)
        == ["1", "10", "100", "1,000", "10,000", "100,000"])
    #expect(AxisScale.logarithmic(from: 7, to: 7, start: 0, end: 100).ticks.count >= 2)
  }

  @Test(arguments: [(1.0, 0.0), (10, 1), (2, 0.301_03), (0.05, -1.301_03), (12_345, 4.091_491)])
  func logarithmIsExactEnoughForPixels(value: Double, logarithm: Double) {
    #expect((AxisScale.logarithm(value) - logarithm).magnitude < 1e-5)
  }

  @Test func positionsGrowWithTheValue() {
    let scale = AxisScale.logarithmic(from: 1, to: 1000, start: 0, end: 300)
    var last = -1.0
    for value in stride(from: 1.0, through: 1000, by: 0.7) {
      #expect(scale.position(value) >= last)
      last = scale.position(value)
    }
  }

  @Test(arguments: [
    (10.0, "s"), (180, "s"), (181, "min"), (10_800, "min"), (10_801, "h"), (400_000, "d"), (0, "s"),
  ])
  func timesTakeAHandyUnit(seconds: Double, unit: String) {
    let scale = TimeScale(seconds: seconds, start: 0, end: 100, tickCount: 8)
    #expect(scale.unit == unit)
    #expect((2...12).contains(scale.axis.ticks.count))
  }
}
