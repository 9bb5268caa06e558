import LabUnits

@testable import LabReports
@testable import StrategyLab

/// Bills made by hand: a dear strategy, a cheap one, and one that has no defective release.
enum CostFixture {
  static let release = CostReport(plan, basis: .release)
  static let year = CostReport(plan, basis: .year(releases: 50))

  private static let causes: [CostCause] = [
    .processor, .memory, .failedRequests, .harmedUsers, .people,
  ]

  private static func bill(
    _ name: String, _ good: [Double], _ defective: [Double], budget: Double?
  ) -> ReleaseBill {
    let releases = [good, good.map { $0 * 1.1 }, defective]
    let isDefective = [false, false, true]
    func amount(_ wanted: (CostCause) -> Bool) -> ReleaseBill.Amount {
      let values = releases.map { release in
        zip(causes, release).filter { wanted($0.0) }.map(\.1).reduce(0, +)
      }
      guard let amount = ReleaseBill.Amount(values, isDefective: isDefective) else {
        preconditionFailure("the fixture has releases")
      }
      return amount
    }
    return ReleaseBill(
      strategyName: name,
      lines: causes.map { cause in
        ReleaseBill.Line(cause: cause, amount: amount { $0 == cause })
      },
      invoice: amount(\.isInvoiced), estimate: amount { !$0.isInvoiced },
      total: amount { _ in true }, errorBudget: budget)
  }

  private static let plan = CostPlan(
    scenarioName: "web | shop", seed: 7, replications: 3, defective: 1, defectProbability: 0.25,
    horizonSeconds: 7200, steadyCost: 1.75,
    prices: [
      Assumption(
        path: "cluster.prices.core", value: "$0.0316/h", isGiven: false,
        source: "a list of <prices>"),
      Assumption(path: "costs.failedRequest", value: "$0.02", isGiven: true, source: ""),
    ],
    objectiveSeconds: 30 * 86_400,
    bills: [
      bill("recreate", [0, 0, 40, 60, 3], [0, 0, 4000, 9000, 80], budget: 0.4),
      bill("blue*green\u{1B}[31m", [0.13, 0.03, 0, 0, 2.5], [0.1, 0.02, 20, 90, 30], budget: nil),
      bill("rolling", [0.01, 0, 0, 0, 1], [-0.02, -0.01, 900, 1100, 60], budget: 0.01),
    ])
}
