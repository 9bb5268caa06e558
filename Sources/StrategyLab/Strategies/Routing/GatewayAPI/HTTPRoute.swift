/// Gateway API's HTTPRoute, as far as it decides where requests go.
///
/// Source: Gateway API, apis/v1/httproute_types.go.
public struct HTTPRoute: Sendable, Hashable {
  /// Which requests a rule takes: all the conditions must hold.
  public struct Match: Sendable, Hashable {
    /// How the path is compared; prefix `/` if nothing is written.
    public var path = PathMatch.prefix("/")
    /// The method; nil for any.
    public var method: String?
    /// Headers that must be so.
    public var headers: [HTTPMatch.Named] = []
    /// Query parameters that must be so.
    public var queryParameters: [HTTPMatch.Named] = []

    /// A match for every request.
    public init() {}

    /// Why a request is not taken, as a half sentence; nil if it is.
    public func mismatch(_ request: RoutedRequest) -> String? {
      if let reason = path.mismatch(request.path) { return reason }
      if let method, method != request.method { return "the method is \(request.method)" }
      for header in headers {
        let what = "the header '\(header.name)'"
        if let reason = header.match.mismatch(request.header(header.name), what) { return reason }
      }
      for parameter in queryParameters {
        let what = "the query parameter '\(parameter.name)'"
        if let reason = parameter.match.mismatch(request.parameter(parameter.name), what) {
          return reason
        }
      }
      return nil
    }
  }

  /// How a path is compared.
  public enum PathMatch: Sendable, Hashable {
    /// Equal.
    case exact(String)
    /// Begins with the same segments.
    case prefix(String)
    /// The pattern describes the whole path; the standard leaves the dialect to the implementation.
    case regex(Pattern)

    func mismatch(_ path: String) -> String? {
      switch self {
      case .exact(let text): path == text ? nil : "the path is '\(path)' and not '\(text)'"
      case .prefix(let text):
        PathSegments.begins(path, with: text)
          ? nil : "the path '\(path)' does not begin with the segments of '\(text)'"
      case .regex(let pattern):
        pattern.matchesWhole(path)
          ? nil : "the path is '\(path)', which '\(pattern.text)' does not match as a whole"
      }
    }
  }

  /// A rule.
  public struct Rule: Sendable, Hashable {
    /// Its name; empty if it has none.
    public var name: String
    /// Which requests, any one of these.
    public var matches: [Match]
    /// Where they go, by weight.
    public var backends: [WeightedDestination]
    /// Who gets copies, and of what share.
    public var mirrors: [RouteShare] = []
    /// Where the client is sent instead; nil if it is not.
    public var redirect: Redirect?

    /// A rule.
    public init(name: String = "", matches: [Match], backends: [WeightedDestination]) {
      self.name = name
      self.matches = matches
      self.backends = backends
    }
  }

  /// A redirection.
  public struct Redirect: Sendable, Hashable {
    /// The status: 301, 302, ...
    public var status: Int
    /// Where to.
    public var location: String

    /// A redirection.
    public init(status: Int, location: String) {
      self.status = status
      self.location = location
    }
  }

  /// Its name.
  public var name: String
  /// Its namespace.
  public var namespace: String
  /// The hosts whose requests it takes; empty for all that the gateway takes.
  public var hostnames: [String]
  /// The rules, in their order.
  public var rules: [Rule]

  /// A route.
  public init(
    name: String, namespace: String = "default", hostnames: [String] = [], rules: [Rule]
  ) {
    self.name = name
    self.namespace = namespace
    self.hostnames = hostnames
    self.rules = rules
  }
}
