/// All that is known about whether the model is right: its levels against one another, its requests against theory.
///
/// A report is made from this value alone.
public struct ModelValidation: Sendable, Equatable {
  /// The version of the program that played.
  public var programVersion: String
  /// The scenarios, in the order in which they were given.
  public var scenarios: [LevelComparison]
  /// The reference systems; nil if they were not played.
  public var reference: ReferenceCheck?

  /// A validation from its parts.
  public init(programVersion: String, scenarios: [LevelComparison], reference: ReferenceCheck?) {
    self.programVersion = programVersion
    self.scenarios = scenarios
    self.reference = reference
  }

  /// Whether nothing differs.
  public var isPassed: Bool {
    scenarios.allSatisfy { $0.count(.differ) == 0 } && reference?.isPassed != false
  }
}
