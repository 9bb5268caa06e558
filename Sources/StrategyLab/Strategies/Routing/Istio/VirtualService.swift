/// Istio's VirtualService, as far as it decides where HTTP requests go.
///
/// Source: Istio, networking/v1alpha3/virtual_service.proto.
public struct VirtualService: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// Its namespace; short names of hosts are names in it.
  public var namespace: String
  /// The hosts whose requests it routes; a delegate has none.
  public var hosts: [String]
  /// The gateways that use it; empty for the sidecars of the mesh alone.
  public var gateways: [String]
  /// The rules for HTTP, in their order.
  public var http: [HTTPRule]

  /// A VirtualService.
  public init(
    name: String = "", namespace: String = "default", hosts: [String] = [], gateways: [String] = [],
    http: [HTTPRule]
  ) {
    self.name = name
    self.namespace = namespace
    self.hosts = hosts
    self.gateways = gateways
    self.http = http
  }

  /// Whether one of the hosts is meant by a name that a client asks for.
  public func serves(_ authority: String) -> Bool {
    hosts.contains { HostName.covers($0, authority) || HostName.isShort($0, of: authority) }
  }
}

/// A rule of a VirtualService: which requests, and what becomes of them.
public struct HTTPRule: Sendable, Hashable {
  /// What becomes of a request.
  public enum Action: Sendable, Hashable {
    /// It goes to one of the destinations.
    case route([WeightedDestination])
    /// The client is sent elsewhere.
    case redirect(status: Int, location: String)
    /// The proxy answers.
    case respond(status: Int)
    /// Another VirtualService decides.
    case delegate(String)
  }

  /// A copy of the requests.
  public struct Mirror: Sendable, Hashable {
    /// Who gets it.
    public var destination: RouteDestination
    /// The share of the requests that are copied, 0 to 1.
    public var share: Double

    /// A copy.
    public init(_ destination: RouteDestination, share: Double) {
      self.destination = destination
      self.share = share
    }
  }

  /// Its name; empty if it has none.
  public var name: String
  /// Which requests, any one of these; empty for all.
  public var matches: [HTTPMatch]
  /// What becomes of them.
  public var action: Action
  /// Who gets copies.
  public var mirrors: [Mirror] = []
  /// The requests that are aborted.
  public var abort: FaultAbort?
  /// The requests that are held up.
  public var delay: FaultDelay?

  /// A rule.
  public init(name: String = "", matches: [HTTPMatch] = [], action: Action) {
    self.name = name
    self.matches = matches
    self.action = action
  }

  /// The share of the requests that a mirror copies.
  ///
  /// Nothing written is everything. The old whole number loses against the new percentage, whose fractions
  /// count to the millionth.
  ///
  /// - Parameters:
  ///   - percentage: `mirrorPercentage.value`, or the `percentage.value` of an item of `mirrors`.
  ///   - percent: `mirrorPercent`.
  /// - Returns: the share, 0 to 1.
  ///
  /// Source: Istio, pilot/pkg/networking/core/route/route.go, `MirrorPercent` and `MirrorPercentByPolicy`.
  public static func mirrorShare(percentage: Double?, percent: Double?) -> Double {
    if let percentage { return (percentage * 10_000).rounded(.towardZero) / 1e6 }
    return (percent ?? 100) / 100
  }
}
