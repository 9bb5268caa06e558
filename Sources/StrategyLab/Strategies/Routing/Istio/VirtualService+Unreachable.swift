extension VirtualService {
  /// A rule, or a match of one, that no request can reach.
  public struct Unreachable: Sendable, Hashable {
    /// The rule's place, from 0.
    public var rule: Int
    /// The match's place in the rule, from 0; nil if the whole rule is meant.
    public var match: Int?
    /// Why, as a half sentence.
    public var reason: String
  }

  /// The rules and matches that no request can reach, as Istio warns about them.
  ///
  /// Istio reads a match without a method as one for GET, and compares only matches whose path is a prefix.
  ///
  /// Source: Istio, pkg/config/validation/validation.go, `analyzeUnreachableHTTPRules`.
  public var unreachable: [Unreachable] {
    var found: [Unreachable] = []
    var seen: [HTTPMatch: Int] = [:]
    var open: Int?
    var prefixes: [(rule: Int, match: Int, shape: PrefixShape)] = []
    for (ruleIndex, rule) in http.enumerated() {
      if rule.matches.isEmpty {
        if let open {
          found.append(
            Unreachable(rule: ruleIndex, reason: "rule \(open + 1) already takes every request"))
        }
        open = ruleIndex
        continue
      }
      var duplicates = 0
      for (matchIndex, match) in rule.matches.enumerated() {
        if let open {
          found.append(
            Unreachable(
              rule: ruleIndex, match: matchIndex,
              reason: "rule \(open + 1) already takes every request"))
          continue
        }
        var unnamed = match
        unnamed.name = ""
        if let first = seen[unnamed] {
          found.append(
            Unreachable(
              rule: ruleIndex, match: matchIndex, reason: "rule \(first + 1) has the same match"))
          duplicates += 1
          continue
        }
        seen[unnamed] = ruleIndex
        if let shape = PrefixShape(match) { prefixes.append((ruleIndex, matchIndex, shape)) }
      }
      if duplicates == rule.matches.count {
        found.append(
          Unreachable(rule: ruleIndex, reason: "rules before it have all of its matches"))
      }
    }
    return found + Self.covered(prefixes)
  }

  private static func covered(_ prefixes: [(rule: Int, match: Int, shape: PrefixShape)])
    -> [Unreachable]
  {
    var found: [Unreachable] = []
    for (index, first) in prefixes.enumerated() {
      for later in prefixes[(index + 1)...]
      where later.shape.prefix != first.shape.prefix && first.shape.covers(later.shape) {
        found.append(
          Unreachable(
            rule: later.rule, match: later.match,
            reason:
              "the prefix '\(first.shape.prefix)' of rule \(first.rule + 1) takes its requests"))
      }
    }
    return found
  }
}

/// A match by a prefix of the path, with its other conditions as texts.
private struct PrefixShape {
  var prefix: String
  var port: Int
  var method: String
  var authority: String
  var headers: [String: String]
  var parameters: [String: String]
  var withoutHeaders: [String: String]

  init?(_ match: HTTPMatch) {
    guard case .prefix(let text)? = match.uri, !text.isEmpty else { return nil }
    prefix = text
    port = match.port ?? 0
    method = match.method.map(Self.text) ?? ""
    if method.isEmpty { method = "exact GET" }
    authority = match.authority.map(Self.text) ?? ""
    headers = Self.texts(match.headers)
    parameters = Self.texts(match.queryParameters)
    withoutHeaders = Self.texts(match.withoutHeaders)
  }

  func covers(_ other: PrefixShape) -> Bool {
    func allows(_ left: [String: String], _ right: [String: String]) -> Bool {
      left.count == right.count
        && left.allSatisfy { right[$0.key].map($0.value.hasPrefix) ?? false }
    }
    return other.prefix.hasPrefix(prefix) && port == other.port && method.hasPrefix(other.method)
      && authority.hasPrefix(other.authority) && allows(headers, other.headers)
      && allows(parameters, other.parameters) && allows(withoutHeaders, other.withoutHeaders)
  }

  private static func text(_ match: StringMatch) -> String {
    switch match {
    case .exact(let text): text.isEmpty ? "" : "exact " + text
    case .prefix(let text): text.isEmpty ? "" : "prefix " + text
    case .regex, .present: ""
    }
  }

  private static func texts(_ named: [HTTPMatch.Named]) -> [String: String] {
    Dictionary(named.map { ($0.name, text($0.match)) }, uniquingKeysWith: { first, _ in first })
  }
}
