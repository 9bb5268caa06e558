import StrategyLab
import Testing

@testable import LabReports

@Suite struct FindingTests {
  @Test func namesStallsMissesAndFalseAlarms() {
    var fixture = Fixture.realistic()
    fixture.comparison.strategies[1].defectiveOutcomes = [.promoted: 3, .rolledBack: 19]
    fixture.comparison.strategies[0].goodOutcomes = [.promoted: 26, .rolledBack: 2]
    fixture.comparison.recommendation.isSeparated = true
    #expect(
      Finding.all(fixture.record, fixture.comparison).map(\.observation) == [
        "blue-green stalled in 1 of 50 replications: waits for quota: 14 replicas pending.",
        "rolling-update promoted 3 of 22 defective releases: the defect was never detected in time.",
        "recreate rolled back 2 of 28 good releases: false alarms.",
        "Only 22 of 50 replications had a defect: intervals over defective releases are wide.",
      ])
  }

  @Test func strategiesWithTheSameTroubleShareAFinding() {
    var fixture = Fixture.realistic()
    fixture.comparison.strategies[1].defectiveOutcomes[.promoted] = 3
    fixture.comparison.strategies[3].defectiveOutcomes[.promoted] = 1
    #expect(
      Finding.all(fixture.record, fixture.comparison).map(\.observation).contains(
        "2 strategies promoted defective releases, the defect was never detected in time: "
          + "rolling-update (3 of 22), canary-5-25-50 (1 of 22)."))
  }

  @Test func adviceKnowsTheOptionsAlreadyGiven() {
    var fixture = Fixture.realistic()
    func advice() -> [String] {
      Finding.all(fixture.record, fixture.comparison).map(\.advice).filter { !$0.isEmpty }
    }
    #expect(advice().allSatisfy { $0.contains("--precision 5%") })
    fixture.record.header.precisionMillionths = 10_000
    #expect(advice().allSatisfy { !$0.contains("--precision") })
    #expect(
      Finding.all(fixture.record, fixture.comparison).last?.observation.hasPrefix(
        "The precision of 1% was not reached within 50 replications by rolling-update, ") == true)
  }

  @Test func enoughEvidenceNeedsNoWarning() {
    var fixture = Fixture.realistic(replications: 400)
    fixture.comparison.recommendation.isSeparated = true
    for index in fixture.comparison.strategies.indices {
      fixture.comparison.strategies[index].outcomes[.stalled] = 0
      fixture.comparison.strategies[index].defectiveOutcomes[.promoted] = 0
    }
    #expect(Finding.all(fixture.record, fixture.comparison).isEmpty)
  }

  @Test func breakEvenProbabilitySolvesTheEquation() throws {
    let fixture = Fixture.realistic()
    let breakEven = try #require(BreakEven(fixture.record, fixture.comparison))
    #expect(!breakEven.probabilities.isEmpty)
    let ordinal = Metric.totalCost.ordinal
    for probability in breakEven.probabilities {
      func cost(_ standing: Standing) throws -> Double {
        let good = try #require(standing.summary.good[ordinal]).mean
        let defective = try #require(standing.summary.defectiveReleases[ordinal]).mean
        return probability.value * defective + (1 - probability.value) * good
      }
      #expect(try (cost(breakEven.chosen) - cost(probability.rival)).magnitude < 1e-9)
    }
  }

  @Test func aloneThereIsNothingToChange() {
    let fixture = Fixture.one()
    #expect(BreakEven(fixture.record, fixture.comparison) == nil)
    let report = MarkdownReport.report(record: fixture.record, comparison: fixture.comparison)
    #expect(!report.contains("What would change the answer"))
  }
}
