import LabUnits

/// A way to bring a new version to the users: named parameters and the controller that plays them.
///
/// A strategy is added by one file that conforms to this protocol and one line in ``StrategyRegistry``.
public protocol ReleaseStrategy: Sendable {
  /// The name in scenario files, reports and the reference: `blue-green`.
  static var kind: String { get }
  /// One sentence that defines the strategy.
  static var summary: String { get }
  /// The strategy's keys in a scenario file.
  static var parameters: [Parameter] { get }

  /// The strategy with the parameters that a scenario gives it.
  init(_ values: ParameterValues)

  /// What is wrong with the parameters for a fleet of so many replicas; empty if nothing is.
  func problems(replicas: Int) -> [StrategyProblem]

  /// A controller that will play the strategy from the start of the release.
  func makeController(replicas: Int) -> any ReleaseController

  /// The strategy's steps in words, one line each, for a fleet of so many replicas.
  func outline(replicas: Int) -> [String]

  /// The shortest time in which the strategy can finish, start-up of replicas not counted.
  var leastDuration: Span { get }

  /// Whether a router is needed that can split traffic other than by endpoints.
  var needsTrafficRouting: Bool { get }
}

/// A contradiction among a strategy's parameters.
public struct StrategyProblem: Sendable, Hashable {
  /// The key to point at, or the path below it: `maxSurge`, `steps[2].weight`.
  public let key: String
  /// What was found and what was expected, as the end of a sentence.
  public let message: String
  /// How to mend it; empty if the message says it all.
  public let hint: String

  /// A contradiction at a key.
  public init(key: String, message: String, hint: String = "") {
    self.key = key
    self.message = message
    self.hint = hint
  }
}
