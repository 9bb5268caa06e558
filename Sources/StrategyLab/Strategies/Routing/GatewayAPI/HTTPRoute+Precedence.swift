extension HTTPRoute {
  /// One match of one rule, with what decides its rank.
  private struct Candidate {
    var route: HTTPRoute
    var rule: Rule
    var ruleIndex: Int
    var match: Match

    var title: String {
      rule.name.isEmpty
        ? "rule \(ruleIndex + 1) of HTTPRoute '\(route.name)'"
        : "'\(rule.name)' of HTTPRoute '\(route.name)'"
    }

    /// The rank, largest first.
    var rank: [Int] {
      let path =
        switch match.path {
        case .exact(let text): [2, text.unicodeScalars.count]
        case .prefix(let text): [1, text.unicodeScalars.count]
        // The standard does not say where patterns stand; Istio tries them last.
        case .regex(let pattern): [0, pattern.text.unicodeScalars.count]
        }
      return path + [match.method == nil ? 0 : 1, match.headers.count, match.queryParameters.count]
    }
  }

  /// What becomes of a request among some routes of one gateway.
  ///
  /// Not the first match counts but the most specific: an exact path, then the longest prefix, then one with
  /// a method, then the one with the most headers, then with the most query parameters; then the route that
  /// comes first by name (manifests do not say which is the oldest), then the rule that comes first. A route
  /// that names the host stands before one with a wildcard, and that before one without hosts.
  ///
  /// Source: Gateway API, apis/v1/httproute_types.go, `HTTPRouteRule.Matches`.
  public static func outcome(for request: RoutedRequest, among routes: [HTTPRoute]) -> RouteOutcome
  {
    let served = routes.compactMap { route in route.hostRank(request.authority).map { ($0, route) }
    }
    let bestHost = served.map(\.0).max()
    let candidates = served.filter { $0.0 == bestHost }.map(\.1)
      .sorted { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
      .flatMap { $0.candidates }
      .enumerated()
      .sorted { left, right in
        left.element.rank == right.element.rank
          ? left.offset < right.offset
          : right.element.rank.lexicographicallyPrecedes(left.element.rank)
      }
      .map(\.element)
    var misses: [RouteOutcome.Miss] = []
    for candidate in candidates {
      if let reason = candidate.match.mismatch(request) {
        misses.append(RouteOutcome.Miss(candidate.title, reason))
        continue
      }
      var outcome = RouteOutcome(candidate.rule.answer, rule: candidate.title)
      outcome.conditions = candidate.match.conditions
      outcome.mirrors = candidate.rule.mirrors.filter { $0.share > 0 }
      outcome.misses = misses
      return outcome
    }
    var outcome = RouteOutcome(.refused(status: 404, reason: "no rule takes the request"))
    outcome.misses = misses
    return outcome
  }

  private var candidates: [Candidate] {
    rules.enumerated().flatMap { index, rule in
      (rule.matches.isEmpty ? [Match()] : rule.matches).map {
        Candidate(route: self, rule: rule, ruleIndex: index, match: $0)
      }
    }
  }

  /// How near the hosts come to the one that is asked for; nil if none covers it.
  private func hostRank(_ authority: String) -> Int? {
    if hostnames.isEmpty { return 0 }
    return hostnames.filter { HostName.covers($0, authority) }
      .map { $0.hasPrefix("*") ? $0.count : 1_000 + $0.count }.max()
  }
}

extension HTTPRoute.Rule {
  /// What the rule does with a request that it takes.
  ///
  /// Without a backend that has a weight the answer is 500.
  fileprivate var answer: RouteOutcome.Answer {
    if let redirect {
      return .redirected(status: redirect.status, location: redirect.location)
    }
    let sum = backends.reduce(0.0) { $0 + Double($1.weight) }
    guard sum > 0 else {
      return .refused(status: 500, reason: "no backend of the rule has a weight")
    }
    return .forwarded(
      backends.filter { $0.weight > 0 }.map {
        RouteShare($0.destination, Double($0.weight) / sum)
      })
  }
}
