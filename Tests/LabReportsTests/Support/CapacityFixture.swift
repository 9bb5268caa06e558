import LabStrategies
import LabUnits

@testable import LabReports
@testable import StrategyLab

/// A plan made by hand: one strategy that waits for ever, one that is refused connections, one that fits.
enum CapacityFixture {
  static let report = CapacityReport(plan(limit: 6))
  /// The same with room for all, and with hostile names.
  static let roomy = CapacityReport(plan(limit: nil), probability: 0.5)

  private static func entries(_ limit: Double?) -> [LedgerEntry] {
    [
      LedgerEntry(
        name: "replicas", unit: .count, takers: .created, each: 1, others: 0, limit: limit,
        shortage: .waits),
      LedgerEntry(
        name: "cpu", unit: .cores, takers: .created, each: 0.25, others: 0, limit: nil,
        shortage: .waits),
      LedgerEntry(
        name: "memory", unit: .bytes, takers: .created, each: 805_306_368, others: 0, limit: nil,
        shortage: .waits),
      LedgerEntry(
        name: "nodes", unit: .count, takers: .nodes, each: 1, others: 0, limit: nil,
        shortage: .waits),
      LedgerEntry(
        name: "db | <main>", unit: .count, takers: .placed, each: 10, others: 5,
        limit: limit == nil ? nil : 60, shortage: .isRefused),
    ]
  }

  private static func strategy(
    _ name: String, _ replicas: [Double], finish: Int?, limit: Double?
  ) -> CapacityPlan.StrategyNeeds {
    let standstill =
      finish == nil
      ? PlanWarning(
        .neverFinishes, .serious, "the release never finishes: 4 candidate replicas wait",
        hint: "8 places would do") : nil
    let takes: [(each: Double, others: Double)] = [
      (1, 0), (0.25, 0), (805_306_368, 0), (0.25, 0), (10, 5),
    ]
    let needs = takes.enumerated().map { index, take in
      let peaks = replicas.map { take.others + take.each * $0 }.sorted()
      let bound = limit == nil ? nil : index == 0 ? limit : index == 4 ? 60 : nil
      let isShort = bound.map { peaks[peaks.count - 1] > $0 } ?? false
      let count = peaks.count { $0 > bound ?? .infinity }
      return CapacityPlan.Need(
        steady: take.others + take.each * 4, peaks: peaks,
        peakSeconds: replicas.indices.map { 12 + Double($0) }, shortReleases: count,
        firstShortSeconds: Array(repeating: 1.5, count: count),
        meanShortSeconds: isShort ? (finish == nil ? 3600 : 75) : nil,
        leastToFinish: index == 4 ? nil : take.each * (replicas.min() ?? 4),
        leastWithin: index == 4 || finish ?? 3600 > 600 ? nil : take.each * 6)
    }
    let demands: (Double) -> [Double] = { number in takes.map { $0.others + $0.each * number } }
    return CapacityPlan.StrategyNeeds(
      name: name, finish: finish.map { .seconds($0) }, standstill: standstill, needs: needs,
      course: [
        CapacityPlan.CoursePoint(time: .zero, demands: demands(4)),
        CapacityPlan.CoursePoint(
          time: .zero + .seconds(12), demands: demands(replicas.max() ?? 4)),
        CapacityPlan.CoursePoint(time: .zero + .seconds(finish ?? 900), demands: demands(4)),
      ])
  }

  private static func plan(limit: Double?) -> CapacityPlan {
    CapacityPlan(
      scenarioName: "web", seed: 7, replications: 4, horizon: .hours(1), within: .minutes(10),
      entries: entries(limit),
      strategies: [
        strategy("blue-green", [8, 8, 8, 8], finish: nil, limit: limit),
        strategy("rolling", [5, 5, 6, 7], finish: 95, limit: limit),
        strategy("re*create\u{1B}[31m", [4, 4, 4, 4], finish: 40, limit: limit),
      ])
  }
}
