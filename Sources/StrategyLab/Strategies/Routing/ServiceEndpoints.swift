/// The endpoints of one Service by version: what a plain Service without a router shares requests by.
///
/// kube-proxy chooses one of the ready endpoints for each connection, all alike. Requests that share a
/// connection go to one endpoint.
///
/// Source: Kubernetes, "Virtual IPs and Service Proxies", proxy mode iptables.
public struct ServiceEndpoints: Sendable, Hashable {
  /// The ready endpoints of one version.
  public struct Version: Sendable, Hashable {
    /// The version's name.
    public var name: String
    /// How many of its endpoints are ready.
    public var ready: Int

    /// The endpoints of a version.
    public init(_ name: String, ready: Int) {
      self.name = name
      self.ready = ready
    }
  }

  /// The versions behind the Service.
  public var versions: [Version]

  /// Endpoints.
  public init(_ versions: [Version]) { self.versions = versions }

  /// What share of the requests each version gets: its endpoints over all; without any it is 503.
  public func outcome(service: String) -> RouteOutcome {
    let sum = versions.reduce(0.0) { $0 + Double(max(0, $1.ready)) }
    guard sum > 0 else {
      return RouteOutcome(
        .refused(status: 503, reason: "Service '\(service)' has no ready endpoint"))
    }
    let shares = versions.filter { $0.ready > 0 }.map {
      RouteShare(RouteDestination(host: $0.name), Double($0.ready) / sum)
    }
    var outcome = RouteOutcome(.forwarded(shares), rule: "the number of ready endpoints")
    outcome.stickiness = .connection
    return outcome
  }
}
