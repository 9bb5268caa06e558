/// How Argo Rollouts edits the VirtualServices of a roll-out.
///
/// Source: Argo Rollouts, rollout/trafficrouting/istio/istio.go.
public struct ArgoVirtualService: Sendable, Hashable {
  /// Whom a roll-out routes between.
  public struct Sides: Sendable, Hashable {
    /// The service of the stable version.
    public var stableService: String
    /// The service of the candidate.
    public var canaryService: String
    /// The stable subset, if the versions are subsets of one host; else empty.
    public var stableSubset: String
    /// The candidate's subset; else empty.
    public var canarySubset: String
    /// Subsets that keep the weight that they have.
    public var additionalSubsets: [String]

    /// Two sides.
    public init(
      stableService: String = "", canaryService: String = "", stableSubset: String = "",
      canarySubset: String = "", additionalSubsets: [String] = []
    ) {
      self.stableService = stableService
      self.canaryService = canaryService
      self.stableSubset = stableSubset
      self.canarySubset = canarySubset
      self.additionalSubsets = additionalSubsets
    }

    /// The first side that none of the destinations is; nil if both are there.
    ///
    /// Source: `validateVirtualServiceRouteDestinations`.
    func missing(in destinations: [WeightedDestination]) -> String? {
      if !destinations.contains(where: { isStable($0.destination) }) {
        return stableSubset.isEmpty ? stableService : stableSubset
      }
      if !destinations.contains(where: { isCanary($0.destination) }) {
        return canarySubset.isEmpty ? canaryService : canarySubset
      }
      return nil
    }

    func isCanary(_ destination: RouteDestination) -> Bool {
      isSide(destination, service: canaryService, subset: canarySubset)
    }

    func isStable(_ destination: RouteDestination) -> Bool {
      isSide(destination, service: stableService, subset: stableSubset)
    }

    /// A subset counts before a host.
    private func isSide(_ destination: RouteDestination, service: String, subset: String) -> Bool {
      if !subset.isEmpty, !destination.subset.isEmpty { return destination.subset == subset }
      return !service.isEmpty && HostName.isShort(service, of: destination.host)
    }
  }

  /// Why routes cannot be edited.
  public enum Fault: Error, Sendable, Hashable {
    /// A listed route is not there.
    case noRoute(String)
    /// No route is listed, and it is not clear which one is meant.
    case ambiguousRoute(count: Int)
    /// A route that gets weights does not lead to one of the sides: its subset or service.
    case noDestination(String)
  }

  /// The rules of the VirtualService.
  public var http: [HTTPRule]
  /// The routes that get weights; empty if there is exactly one.
  public var routes: [String]
  /// The routes that Argo Rollouts adds and removes, in their order.
  public var managedRoutes: [String]
  /// Whom the roll-out routes between.
  public var sides: Sides

  /// A VirtualService in the hands of a roll-out.
  public init(
    http: [HTTPRule], routes: [String] = [], managedRoutes: [String] = [], sides: Sides
  ) {
    self.http = http
    self.routes = routes
    self.managedRoutes = managedRoutes
    self.sides = sides
  }

  /// The places of the routes that get weights.
  ///
  /// Source: `getHttpRouteIndexesToPatch`; several routes without a list are refused at validation.
  public static func indexes(of routes: [String], among names: [String]) throws(Fault) -> [Int] {
    if routes.isEmpty {
      if let unnamed = names.firstIndex(of: "") { return [unnamed] }
      if names.count == 1 { return [0] }
      throw .ambiguousRoute(count: names.count)
    }
    var indexes: [Int] = []
    for route in routes {
      guard let index = names.firstIndex(of: route) else { throw .noRoute(route) }
      indexes.append(index)
    }
    return indexes
  }

  /// Whether the switch of the subsets to a new pair of ReplicaSets waits.
  ///
  /// With services for both sides it never waits. Otherwise both ReplicaSets must have all their pods
  /// available; one of no pods counts as such, and so does the candidate's on an abort.
  ///
  /// Source: `shouldDelayDestinationRuleUpdate`.
  public static func delaysSubsets(
    stable: ReplicaAvailability?, canary: ReplicaAvailability?, hasServices: Bool,
    isAborted: Bool = false
  ) -> Bool {
    if hasServices { return false }
    let isCanaryWaiting = !isAborted && !(canary?.isFull ?? true)
    return isCanaryWaiting || !(stable?.isFull ?? true)
  }
}

/// How many pods a ReplicaSet asks for, and how many are available.
public struct ReplicaAvailability: Sendable, Hashable {
  /// What it asks for.
  public var wanted: Int
  /// What is available.
  public var available: Int

  /// Counts of pods.
  public init(wanted: Int, available: Int) {
    self.wanted = wanted
    self.available = available
  }

  var isFull: Bool { wanted == 0 || available >= wanted }
}
