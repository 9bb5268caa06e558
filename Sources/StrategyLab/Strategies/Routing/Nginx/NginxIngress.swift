/// An Ingress of ingress-nginx, as far as it decides where requests go.
public struct NginxIngress: Sendable, Hashable {
  /// A path of a host with the service behind it.
  public struct Path: Sendable, Hashable {
    /// The host; empty for any.
    public var host: String
    /// The path.
    public var path: String
    /// How the path is compared.
    public var kind: Kind
    /// The service behind it.
    public var service: RouteDestination

    /// How a path is compared.
    public enum Kind: String, Sendable, Hashable {
      /// Equal.
      case exact = "Exact"
      /// Begins with the same segments.
      case prefix = "Prefix"
      /// As NGINX does: a plain prefix.
      case implementationSpecific = "ImplementationSpecific"
    }

    /// A path.
    public init(host: String, path: String, kind: Kind, service: RouteDestination) {
      self.host = host
      self.path = path
      self.kind = kind
      self.service = service
    }

    /// Whether a request is for this path.
    func takes(_ request: RoutedRequest) -> Bool {
      guard host.isEmpty || HostName.covers(host, request.authority) else { return false }
      switch kind {
      case .exact: return request.path == path
      case .prefix: return PathSegments.begins(request.path, with: path)
      case .implementationSpecific: return request.path.hasPrefix(path)
      }
    }
  }

  /// Its name.
  public var name: String
  /// Its namespace.
  public var namespace: String
  /// Its paths, in their order.
  public var paths: [Path]
  /// Its canary annotations.
  public var canary: NginxCanary
  /// The name of the cookie that binds sessions to endpoints; nil if none does.
  public var affinityCookie: String?

  /// An Ingress.
  public init(
    name: String, namespace: String = "default", paths: [Path], canary: NginxCanary = NginxCanary(),
    affinityCookie: String? = nil
  ) {
    self.name = name
    self.namespace = namespace
    self.paths = paths
    self.canary = canary
    self.affinityCookie = affinityCookie
  }

  /// What becomes of a request among some Ingresses.
  ///
  /// The longest path of a main Ingress takes it. A canary belongs to it if host, path and kind are the same;
  /// of several canaries the first counts. A canary without a main Ingress serves nobody.
  ///
  /// - Throws: ``PatternError`` for a pattern that NGINX can play and this program cannot.
  ///
  /// Source: ingress-nginx, docs/user-guide/nginx-configuration/annotations.md, "Canary", known limitations.
  public static func outcome(for request: RoutedRequest, among ingresses: [NginxIngress])
    throws(PatternError) -> RouteOutcome
  {
    let candidates = ingresses.filter { !$0.canary.isEnabled }.flatMap { ingress in
      ingress.paths.filter { $0.takes(request) }.map { (ingress: ingress, path: $0) }
    }
    let best = candidates.max {
      ($0.path.kind == .exact ? 1 : 0, $0.path.path.utf8.count)
        < ($1.path.kind == .exact ? 1 : 0, $1.path.path.utf8.count)
    }
    guard let best else {
      let hasCanary = ingresses.contains { $0.canary.isEnabled }
      let reason =
        hasCanary
        ? "no path of a main Ingress takes the request, and a canary alone serves nobody"
        : "no path takes the request"
      return RouteOutcome(.refused(status: 404, reason: reason))
    }
    let canaries = ingresses.filter {
      $0.canary.isEnabled && $0.namespace == best.ingress.namespace
    }
    let alternative = canaries.lazy.compactMap { ingress in
      ingress.paths.first {
        $0.host == best.path.host && $0.path == best.path.path && $0.kind == best.path.kind
      }.map { (canary: ingress.canary, path: $0, name: ingress.name) }
    }.first
    guard let alternative else {
      var outcome = RouteOutcome(
        .forwarded([RouteShare(best.path.service, 1)]), rule: "Ingress '\(best.ingress.name)'")
      outcome.misses = canaries.map {
        RouteOutcome.Miss("Ingress '\($0.name)'", "its host, path and pathType are not the same")
      }
      return outcome
    }
    let decision = try alternative.canary.decision(for: request)
    var outcome = RouteOutcome(
      .forwarded(
        WeightedShare.split(
          best.path.service, alternative.path.service, candidate: decision.share)),
      rule: decision.rule(main: best.ingress.name, canary: alternative.name))
    if let cookie = best.ingress.affinityCookie, alternative.canary.affinityBehavior == .sticky {
      outcome.stickiness = .version(cookie: cookie)
    }
    return outcome
  }
}

/// Two destinations that share the requests.
enum WeightedShare {
  /// The destinations that get something.
  static func split(_ stable: RouteDestination, _ other: RouteDestination, candidate: Double)
    -> [RouteShare]
  {
    [RouteShare(stable, 1 - candidate), RouteShare(other, candidate)].filter { $0.share > 0 }
  }
}

extension NginxDecision {
  /// The rule as messages name it.
  func rule(main: String, canary: String) -> String {
    switch self {
    case .main(let reason): "Ingress '\(main)': \(reason)"
    case .canary(let reason): "Ingress '\(canary)': \(reason)"
    case .drawn: "the weight of Ingress '\(canary)'"
    }
  }
}

/// Paths, segment by segment.
enum PathSegments {
  /// Whether a path begins with the segments of another: `/a/b` with `/a` and `/a/`, and `/ab` with neither.
  static func begins(_ path: String, with prefix: String) -> Bool {
    let trimmed = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
    return path == trimmed || path.hasPrefix(trimmed + "/")
  }
}
