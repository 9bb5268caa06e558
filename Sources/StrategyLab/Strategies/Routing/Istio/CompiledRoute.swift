/// A rule as one proxy gets it: one match of one rule.
///
/// Source: Istio, pilot/pkg/networking/core/route/route.go, `BuildHTTPRoutesForVirtualService`.
public struct CompiledRoute: Sendable, Hashable {
  /// The rule's name, with a dot and the match's name if that has one.
  public var name: String
  /// The rule.
  public var rule: HTTPRule
  /// The rule's place in the VirtualService, from 0.
  public var ruleIndex: Int
  /// The match; nil if the rule has none.
  public var match: HTTPMatch?

  /// A rule with one of its matches.
  public init(name: String, rule: HTTPRule, ruleIndex: Int, match: HTTPMatch?) {
    self.name = name
    self.rule = rule
    self.ruleIndex = ruleIndex
    self.match = match
  }

  /// Whether it takes every request.
  public var isCatchAll: Bool { match?.isCatchAll ?? true }

  /// The rule as messages name it: its name, or its number from 1.
  public var title: String { name.isEmpty ? "rule \(ruleIndex + 1)" : "'\(name)'" }

  /// Puts the routes that take every request behind the others, and keeps both in their order.
  ///
  /// Only the routes that several VirtualServices bring to one host of a gateway are sorted so; within
  /// one VirtualService the written order counts.
  ///
  /// Source: Istio, pilot/pkg/networking/core/route/route.go, `SortVHostRoutes`.
  public static func sorted(_ routes: [CompiledRoute]) -> [CompiledRoute] {
    routes.filter { !$0.isCatchAll } + routes.filter { $0.isCatchAll }
  }
}

extension VirtualService {
  /// What is left of the rules on one proxy, in the order in which they are tried.
  ///
  /// A match that is meant for other proxies is dropped. The first route that takes every request is the
  /// last: what stands behind it is dropped too.
  ///
  /// - Returns: the routes, and which rules the proxy does not have with the reason.
  public func compiled(for context: ProxyContext) -> (
    routes: [CompiledRoute], misses: [RouteOutcome.Miss]
  ) {
    var routes: [CompiledRoute] = []
    var misses: [RouteOutcome.Miss] = []
    for (index, rule) in http.enumerated() {
      let matches: [HTTPMatch?] = rule.matches.isEmpty ? [nil] : rule.matches.map { $0 }
      for match in matches {
        let suffix = (match?.name).flatMap { $0.isEmpty ? nil : ".\($0)" } ?? ""
        let route = CompiledRoute(
          name: rule.name + suffix, rule: rule, ruleIndex: index, match: match)
        if let reason = match?.mismatch(context, namespace: namespace) {
          misses.append(RouteOutcome.Miss(route.title, reason))
          continue
        }
        routes.append(route)
        if route.isCatchAll { return (routes, misses) }
      }
    }
    return (routes, misses)
  }

  /// What becomes of a request on one proxy: the first route that takes it decides.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - context: The proxy.
  ///   - rules: The DestinationRules, which say what the subsets are and what is sticky.
  /// - Returns: where it goes, and why.
  public func outcome(
    for request: RoutedRequest, in context: ProxyContext, rules: [DestinationRule] = []
  ) -> RouteOutcome {
    var (routes, misses) = compiled(for: context)
    for route in routes {
      if let reason = route.match?.mismatch(request) {
        misses.append(RouteOutcome.Miss(route.title, reason))
        continue
      }
      var outcome = route.outcome(namespace: namespace, rules: rules)
      outcome.misses = misses
      return outcome
    }
    var outcome = RouteOutcome(.refused(status: 404, reason: "no rule takes the request"))
    outcome.misses = misses
    return outcome
  }
}

extension CompiledRoute {
  fileprivate func outcome(namespace: String, rules: [DestinationRule]) -> RouteOutcome {
    var outcome = RouteOutcome(answer, rule: title)
    outcome.conditions = match?.conditions ?? ""
    outcome.mirrors = rule.mirrors.filter { $0.share > 0 }.map {
      RouteShare($0.destination, min(1, $0.share))
    }
    outcome.abort = rule.abort.flatMap { $0.share > 0 ? $0 : nil }
    outcome.delay = rule.delay.flatMap { $0.share > 0 ? $0 : nil }
    for share in outcome.shares {
      let destination = share.destination
      guard let rule = rules.first(where: { $0.speaks(of: destination.host, in: namespace) })
      else { continue }
      if !destination.subset.isEmpty,
        !rule.subsets.contains(where: { $0.name == destination.subset })
      {
        outcome.unserved.append(destination)
      }
      if outcome.stickiness == .none, let key = rule.hashKey(for: destination) {
        outcome.stickiness = .endpoint(key)
      }
    }
    return outcome
  }

  private var answer: RouteOutcome.Answer {
    switch rule.action {
    case .redirect(let status, let location):
      return .redirected(status: status, location: location)
    case .respond(let status): return .responded(status: status)
    case .delegate(let name): return .delegated(to: "VirtualService \(name)")
    case .route(let weighted):
      let shares = WeightedDestination.shares(weighted)
      return shares.isEmpty
        ? .refused(status: 503, reason: "no destination has a weight") : .forwarded(shares)
    }
  }
}
