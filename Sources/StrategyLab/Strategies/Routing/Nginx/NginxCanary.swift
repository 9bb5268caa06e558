/// The canary annotations of an Ingress of ingress-nginx.
///
/// Source: ingress-nginx, docs/user-guide/nginx-configuration/annotations.md, "Canary", and
/// internal/ingress/annotations/canary/main.go.
public struct NginxCanary: Sendable, Hashable {
  /// What happens to a session that the main Ingress has bound to an endpoint.
  public enum AffinityBehavior: String, Sendable, Hashable {
    /// The session stays where its first request went.
    case sticky
    /// The canary's rules count for each request, and only the main version sets the cookie.
    case legacy
  }

  /// `canary`: whether the Ingress is one at all.
  public var isEnabled = false
  /// `canary-weight`: the canary's share of the total.
  public var weight = 0
  /// `canary-weight-total`; nil if it is not written.
  public var weightTotal: Int?
  /// `canary-by-header`: the header that decides; empty for none.
  public var header = ""
  /// `canary-by-header-value`: the value that means the canary; empty for `always`.
  public var headerValue = ""
  /// `canary-by-header-pattern`: what the value is searched for; empty for no pattern.
  public var headerPattern = ""
  /// `canary-by-cookie`: the cookie that decides; empty for none.
  public var cookie = ""
  /// `affinity-canary-behavior`.
  public var affinityBehavior = AffinityBehavior.sticky

  /// No canary.
  public init() {}

  /// Whether there are rules on an Ingress that is not marked as a canary, which is refused as a whole.
  public var hasRulesWithoutMark: Bool {
    let texts = [header, headerValue, headerPattern, cookie]
    return !isEnabled && (weight > 0 || texts.contains { !$0.isEmpty })
  }

  /// What the weights are out of: 100, or a larger total that is written.
  ///
  /// Source: ingress-nginx, rootfs/etc/nginx/lua/balancer.lua, `route_to_alternative_balancer`.
  public var total: Int { max(100, weightTotal ?? 100) }

  /// The share of the requests that the draw sends to the canary, 0 to 1.
  public var share: Double { min(1, max(0, Double(weight) / Double(total))) }
}

/// Where the canary rules send a request.
public enum NginxDecision: Sendable, Hashable {
  /// To the main version, and why.
  case main(String)
  /// To the canary, and why.
  case canary(String)
  /// The draw decides: the canary's share.
  case drawn(Double)

  /// The canary's share, 0 to 1.
  public var share: Double {
    switch self {
    case .main: 0
    case .canary: 1
    case .drawn(let share): share
    }
  }
}

/// Where the cookie of the session's affinity leads.
public enum NginxSession: Sendable, Hashable {
  /// There is none yet.
  case new
  /// To an endpoint of the main version.
  case main
  /// To an endpoint of the canary.
  case canary
}

extension NginxCanary {
  /// Where a request goes: an existing session, then the header, the cookie, the weight.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - session: Where the affinity cookie leads.
  ///   - hasBackend: Whether the canary's service is known.
  /// - Returns: the decision.
  /// - Throws: ``PatternError`` for a pattern that NGINX can play and this program cannot.
  ///
  /// Source: ingress-nginx, rootfs/etc/nginx/lua/balancer.lua, `route_to_alternative_balancer`.
  public func decision(
    for request: RoutedRequest, session: NginxSession = .new, hasBackend: Bool = true
  ) throws(PatternError) -> NginxDecision {
    if !hasBackend { return .main("the canary's service is not known") }
    if affinityBehavior == .sticky {
      if session == .main { return .main("the session began there") }
      if session == .canary { return .canary("the session began there") }
    }
    if let decision = try headerDecision(request) { return decision }
    if !cookie.isEmpty, let value = request.cookie(cookie, ignoresCase: true) {
      if value == "always" { return .canary("the cookie '\(cookie)' is 'always'") }
      if value == "never" { return .main("the cookie '\(cookie)' is 'never'") }
    }
    return .drawn(share)
  }

  private func headerDecision(_ request: RoutedRequest) throws(PatternError) -> NginxDecision? {
    guard !header.isEmpty, let value = nginxHeader(request) else { return nil }
    if !headerValue.isEmpty {
      return value == headerValue ? .canary("the header '\(header)' is '\(value)'") : nil
    }
    if !headerPattern.isEmpty {
      do throws(PatternError) {
        let isFound = try Pattern(headerPattern, .perl).isFound(in: value)
        return isFound ? .canary("'\(headerPattern)' is found in the header '\(header)'") : nil
      } catch {
        if error.isUnsupported { throw error }
        return .main("the pattern '\(headerPattern)' is broken: \(error.reason)")
      }
    }
    switch value {
    case "always": return .canary("the header '\(header)' is 'always'")
    case "never": return .main("the header '\(header)' is 'never'")
    default: return nil
    }
  }

  /// NGINX knows headers as variables, in whose names a dash is an underscore.
  private func nginxHeader(_ request: RoutedRequest) -> String? {
    func variable(_ name: String) -> String {
      String(name.lowercased().map { $0 == "-" ? "_" : $0 })
    }
    return request.headers.first { variable($0.name) == variable(header) }?.value
  }
}
