import ArgumentParser
import LabUnits
import Testing

@testable import StrategyLabCLI

@Suite struct ArgumentTests {
  @Test func compareReadsEveryOption() throws {
    let line = [
      "compare", "a.yaml", "b.yaml", "--replications", "50", "--precision", "2.5%", "--seed", "7",
      "--threads", "3", "--strategy", "canary", "--strategy", "shadow", "--format", "json",
      "--output", "Reports", "--store", "lab.sqlite", "--quiet",
    ]
    let command = try #require(try StrategyLabCommand.parseAsRoot(line) as? CompareCommand)
    #expect(command.files == ["a.yaml", "b.yaml"])
    #expect(command.plan.replications == 50)
    #expect(command.plan.precision == Share(millionths: 25_000))
    #expect(command.plan.seed == 7)
    #expect(command.plan.strategies == ["canary", "shadow"])
    #expect(command.play.threadCount == 3)
    #expect(command.play.quiet)
    #expect(command.result.format == .json)
    #expect(command.result.output == "Reports")
    #expect(command.store == "lab.sqlite")
  }

  @Test func compareAsksForNothingButAFile() throws {
    let command = try #require(
      try StrategyLabCommand.parseAsRoot(["compare", "a.yaml"]) as? CompareCommand)
    #expect(command.plan.replications == nil)
    #expect(command.plan.strategies.isEmpty)
    #expect(command.play.threadCount >= 1)
    #expect(command.result.format == .table)
    #expect(command.result.output == nil)
    #expect(command.store == nil)
  }

  @Test func validateModelReadsEveryOption() throws {
    let line = [
      "validate-model", "a.yaml", "b.yaml", "--requests", "2G", "--replications", "30", "--seed",
      "7", "--threads", "3", "--strategy", "canary", "--no-reference", "--format", "csv",
      "--output", "Reports", "--quiet",
    ]
    let command = try #require(try StrategyLabCommand.parseAsRoot(line) as? ValidateModelCommand)
    #expect(command.files == ["a.yaml", "b.yaml"])
    #expect(command.effort.requests == 2e9)
    #expect(command.effort.replications == 30)
    #expect(command.effort.seed == 7)
    #expect(command.effort.strategies == ["canary"])
    #expect(!command.effort.reference)
    #expect(command.play.threadCount == 3)
    #expect(command.format == .csv)
    #expect(command.output == "Reports")
  }

  @Test func validateModelAsksForNothing() throws {
    let command = try #require(
      try StrategyLabCommand.parseAsRoot(["validate-model"]) as? ValidateModelCommand)
    #expect(command.files.isEmpty)
    #expect(command.effort.reference)
    #expect(command.effort.requests == RequestBudget.standard)
  }

  @Test(arguments: [("250000", 250_000.0), ("400k", 4e5), ("500M", 5e8), ("2G", 2e9)])
  func requestsAreCountedInThousandsMillionsAndBillions(_ text: String, _ count: Double) throws {
    #expect(try RequestBudget.requests(text) == count)
  }

  @Test(arguments: ["", "M", "0", "-5M", "1.5M", "5m", "1e6", "５M"])
  func otherNumbersOfRequestsAreRefused(_ text: String) {
    #expect(throws: ValidationError.self) { try RequestBudget.requests(text) }
  }

  @Test func theStoreHasAStandardName() throws {
    let command = try #require(
      try StrategyLabCommand.parseAsRoot(["resume", "3"]) as? ResumeCommand)
    #expect(command.id == 3)
    #expect(command.store.store == "strategylab.sqlite")
  }

  @Test func runsWithoutVerbLists() throws {
    #expect(try StrategyLabCommand.parseAsRoot(["runs"]) is RunsCommand.List)
  }

  @Test func whatWasTypedCannotSteerTheTerminal() {
    let text = UsageMessage.text(
      "Error: The value '\u{1B}[31m' is invalid for '<id>'\nUsage: ...",
      arguments: ["report", "\u{1B}[31m"])
    #expect(
      text == "strategylab: The value '\u{FFFD}[31m' is invalid for '<id>'\nUsage: ...")
  }

  @Test(arguments: [
    ["compare"],
    ["compare", "a.yaml", "--replications", "0"],
    ["compare", "a.yaml", "--replications", "1000001"],
    ["compare", "a.yaml", "--seed=-1"],
    ["compare", "a.yaml", "--threads", "0"],
    ["compare", "a.yaml", "--precision", "2"],
    ["compare", "a.yaml", "--format", "xml"],
    ["simulate", "a.yaml", "--replication=-1"],
    ["explain", "service", "--markdown"],
    ["compare", "a.yaml", "--output", ""],
    ["report", "1"],
    ["report", "1", "--output", ""],
    ["resume", "first"],
    ["validate-model", "--no-reference"],
    ["validate-model", "--replications", "5"],
    ["validate-model", "a.yaml", "--replications", "2"],
    ["validate-model", "a.yaml", "--requests", "5X"],
    ["validate-model", "a.yaml", "--requests", "0"],
    ["validate-model", "a.yaml", "--output", ""],
    ["fly"],
  ])
  func wrongLinesAreUsageErrors(_ line: [String]) {
    let error = #expect(throws: (any Error).self) { try StrategyLabCommand.parseAsRoot(line) }
    if let error {
      #expect(StrategyLabCommand.exitCode(for: error) == .validationFailure)
    }
  }
}

@Suite struct PercentageTests {
  @Test(arguments: [
    ("2%", 20_000), ("2.5%", 25_000), ("0.0001%", 1), ("100%", 1_000_000), ("0.05%", 500),
  ])
  func percentagesAreExact(_ text: String, _ millionths: Int64) throws {
    let share = try Percentage.share(text)
    #expect(share.millionths == millionths)
    #expect(Percentage.text(share) == text)
  }

  @Test(arguments: ["", "%", "2", "0%", "100.0001%", "-1%", "2,5%", "1e1%", ".5%", "2.%", "２%"])
  func anythingElseIsRefused(_ text: String) {
    #expect(throws: ValidationError.self) { try Percentage.share(text) }
  }
}
