/// A rule that Flagger writes for a service mesh: which requests, and how they are split.
public struct FlaggerMeshRule: Sendable, Hashable {
  /// Which requests a rule takes, in addition to the service's own conditions.
  public enum Condition: Sendable, Hashable {
    /// All that reach it.
    case any
    /// Those that meet one of the conditions of the A/B test.
    case analysisMatch
    /// Those with the cookie that the canary gave out in this run.
    case canaryCookie
    /// Those with the cookie that the primary gave out in this interval.
    case primaryCookie
    /// Those with the canary's cookie of an earlier run.
    case previousCanaryCookie
  }

  /// Which requests the rule takes.
  public var condition: Condition
  /// The primary's part, in percent.
  public var primaryWeight: Int
  /// The canary's part, in percent; nil if the rule does not name the canary.
  public var canaryWeight: Int?
  /// Whether requests are copied to the canary.
  public var isMirrored: Bool
  /// The percentage of the requests that is copied; nil for all.
  public var mirrorPercentage: Int?
  /// How long the cookie lives that answers of the canary set, in seconds; nil if they set none.
  public var canaryCookieAge: Int?
  /// How long the cookie lives that answers of the primary set, in seconds; nil if they set none.
  public var primaryCookieAge: Int?
  /// The age of the cookie that all answers set, in seconds: -1 deletes it; nil if they set none.
  public var cookieAge: Int?

  /// A rule; what is left out is not there.
  public init(
    _ condition: Condition, primaryWeight: Int, canaryWeight: Int?, isMirrored: Bool = false,
    mirrorPercentage: Int? = nil, canaryCookieAge: Int? = nil, primaryCookieAge: Int? = nil,
    cookieAge: Int? = nil
  ) {
    self.condition = condition
    self.primaryWeight = primaryWeight
    self.canaryWeight = canaryWeight
    self.isMirrored = isMirrored
    self.mirrorPercentage = mirrorPercentage
    self.canaryCookieAge = canaryCookieAge
    self.primaryCookieAge = primaryCookieAge
    self.cookieAge = cookieAge
  }
}

/// How users are kept with a version: the numbers of `analysis.sessionAffinity`.
public struct FlaggerSessionAffinity: Sendable, Hashable {
  /// How long the canary's cookie lives, in seconds.
  public var cookieAge: Int
  /// How long the primary's cookie lives, in seconds: one interval of the analysis; nil if it gives out none.
  public var primaryCookieAge: Int?
  /// Whether an earlier run has given out cookies.
  public var hasPreviousCookie: Bool

  /// Session affinity.
  public init(cookieAge: Int, primaryCookieAge: Int? = nil, hasPreviousCookie: Bool = false) {
    self.cookieAge = cookieAge
    self.primaryCookieAge = primaryCookieAge
    self.hasPreviousCookie = hasPreviousCookie
  }
}

/// The rules that Flagger writes into a VirtualService or an HTTPRoute, in the order in which they are tried.
///
/// Source: Flagger, pkg/router/istio.go, `SetRoutes`, and pkg/router/gateway_api.go,
/// `getSessionAffinityRouteRules`.
public enum FlaggerMeshRoutes {
  /// The rules for a split.
  ///
  /// - Parameters:
  ///   - primaryWeight: The primary's weight in percent.
  ///   - canaryWeight: The canary's weight in percent.
  ///   - hasMatch: Whether the analysis is an A/B test.
  ///   - isMirrored: Whether requests are copied to the canary.
  ///   - mirrorWeight: The percentage of the requests that is copied; 0 for all.
  ///   - affinity: How users are kept with a version; nil if they are not.
  /// - Returns: the rules, the first that matches counts.
  public static func rules(
    primaryWeight: Int, canaryWeight: Int, hasMatch: Bool = false, isMirrored: Bool = false,
    mirrorWeight: Int = 0, affinity: FlaggerSessionAffinity? = nil
  ) -> [FlaggerMeshRule] {
    if hasMatch {
      // Everyone else stays with the primary; upstream gives its rule the same weight.
      return [
        FlaggerMeshRule(
          .analysisMatch, primaryWeight: primaryWeight, canaryWeight: canaryWeight),
        FlaggerMeshRule(.any, primaryWeight: primaryWeight, canaryWeight: nil),
      ]
    }
    let weighted = FlaggerMeshRule(
      .any, primaryWeight: primaryWeight, canaryWeight: canaryWeight)
    var rules = affinity.map { stickyRules(weighted, $0) } ?? [weighted]
    if isMirrored {
      rules[0].isMirrored = true
      rules[0].mirrorPercentage = mirrorWeight > 0 ? mirrorWeight : nil
    }
    return rules
  }

  /// The rules that keep the holders of a cookie with the version that gave it to them.
  ///
  /// The primary's cookie lives one interval, so that its users are drawn anew at each step.
  private static func stickyRules(
    _ weighted: FlaggerMeshRule, _ affinity: FlaggerSessionAffinity
  ) -> [FlaggerMeshRule] {
    var (sticky, weighted) = (weighted, weighted)
    guard weighted.canaryWeight != 0 else {
      sticky.condition = affinity.hasPreviousCookie ? .previousCanaryCookie : .any
      sticky.cookieAge = affinity.hasPreviousCookie ? -1 : nil
      return [sticky, weighted]
    }
    weighted.canaryCookieAge = affinity.cookieAge
    weighted.primaryCookieAge = affinity.primaryCookieAge
    let canary = FlaggerMeshRule(.canaryCookie, primaryWeight: 0, canaryWeight: 100)
    let primary = FlaggerMeshRule(.primaryCookie, primaryWeight: 100, canaryWeight: 0)
    return affinity.primaryCookieAge == nil ? [canary, weighted] : [canary, primary, weighted]
  }
}
