import StrategyLab

/// A scenario file that was read.
public struct ScenarioFile: Sendable {
  /// The scenario it describes.
  public var scenario: Scenario
  /// The file, to the byte.
  public var text: String
  /// The trace that the traffic names, to the byte; nil if it names none.
  public var traceText: String?
  /// Where the trace was read from; nil if it was read from no file.
  public var tracePath: String?
  /// Every value that the scenario assumes, in the order of the reference.
  public var assumptions: [Assumption]
  /// SHA-256 of the text and of the trace it names, in hexadecimal.
  public var hash: String

  /// A scenario with the texts it was read from.
  ///
  /// The hash is that of the text alone, or of the text, a zero byte and the trace: no text holds a zero
  /// byte, so no two pairs have the same bytes.
  public init(
    scenario: Scenario, text: String, traceText: String? = nil, tracePath: String? = nil,
    assumptions: [Assumption]
  ) {
    self.scenario = scenario
    self.text = text
    self.traceText = traceText
    self.tracePath = tracePath
    self.assumptions = assumptions
    var hash = SHA256()
    hash.update(Array(text.utf8))
    if let traceText {
      hash.update([0])
      hash.update(Array(traceText.utf8))
    }
    self.hash = hash.finish()
  }
}
