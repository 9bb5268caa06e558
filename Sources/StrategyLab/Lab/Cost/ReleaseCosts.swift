/// What one release costs within the horizon, cause by cause, in US dollars.
public struct ReleaseCosts: Sendable, Hashable {
  /// All replicas or nodes.
  public var infrastructure = 0.0
  /// The same without a release.
  public var steadyInfrastructure = 0.0
  /// Requests that failed beyond those of stable alone.
  public var failedRequests = 0.0
  /// Users who met such a failure.
  public var harmedUsers = 0.0
  /// Minutes of an incident.
  public var incident = 0.0
  /// Writes to repair after a roll-back.
  public var repairs = 0.0
  /// People's time: attention to the release, and work on an incident.
  public var people = 0.0

  /// Nothing.
  public init() {}

  /// What failures cost, people's time left out.
  var failures: Double { failedRequests + harmedUsers + incident + repairs }
}
