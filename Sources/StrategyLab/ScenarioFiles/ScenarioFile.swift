import StrategyLab

/// A scenario file that was read.
public struct ScenarioFile: Sendable {
  /// The scenario it describes.
  public var scenario: Scenario
  /// The file, to the byte.
  public var text: String
  /// Every value that the scenario assumes, in the order of the reference.
  public var assumptions: [Assumption]
  /// SHA-256 of the text and of the trace it names, in hexadecimal.
  public var hash: String
}
