import Foundation
import Testing

@testable import StrategyLabCLI

/// A report never takes the place of a file that is still needed.
@Suite struct OverwriteTests {
  private static let scenario = """
    service: {replicas: 2}
    traffic: 5/s
    strategies: [recreate]
    experiment: {replications: 2, horizon: 10m}

    """

  private func write(_ text: String, to path: String) throws {
    try AtomicFile.write(text, to: path)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func aStoreInThePlaceOfAReportFile() throws {
    try withTemporaryFolder { folder in
      try write(Self.scenario, to: "\(folder)/shop.yaml")
      let store = "\(folder)/out/shop/report.md"
      let outcome = try Program.run([
        "compare", "\(folder)/shop.yaml", "--store", store, "--output", "\(folder)/./out",
      ])
      #expect(outcome.status == 64)
      #expect(
        outcome.complaints
          == "strategylab: the report would overwrite '\(store)', which is still needed; give another --output\n"
      )
      #expect(!FileManager.default.fileExists(atPath: store))
    }
  }

  @Test(arguments: ["compare", "report", "resume"])
  func aStoreBehindALinkInThePlaceOfAReportFile(verb: String) throws {
    try withTemporaryFolder { folder in
      let (scenario, store) = ("\(folder)/shop.yaml", "\(folder)/lab.sqlite")
      try write(Self.scenario, to: scenario)
      #expect(try Program.run(["compare", scenario, "--store", store]).status == 0)
      try AtomicFile.makeFolder("\(folder)/out/shop")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/out/shop/runs.csv", withDestinationPath: "../../lab.sqlite")
      let outcome = try Program.run([
        verb, verb == "compare" ? scenario : "1", "--store", store, "--output", "\(folder)/out",
      ])
      #expect(outcome.status == 64)
      #expect(outcome.complaints.contains("the report would overwrite '\(store)'"))
      #expect(try Program.run(["runs", "show", "1", "--store", store]).status == 0)
    }
  }

  @Test func aScenarioInThePlaceOfItsReport() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/report/report.md"
      try write(Self.scenario, to: path)
      let outcome = try Program.run(["compare", path, "--output", folder])
      #expect(outcome.status == 64)
      #expect(try text(path) == Self.scenario)
    }
  }

  @Test func aTraceInThePlaceOfAReportFile() throws {
    try withTemporaryFolder { folder in
      let trace = "seconds,requests_per_second\n0,5\n700,5\n"
      try write(trace, to: "\(folder)/shop/runs.csv")
      let traffic = "{kind: trace, file: shop/runs.csv}"
      try write(
        Self.scenario.replacingOccurrences(of: "5/s", with: traffic), to: "\(folder)/shop.yaml")
      let outcome = try Program.run(["compare", "\(folder)/shop.yaml", "--output", folder])
      #expect(outcome.status == 64)
      #expect(try text("\(folder)/shop/runs.csv") == trace)
    }
  }

  @Test func aNameThatIsNoFolderShowsBeforeThePlay() throws {
    try withTemporaryFolder { folder in
      try write(Self.scenario, to: "\(folder)/...")
      let outcome = try Program.run(["compare", "\(folder)/...", "--output", "\(folder)/out"])
      #expect(outcome.status == 2)
      #expect(
        outcome.complaints
          == "strategylab: the scenario is called '..', which cannot be the name of a report folder; give its file another name\n"
      )
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
    }
  }

  @Test func pathsToOneFileAreOneFile() throws {
    try withTemporaryFolder { folder in
      try write("", to: "\(folder)/a/b")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/link", withDestinationPath: "a")
      #expect(FileIdentity("\(folder)/a/b") == FileIdentity("\(folder)/./link/b"))
      #expect(FileIdentity("\(folder)/a/new") == FileIdentity("\(folder)/link/./new"))
      #expect(FileIdentity("\(folder)/x/y/z") == FileIdentity("\(folder)//x/./y/z"))
      #expect(FileIdentity("\(folder)/x/y/z") != FileIdentity("\(folder)/y/x/z"))
      #expect(FileIdentity("\(folder)/a/b") != FileIdentity("\(folder)/a"))
    }
  }
}
