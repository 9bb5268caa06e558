import LabUnits
import Testing

@testable import StrategyLab

struct ComparisonRecommendationTests {
  /// Canary, blue-green and recreate in 1,000 worlds, a fifth of them defective, with costs that spread evenly.
  static func record(
    stalling: Double = 0, costOfStalling: Double = 1, replications: Int = 1_000
  ) -> ExperimentRecord {
    var runs: [RunResult] = []
    for replication in 0..<replications {
      let spread = Double(replication % 5) / 10
      let defect = replication % 5 == 2 ? "errors" : nil
      runs.append(
        ComparisonFixture.run(
          0, replication, infrastructure: 2 + spread, failures: defect == nil ? 0 : 40, people: 2,
          defect: defect))
      runs.append(
        ComparisonFixture.run(
          1, replication, infrastructure: 4 - spread, failures: defect == nil ? 0 : 70.5, people: 2,
          defect: defect))
      let stalls = Double(replication) < stalling * Double(replications)
      runs.append(
        ComparisonFixture.run(
          2, replication, failures: stalling > 0 ? costOfStalling : 100, defect: defect,
          outcome: stalls ? .stalled : .promoted))
    }
    return ComparisonFixture.record(names: ["canary", "blue-green", "recreate"], runs: runs)
  }

  @Test func theLeastMeanCostIsRecommended() {
    let comparison = Comparison(record: Self.record())
    let recommendation = comparison.recommendation
    #expect(recommendation.strategyIndex == 0)
    #expect(recommendation.runnerUpIndex == 1)
    #expect(recommendation.isSeparated)
    #expect(recommendation.probabilityBest == 1)
    #expect(comparison.strategies.map(\.probabilityBest) == [1, 0, 0])
    #expect(
      recommendation.sentences == [
        "Choose canary: a release costs $12.20 in expectation, $7.70 (39%) less than blue-green, "
          + "mainly because defective releases cost $30.50 less in failures.",
        "blue-green is the runner-up; canary has the least expected cost with probability above 99% "
          + "(95% interval of the difference $6.83 to $8.57, 1,000 replications).",
      ])
  }

  @Test func aStrategyThatMostlyStallsIsNotRecommended() {
    let recommendation = Comparison(record: Self.record(stalling: 0.62, replications: 50))
      .recommendation
    #expect(recommendation.strategyIndex == 0)
    #expect(recommendation.runnerUpIndex == 1)
    #expect(recommendation.probabilityBest == 1)
    #expect(
      recommendation.sentences[0]
        == "Choose canary: a release costs $12.20 in expectation; recreate costs $11.20 less "
        + "but promotes only 38% of the good releases.")
  }

  @Test func halfOfTheReplicationsMayStall() {
    let recommendation = Comparison(record: Self.record(stalling: 0.5, replications: 50))
      .recommendation
    #expect(recommendation.strategyIndex == 2)
  }

  @Test func whereAllStallTheLeastCostIsNamedWithIt() {
    let runs = (0..<10).flatMap { replication in
      [
        ComparisonFixture.run(0, replication, people: 3, outcome: .stalled),
        ComparisonFixture.run(1, replication, people: 5, outcome: .stalled),
      ]
    }
    let recommendation = Comparison(
      record: ComparisonFixture.record(names: ["canary", "rolling"], runs: runs)
    ).recommendation
    #expect(
      recommendation.sentences == [
        "Choose canary: a release costs $3.00 in expectation, $2.00 (40%) less than rolling, "
          + "mainly because people's time costs $2.00 less, but promotes only 0% of the good releases.",
        "rolling is the runner-up; canary has the least expected cost with probability above 99% "
          + "(95% interval of the difference $2.00 to $2.00, 10 replications).",
      ])
  }

  @Test func evidenceThatDoesNotSeparateSaysSo() {
    let differences: [Double] = [3, -2, 4, -3, 1, 2, -1, 0]
    let runs = differences.enumerated().flatMap { replication, difference in
      [
        ComparisonFixture.run(0, replication, infrastructure: 10),
        ComparisonFixture.run(1, replication, infrastructure: 10 + difference),
      ]
    }
    let comparison = Comparison(
      record: ComparisonFixture.record(names: ["canary", "rolling"], runs: runs))
    let recommendation = comparison.recommendation
    #expect(!recommendation.isSeparated)
    #expect(agree(recommendation.probabilityBest, 0.73, relative: 0.05))
    let percent = PrintedFigure.probability(recommendation.probabilityBest)
    #expect(
      recommendation.sentences == [
        "Choose canary: a release costs $10.00 in expectation, $0.50 (4.8%) less than rolling, "
          + "mainly because its extra infrastructure costs $0.50 less.",
        "The evidence does not separate canary from rolling, the runner-up; canary has the least "
          + "expected cost with probability \(percent) (95% interval of the difference -$1.55 to $2.55, "
          + "8 replications).",
      ])
  }

  @Test func failuresOfGoodReleasesAreNotCalledDefective() {
    let runs = (0..<10).flatMap { replication in
      [
        ComparisonFixture.run(0, replication, failures: 1),
        ComparisonFixture.run(
          1, replication, failures: 5, defect: replication == 0 ? "errors" : nil),
      ]
    }
    let sentences = Comparison(
      record: ComparisonFixture.record(names: ["canary", "recreate"], runs: runs)
    ).recommendation.sentences
    #expect(sentences[0].hasSuffix("mainly because failures cost $4.00 less."))
  }

  @Test func equalStrategiesShareTheProbability() {
    let runs = (0..<20).flatMap { replication in
      [0, 1].map { ComparisonFixture.run($0, replication, people: Double(replication)) }
    }
    let comparison = Comparison(
      record: ComparisonFixture.record(names: ["canary", "linear"], runs: runs))
    #expect(comparison.strategies.map(\.probabilityBest) == [0.5, 0.5])
    #expect(comparison.recommendation.strategyIndex == 0)
    #expect(!comparison.recommendation.isSeparated)
    #expect(
      comparison.recommendation.sentences[0]
        == "Choose canary: a release costs $9.50 in expectation, as much as linear.")
  }

  @Test func aMissingCostExcludesAStrategy() {
    var record = Self.record(replications: 20)
    record.runs[0].metrics[.totalCost] = nil
    let comparison = Comparison(record: record)
    #expect(comparison.recommendation.strategyIndex == 1)
    #expect(comparison.strategies.map(\.probabilityBest) == [0, 1, 0])
  }

  @Test func aSingleStrategyHasNoRunnerUp() {
    let runs = (0..<4).map { ComparisonFixture.run(0, $0, people: 5 + Double($0 % 2)) }
    let recommendation = Comparison(
      record: ComparisonFixture.record(names: ["rolling"], runs: runs)
    ).recommendation
    #expect(recommendation.runnerUpIndex == nil)
    #expect(
      recommendation.sentences == [
        "Choose rolling: a release costs $5.50 in expectation.",
        "No other strategy has costs to compare it with "
          + "(95% interval of the cost $4.58 to $6.42, 4 replications).",
      ])
  }

  @Test func oneReplicationSeparatesNothing() {
    let runs = [0, 1].map { ComparisonFixture.run($0, 0, people: 5 + Double($0)) }
    let recommendation = Comparison(
      record: ComparisonFixture.record(names: ["rolling", "recreate"], runs: runs)
    ).recommendation
    #expect(!recommendation.isSeparated)
    #expect(
      recommendation.sentences[1]
        == "The evidence does not separate rolling from recreate, the runner-up; rolling has the "
        + "least expected cost with probability above 99% (1 replication).")
  }

  @Test func withoutCostsTheBaselineStays() {
    let record = ComparisonFixture.record(names: ["rolling", "canary"], runs: [], baseline: 1)
    let recommendation = Comparison(record: record).recommendation
    #expect(recommendation.strategyIndex == 1)
    #expect(
      recommendation.sentences == [
        "Stay with canary: no strategy has a total cost in every replication.",
        "Nothing can be said about which strategy costs least (0 replications).",
      ])
  }
}
