/// One item of a rule's `match`: conditions that a request must meet, all of them.
public struct HTTPMatch: Sendable, Hashable {
  /// A condition on a header or a query parameter.
  public struct Named: Sendable, Hashable {
    /// Whose value is compared.
    public var name: String
    /// With what.
    public var match: StringMatch

    /// A condition.
    public init(_ name: String, _ match: StringMatch) {
      self.name = name
      self.match = match
    }
  }

  /// Its name; empty if it has none.
  public var name = ""
  /// The path.
  public var uri: StringMatch?
  /// Whether upper and lower case of the path are the same, for `exact` and `prefix`.
  public var ignoresURICase = false
  /// The scheme.
  public var scheme: StringMatch?
  /// The method.
  public var method: StringMatch?
  /// The host that the client asked for.
  public var authority: StringMatch?
  /// Headers that must be so.
  public var headers: [Named] = []
  /// Headers that must not be so.
  public var withoutHeaders: [Named] = []
  /// Query parameters that must be so.
  public var queryParameters: [Named] = []
  /// The port that the proxy listens on; nil for any.
  public var port: Int?
  /// The labels that the client's pod must have.
  public var sourceLabels: [String: String] = [:]
  /// The namespace that the client's pod must be in; empty for any.
  public var sourceNamespace = ""
  /// The gateways that use it; empty for those of the VirtualService.
  public var gateways: [String] = []

  /// A match for every request.
  public init() {}

  /// Why a request does not meet the conditions, as a half sentence; nil if it does.
  ///
  /// A header that was not sent never meets a condition of `headers`, not even an empty text; among
  /// `withoutHeaders` it counts as empty, so that `.*` can never be absent.
  ///
  /// Source: Istio, pilot/pkg/networking/core/route/route.go, `TranslateRouteMatch`.
  public func mismatch(_ request: RoutedRequest) -> String? {
    if let reason = uri?.mismatch(request.path, "the path", ignoresCase: ignoresURICase) {
      return reason
    }
    if let reason = method?.mismatch(request.method, "the method") { return reason }
    for header in headers {
      let what = "the header '\(header.name)'"
      if let reason = header.match.mismatch(request.header(header.name), what) { return reason }
    }
    for header in withoutHeaders {
      let value = request.header(header.name)
      let isMet =
        header.match == .present
        ? value != nil : header.match.mismatch(value ?? "", "") == nil
      if isMet {
        let found = value.map { "is '\($0)'" } ?? "is missing, which counts as empty"
        return "the header '\(header.name)' \(found), and that is excluded"
      }
    }
    for parameter in queryParameters {
      let what = "the query parameter '\(parameter.name)'"
      if let reason = parameter.match.mismatch(request.parameter(parameter.name), what) {
        return reason
      }
    }
    if let reason = scheme?.mismatch(request.scheme, "the scheme") { return reason }
    return authority?.mismatch(request.authority, "the authority")
  }

  /// Whether every request meets the conditions, so that what stands behind can never be reached.
  ///
  /// The path must be free: prefix `/`, pattern `.*` or no condition; and nothing else be asked for.
  ///
  /// Source: Istio, pilot/pkg/networking/core/route/route.go, `IsCatchAllRoute`.
  public var isCatchAll: Bool {
    let isPathFree =
      switch uri {
      case nil: true
      case .prefix("/"): true
      case .regex(let pattern): pattern.text == ".*"
      default: false
      }
    // Method, scheme and authority are headers to the proxy.
    return isPathFree && headers.isEmpty && withoutHeaders.isEmpty && queryParameters.isEmpty
      && method == nil && scheme == nil && authority == nil
  }

  /// Why a proxy does not get this match at all, as a half sentence; nil if it gets it.
  ///
  /// If gateways are named, labels and namespace of the client are not asked for.
  ///
  /// Source: Istio, pilot/pkg/networking/core/route/route.go, `sourceMatchHTTP` and `translateRoute`.
  public func mismatch(_ context: ProxyContext, namespace: String = "") -> String? {
    if !gateways.isEmpty {
      let isNamed = gateways.contains { name in
        context.gateways.contains(name) || context.gateways.contains("\(namespace)/\(name)")
      }
      if !isNamed { return "it is for the gateway \(gateways.joined(separator: ", "))" }
    } else {
      let missing = sourceLabels.sorted { $0.key < $1.key }.first {
        context.labels[$0.key] != $0.value
      }
      if let missing {
        return "it is for clients with the label \(missing.key)=\(missing.value)"
      }
      if !sourceNamespace.isEmpty, sourceNamespace != context.namespace {
        return "it is for clients in the namespace '\(sourceNamespace)'"
      }
    }
    if let port, port != 0, port != context.port { return "it is for the port \(port)" }
    return nil
  }
}

/// Which proxy the rules are compiled for.
public struct ProxyContext: Sendable, Hashable {
  /// The labels of the proxy's pod.
  public var labels: [String: String]
  /// The namespace of the proxy's pod.
  public var namespace: String
  /// The gateways that the proxy serves; `mesh` for a sidecar.
  public var gateways: [String]
  /// The port that it listens on.
  public var port: Int

  /// A proxy; without arguments a sidecar that listens on port 80.
  public init(
    labels: [String: String] = [:], namespace: String = "", gateways: [String] = ["mesh"],
    port: Int = 80
  ) {
    self.labels = labels
    self.namespace = namespace
    self.gateways = gateways
    self.port = port
  }
}
