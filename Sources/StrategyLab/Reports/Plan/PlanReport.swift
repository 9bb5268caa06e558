import LabUnits
import StrategyLab

/// Plans of one scenario, as text: rows are built once, formats only draw them.
public struct PlanReport: Sendable {
  /// What the scenario is called.
  public let scenarioName: String
  /// The plans in the scenario's order.
  public let projections: [Projection]
  /// Whether every change is a row.
  public let showsEveryRow: Bool

  /// A report of plans.
  ///
  /// - Parameters:
  ///   - scenarioName: What the scenario is called.
  ///   - projections: The plans in the scenario's order.
  ///   - showsEveryRow: Whether every change is a row; otherwise a row is a step or a wave.
  public init(scenarioName: String, projections: [Projection], showsEveryRow: Bool = false) {
    self.scenarioName = scenarioName
    self.projections = projections
    self.showsEveryRow = showsEveryRow
  }

  /// What is said below the tables about how to read them.
  static let reading =
    "Start-ups, drains and nodes take their typical time; counts and the true weight are those at the end of a row."
}
