import Testing

/// The controllers' own cases, from the folder that STRATEGYLAB_CASES names; without it there is nothing to play.
struct ConformanceTests {
  @Test(.enabled(if: ConformanceFolder.path != nil), arguments: ConformanceFolder.files)
  func passesEveryCaseThatApplies(_ file: String) throws {
    let cases = try ConformanceFolder.cases(in: file)
    let report = ConformanceReport(
      file: file, cases: cases, rules: ConformanceRules.rules(for: file))
    print(report.text)
    for failure in report.failures { Issue.record("\(failure)") }
    #expect(report.passed > 0 || cases.isEmpty, "\(file): no case was played")
  }
}
