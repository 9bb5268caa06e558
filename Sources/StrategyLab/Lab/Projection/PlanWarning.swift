/// Where a plan cannot do what it says, or does what nobody may expect.
public struct PlanWarning: Sendable, Hashable {
  /// What kind of warning it is; the names are stable.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// The release waits for something that never comes.
    case neverFinishes = "never-finishes"
    /// The release undoes itself although nothing is wrong with it.
    case rollsBack = "rolls-back"
    /// The scenario's horizon ends before the release does.
    case horizonTooShort = "horizon-too-short"
    /// No number of replicas stands for a weight that a step asks for.
    case weightNotExpressible = "weight-not-expressible"
    /// A step ends before its weight is reached.
    case weightNotReached = "weight-not-reached"
    /// An analysis measures less often than the step lasts that it shall judge.
    case analysisSlowerThanStep = "analysis-slower-than-step"
    /// The strategy itself finds that its parameters will surprise.
    case parameters = "parameters"
    /// For a while nobody answers.
    case nobodyAnswers = "nobody-answers"
    /// A step waits for a person.
    case waitsForPerson = "waits-for-person"
    /// Replicas wait for a place on a node or in the quota on the way.
    case waitsForPlaces = "waits-for-places"
  }

  /// How bad it is.
  public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// The release does not get to its end.
    case serious
    /// The release gets to its end by another way than it says.
    case warning
    /// Good to know.
    case note
  }

  /// What kind of warning it is.
  public var code: Code
  /// How bad it is.
  public var severity: Severity
  /// What was found, as a whole sentence without its full stop: lower-case start.
  public var sentence: String
  /// What to do about it; empty if there is nothing to do.
  public var hint: String

  /// A warning.
  public init(_ code: Code, _ severity: Severity, _ sentence: String, hint: String = "") {
    self.code = code
    self.severity = severity
    self.sentence = sentence
    self.hint = hint
  }
}
