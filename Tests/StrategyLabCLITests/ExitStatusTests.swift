import Testing

@testable import StrategyLabCLI

@Suite struct ExitStatusTests {
  @Test func statusesAreTheDocumentedNumbers() {
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 64, 130])
  }

  @Test func everyStatusHasItsOwnMeaning() {
    #expect(Set(ExitStatus.allCases.map(\.meaning)).count == ExitStatus.allCases.count)
  }

  @Test func theOverviewNamesEveryStatus() {
    let help = StrategyLabCommand.helpMessage(columns: 1000)
    for status in ExitStatus.allCases {
      #expect(help.contains("\(status.rawValue) \(status.meaning)"))
    }
  }
}
