import Testing

@testable import StrategyLabCLI

@Suite struct ProgressBarTests {
  @Test func halfWay() {
    let bar = ProgressBar(runsDone: 500, runsPlanned: 1000, elapsedSeconds: 2, halfWidth: 1.25)
    #expect(
      bar.line(width: 100)
        == "[==========          ]  50%  500 of 1000 runs  250 runs/s  0:02 left  cost within $1.25"
    )
  }

  @Test func nothingIsKnownAtTheStart() {
    let bar = ProgressBar(runsDone: 0, runsPlanned: 10, elapsedSeconds: 0)
    #expect(bar.line(width: 100) == "[                    ]   0%  0 of 10 runs")
    #expect(bar.secondsLeft == nil)
  }

  @Test func theEndIsFull() {
    let bar = ProgressBar(runsDone: 10, runsPlanned: 10, elapsedSeconds: 1)
    #expect(bar.line(width: 100).hasPrefix("[====================] 100%"))
    #expect(bar.secondsLeft == 0)
  }

  @Test func resumedRunsDoNotCountAsSpeed() {
    let bar = ProgressBar(runsBefore: 900, runsDone: 910, runsPlanned: 1000, elapsedSeconds: 10)
    #expect(bar.runsPerSecond == 1)
    #expect(bar.secondsLeft == 90)
  }

  @Test func anEmptyPlanDoesNotDivide() {
    #expect(
      ProgressBar(runsDone: 0, runsPlanned: 0, elapsedSeconds: 0).line(width: 80)
        == "[                    ]   0%  0 of 0 runs")
  }

  @Test(arguments: 0...120)
  func theLineNeverExceedsTheWidth(_ width: Int) {
    let bar = ProgressBar(
      runsDone: 123_456, runsPlanned: 9_999_999, elapsedSeconds: 77, halfWidth: 12_345.6)
    #expect(bar.line(width: width).count <= width)
  }

  @Test(arguments: [
    (0.0, "0:00"), (0.2, "0:01"), (59, "0:59"), (60, "1:00"), (3599.5, "1:00:00"),
    (3661, "1:01:01"), (-5, "0:00"), (Double.infinity, "999:59:59"),
  ])
  func clocks(_ seconds: Double, _ text: String) {
    #expect(ProgressBar.clock(seconds) == text)
  }

  @Test(arguments: [
    (0.0, "0.00"), (0.005, "0.01"), (1.25, "1.25"), (9.994, "9.99"), (9.996, "10.0"),
    (99.94, "99.9"), (99.96, "100"), (12_345.6, "12346"), (Double.infinity, "?"),
  ])
  func threeFigures(_ number: Double, _ text: String) {
    #expect(ProgressBar.significant(number) == text)
  }
}
