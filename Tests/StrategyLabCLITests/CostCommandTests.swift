import Foundation
import Testing

/// `strategylab cost`, run from outside.
@Suite struct CostCommandTests {
  private static let scenarios = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scenarios")

  private func path(_ name: String) -> String {
    Self.scenarios.appendingPathComponent("\(name).yaml").path
  }

  private func run(_ options: String...) throws -> Program.Outcome {
    try Program.run(
      ["cost", path("full-quota"), "--quiet", "--replications", "20"] + options)
  }

  private func object(_ options: String...) throws -> [String: Any] {
    let outcome = try Program.run(
      ["cost", path("full-quota"), "--quiet", "--replications", "20", "--format", "json"] + options)
    #expect(outcome.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  @Test(arguments: ["table", "markdown", "json", "csv"])
  func everyFormatIsAResult(_ format: String) throws {
    let outcome = try run("--format", format)
    #expect(outcome.status == 0)
    #expect(outcome.complaints.isEmpty)
    #expect(outcome.output.contains("rolling-in-place"))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func theBillIsThatOfTheComparison() throws {
    let bill = try object()
    let outcome = try Program.run([
      "compare", path("full-quota"), "--quiet", "--replications", "20", "--format", "json",
    ])
    let comparison = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    func totals(_ list: Any?, _ value: ([String: Any]) -> Double?) -> [String: Double] {
      var totals: [String: Double] = [:]
      for strategy in list as? [[String: Any]] ?? [] {
        guard let name = (strategy["strategy"] ?? strategy["name"]) as? String else { continue }
        totals[name] = value(strategy)
      }
      return totals
    }
    let billed = totals(bill["strategies"]) {
      ($0["total"] as? [String: Any])?["mean_usd"] as? Double
    }
    let compared = totals(comparison["strategies"]) {
      (($0["metrics"] as? [String: Any])?["total_cost_usd"] as? [String: Any])?["mean"] as? Double
    }
    #expect(billed.count == 5)
    for (name, total) in billed {
      let known = try #require(compared[name])
      #expect(abs(total - known) < 1e-9 * max(1, known), "\(name)")
    }
  }

  @Test func everyPriceHasItsSource() throws {
    let own = try #require(try object()["prices"] as? [[String: Any]])
    #expect(own.map { $0["key"] as? String }.first == "cluster.prices.core")
    for price in own {
      #expect(price["given"] as? Bool == true || (price["source"] as? String)?.isEmpty == false)
    }
    let book = try #require(try object("--prices", "aws-m5")["prices"] as? [[String: Any]])
    #expect(book[0]["value"] as? String == "$0.0312471/h")
    #expect((book[0]["source"] as? String)?.contains("2026-07-20") == true)
  }

  @Test func aYearHasAsManyReleasesAsAreSaid() throws {
    #expect(try object("--per", "year")["releases_per_year"] as? Int == 250)
    #expect(try object("--per", "year", "--releases", "12")["releases_per_year"] as? Int == 12)
    #expect(try run("--per", "year").output.contains("a year"))
  }

  @Test(arguments: [
    (["--prices", "aws-m9"], "aws-m5"), (["--releases", "0"], "--releases"),
    (["--per", "decade"], "decade"), (["--output", ""], "--output is empty"),
    (["--precision", "2%"], "--replications"),
  ])
  func whatHasNoMeaningIsRefused(_ options: [String], _ word: String) throws {
    let outcome = try Program.run(["cost", path("full-quota")] + options)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.complaints.contains(word))
  }
}
