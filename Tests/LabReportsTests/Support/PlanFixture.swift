import LabStrategies
import LabUnits
import StrategyLab

@testable import LabReports

/// Plans made by hand: one of steps that gets another weight than it asks for, and one that never ends.
enum PlanFixture {
  static let report = PlanReport(scenarioName: "web", projections: [canary, standstill])

  private static func counts(ready: Int, starting: Int = 0, pending: Int = 0, terminating: Int = 0)
    -> ReplicaCounts
  {
    ReplicaCounts(
      desired: ready + starting + pending, pending: pending, starting: starting, ready: ready,
      available: ready, terminating: terminating)
  }

  private static func at(_ seconds: Double) -> Instant { .zero + Span(seconds: seconds) }

  static let canary: Projection = {
    let rows = [
      Projection.Row(
        number: 1, title: "setWeight 10", begin: .zero, end: at(31.5), wantedWeight: .percent(10),
        trueWeight: 1.0 / 3, stable: counts(ready: 2, terminating: 1), candidate: counts(ready: 1),
        peak: 4),
      Projection.Row(
        number: 2, title: "pause 10m; \u{1B}[31m: look # here", begin: at(31.5), end: at(631.5),
        trueWeight: 1.0 / 3, stable: counts(ready: 2), candidate: counts(ready: 1), peak: 4),
      Projection.Row(
        number: 3, title: "setWeight 100", begin: at(631.5), end: at(700),
        wantedWeight: .allCandidate, trueWeight: 1, stable: counts(ready: 0, terminating: 1),
        candidate: counts(ready: 3), peak: 4),
      Projection.Row(
        number: 0, title: "after the last step", begin: at(700), end: at(702), trueWeight: 1,
        stable: counts(ready: 0), candidate: counts(ready: 3), peak: 4),
    ]
    return Projection(
      strategyName: "canary", kind: "canary", replicas: 3, isStepwise: true, rows: rows,
      everyRow: rows,
      summary: Projection.Summary(
        outcome: .promoted, earliestFinish: .seconds(601), typicalFinish: .seconds(700),
        atRest: .seconds(702), trafficComplete: .seconds(690), mixedVersion: .seconds(659),
        downtime: .zero, peakReplicas: 4, peakOnNodes: 4, peakCores: 2,
        peakMemoryBytes: 2_147_483_648, peakNodes: 1, quotaReplicas: 5,
        missedWeights: [.init(step: 1, wanted: 0.1, held: 1.0 / 3)],
        rollback: .init(ordered: at(690), traffic: .seconds(40), whole: .seconds(75))),
      warnings: [
        PlanWarning(
          .weightNotExpressible, .warning, "step 1 wants 10% and gets 33.3%",
          hint: "let a router split the traffic"),
        PlanWarning(.waitsForPerson, .note, "somebody looks after 10 min"),
      ])
  }()

  static let standstill: Projection = {
    let rows = [
      Projection.Row(
        title: "replaces the stable replicas", begin: .zero, end: nil, trueWeight: 0,
        stable: counts(ready: 2), candidate: counts(ready: 0, pending: 1), peak: 3)
    ]
    return Projection(
      strategyName: "stuck | <b>", kind: "rolling-update", replicas: 2, isStepwise: false,
      rows: rows, everyRow: rows,
      summary: Projection.Summary(
        outcome: .stalled, waitsFor: "1 candidate replica waits", earliestFinish: nil,
        typicalFinish: nil, atRest: nil, trafficComplete: nil, mixedVersion: .zero,
        downtime: .zero, peakReplicas: 3, peakOnNodes: 2, peakCores: 1,
        peakMemoryBytes: 1_073_741_824, peakNodes: 1, quotaReplicas: 2),
      warnings: [
        PlanWarning(
          .neverFinishes, .serious, "the release never finishes: it needs 3 places",
          hint: "3 places would do")
      ])
  }()
}
