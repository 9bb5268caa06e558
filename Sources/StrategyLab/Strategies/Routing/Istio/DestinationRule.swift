/// Istio's DestinationRule, as far as it decides which endpoint of a destination serves a request.
///
/// Source: Istio, networking/v1alpha3/destination_rule.proto.
public struct DestinationRule: Sendable, Hashable {
  /// How endpoints are chosen, for all ports and for some.
  public struct Policy: Sendable, Hashable {
    /// What is hashed; nil if endpoints are drawn.
    public var hash: HashKey?
    /// The same for single ports.
    public var ports: [PortPolicy] = []

    /// A policy that draws.
    public init(hash: HashKey? = nil, ports: [PortPolicy] = []) {
      self.hash = hash
      self.ports = ports
    }

    /// What is hashed for a port by the settings of that port alone.
    func portHash(_ port: Int?) -> HashKey? {
      port.flatMap { number in ports.first { $0.port == number }?.hash }
    }
  }

  /// How endpoints are chosen for one port of the service.
  public struct PortPolicy: Sendable, Hashable {
    /// The service's port.
    public var port: Int
    /// What is hashed; nil if endpoints are drawn.
    public var hash: HashKey?

    /// A policy of a port.
    public init(port: Int, hash: HashKey?) {
      self.port = port
      self.hash = hash
    }
  }

  /// Some of the endpoints, by their pods' labels.
  public struct Subset: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// The labels of its pods, beside those of the service's selector.
    public var labels: [String: String]
    /// How endpoints are chosen in it.
    public var policy: Policy

    /// A subset.
    public init(name: String, labels: [String: String] = [:], policy: Policy = Policy()) {
      self.name = name
      self.labels = labels
      self.policy = policy
    }
  }

  /// Its name.
  public var name: String
  /// Its namespace.
  public var namespace: String
  /// The service that it speaks of.
  public var host: String
  /// How endpoints are chosen where the subset says nothing.
  public var policy: Policy
  /// The subsets.
  public var subsets: [Subset]

  /// A DestinationRule.
  public init(
    name: String = "", namespace: String = "default", host: String, policy: Policy = Policy(),
    subsets: [Subset] = []
  ) {
    self.name = name
    self.namespace = namespace
    self.host = host
    self.policy = policy
    self.subsets = subsets
  }

  /// Whether the rule speaks of a host that a VirtualService in a namespace names.
  public func speaks(of other: String, in otherNamespace: String) -> Bool {
    HostName.covers(
      HostName.full(host, in: namespace), HostName.full(other, in: otherNamespace))
  }

  /// What is hashed to choose an endpoint of a destination; nil if endpoints are drawn.
  ///
  /// The nearest setting counts: the port's in the subset, the subset's, the port's in the rule, the rule's.
  /// The endpoint is chosen inside of the subset that the weights have drawn before.
  ///
  /// Source: Istio, pilot/pkg/networking/core/route/route.go, `getHashPolicy`.
  public func hashKey(for destination: RouteDestination) -> HashKey? {
    let subset = subsets.first { $0.name == destination.subset && !destination.subset.isEmpty }
    return subset?.policy.portHash(destination.port) ?? subset?.policy.hash
      ?? policy.portHash(destination.port) ?? policy.hash
  }
}

/// What of a request decides which endpoint serves it: `consistentHash`.
public enum HashKey: Sendable, Hashable {
  /// The value of a header.
  case header(String)
  /// The value of a cookie; the proxy sets it if it has a time to live.
  case cookie(String, isSetByProxy: Bool)
  /// The address that the request comes from.
  case sourceAddress
  /// The value of a query parameter.
  case queryParameter(String)

  /// The key in two words.
  public var name: String {
    switch self {
    case .header(let name): "header \(name)"
    case .cookie(let name, _): "cookie \(name)"
    case .sourceAddress: "source IP"
    case .queryParameter(let name): "query \(name)"
    }
  }

  /// Whether all requests that look like this one go to one endpoint, as long as endpoints neither come nor go.
  ///
  /// What was not sent cannot be hashed; such requests are balanced one by one. A cookie with a time to live
  /// is set with the first answer and sent from then on.
  ///
  /// Source: Istio, tests/integration/pilot/common/routing.go, `consistentHashCases`.
  public func keepsTogether(_ request: RoutedRequest) -> Bool {
    switch self {
    case .header(let name): request.header(name) != nil
    case .cookie(let name, let isSetByProxy): isSetByProxy || request.cookie(name) != nil
    case .sourceAddress: true
    case .queryParameter(let name): request.parameter(name) != nil
    }
  }
}
