import LabUnits

/// Which version answers a request, and which version gets a copy of it.
public struct TrafficRoute: Sendable, Hashable {
  /// How the version that answers is chosen.
  public enum Rule: Sendable, Hashable {
    /// Every endpoint of both versions gets the same share, as behind one Kubernetes Service.
    case replicaShare
    /// A router sends each request, or each session or user if those stick, to the candidate with this weight.
    case weighted(TrafficWeight)
    /// A header or cookie marks this share of the users; all their requests go to the candidate.
    ///
    /// Of all other requests a router sends the candidate the second share.
    case cohort(TrafficWeight, others: TrafficWeight = .allStable)
  }

  /// How the version that answers is chosen.
  public var rule: Rule
  /// The share of stable's requests that the candidate gets a copy of; the copy's answer is thrown away.
  public var mirrored: Share

  /// A route.
  public init(_ rule: Rule, mirrored: Share = .none) {
    self.rule = rule
    self.mirrored = mirrored
  }

  /// All requests go to stable.
  public static let allStable = TrafficRoute(.weighted(.allStable))
  /// All requests go to the candidate.
  public static let allCandidate = TrafficRoute(.weighted(.allCandidate))
  /// Requests follow the endpoints.
  public static let byReplicaShare = TrafficRoute(.replicaShare)

  /// All requests go to the given version.
  public static func all(to version: ReleaseVersion) -> TrafficRoute {
    version == .stable ? .allStable : .allCandidate
  }
}
