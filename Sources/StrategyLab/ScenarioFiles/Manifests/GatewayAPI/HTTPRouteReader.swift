import LabStrategies

/// Reads an HTTPRoute of Gateway API.
///
/// Source: Gateway API, apis/v1/httproute_types.go.
struct HTTPRouteReader {
  /// The route that a `spec` describes.
  static func read(_ spec: ManifestFields, name: String, namespace: String) -> HTTPRoute {
    var spec = spec
    let hosts = spec.texts("hostnames")
    for host in hosts {
      if let problem = HostName.wildcardProblem(host.value) {
        spec.findings.refuse(
          .manifestRefused, "the host '\(host.value)' is no host name: \(problem)", at: host.place)
      }
    }
    let sections = spec.sections("rules")
    let rules =
      spec.has("rules")
      ? sections.map { rule($0) } : [HTTPRoute.Rule(matches: [], backends: [])]
    spec.pass(["parentRefs"])
    spec.close()
    return HTTPRoute(
      name: name, namespace: namespace, hostnames: hosts.map(\.value), rules: rules)
  }

  private static func rule(_ section: ManifestFields) -> HTTPRoute.Rule {
    var fields = section
    let name = fields.text("name")?.value ?? ""
    let matches = fields.sections("matches").map { match($0) }
    let backends = fields.sections("backendRefs").map { section in
      var section = section
      let destination = backend(&section)
      let weight = section.integer("weight", 0...1_000_000)?.value ?? 1
      section.leaveOut(["filters"], "what is changed in a request decides nothing here")
      section.close()
      return WeightedDestination(destination, weight: weight)
    }
    var rule = HTTPRoute.Rule(name: name, matches: matches, backends: backends)
    for filter in fields.sections("filters") { self.filter(filter, into: &rule) }
    if rule.redirect != nil, !backends.isEmpty {
      fields.refuse("backendRefs", "a rule that redirects takes no backends")
    }
    fields.leaveOut(["timeouts", "retry"], "each request is played once")
    fields.leaveOut(["sessionPersistence"], "the standard calls it experimental")
    fields.close()
    return rule
  }

  private static func backend(_ fields: inout ManifestFields) -> RouteDestination {
    let name = fields.text("name")?.value ?? ""
    if name.isEmpty { fields.refuse("name", "a backend needs a name") }
    let namespace = fields.text("namespace").map { ".\($0.value)" } ?? ""
    let port = fields.integer("port")?.value
    fields.pass(["kind", "group"])
    return RouteDestination(host: name + namespace, port: port)
  }

  private static func match(_ section: ManifestFields) -> HTTPRoute.Match {
    var fields = section
    var match = HTTPRoute.Match()
    if var path = fields.section("path") { match.path = self.path(&path) }
    match.method = fields.text("method")?.value
    match.headers = named(&fields, "headers")
    match.queryParameters = named(&fields, "queryParams")
    fields.close()
    return match
  }

  private static func path(_ fields: inout ManifestFields) -> HTTPRoute.PathMatch {
    let kind = fields.choice("type", ["Exact", "PathPrefix", "RegularExpression"])?.value
    let value = fields.text("value")
    fields.close()
    let text = value?.value ?? "/"
    if kind == "RegularExpression" {
      guard let value, let pattern = pattern(value, fields) else { return .exact(text) }
      return .regex(pattern)
    }
    if !text.hasPrefix("/") {
      fields.refuse("value", "the path '\(text)' does not begin with '/'")
    }
    return kind == "Exact" ? .exact(text) : .prefix(text)
  }

  private static func named(_ parent: inout ManifestFields, _ key: String) -> [HTTPMatch.Named] {
    var names: Set<String> = []
    return parent.sections(key).compactMap { section in
      var fields = section
      let name = fields.text("name")?.value ?? ""
      let value = fields.text("value")
      let kind = fields.choice("type", ["Exact", "RegularExpression"])?.value
      fields.close()
      // Of several conditions on one name only the first counts.
      guard names.insert(key == "headers" ? name.lowercased() : name).inserted else { return nil }
      if kind == "RegularExpression", let value {
        return pattern(value, fields).map { HTTPMatch.Named(name, .regex($0)) }
      }
      return HTTPMatch.Named(name, .exact(value?.value ?? ""))
    }
  }

  private static func pattern(_ text: Given<String>, _ fields: ManifestFields) -> Pattern? {
    do throws(PatternError) {
      return try Pattern(text.value, .re2)
    } catch {
      fields.findings.refuse(
        .manifestRefused,
        "the pattern '\(text.value)' is none: \(error.reason) at character \(error.position + 1)",
        hint: "patterns are read as RE2 and must describe the whole value", at: text.place)
      return nil
    }
  }

  private static func filter(_ section: ManifestFields, into rule: inout HTTPRoute.Rule) {
    var fields = section
    let kind = fields.text("type")?.value ?? ""
    if var mirror = fields.section("requestMirror") {
      var share = 1.0
      if let percent = mirror.integer("percent", 0...100) { share = Double(percent.value) / 100 }
      if var fraction = mirror.section("fraction") {
        let numerator = fraction.integer("numerator")?.value ?? 0
        let denominator = fraction.integer("denominator")?.value ?? 100
        if denominator < 1 || numerator > denominator {
          fraction.refuse("numerator", "the fraction \(numerator)/\(denominator) is above 1")
        }
        share = min(1, Double(numerator) / Double(max(1, denominator)))
        fraction.close()
      }
      if var backend = mirror.section("backendRef") {
        rule.mirrors.append(RouteShare(self.backend(&backend), share))
        backend.close()
      }
      mirror.close()
    } else if var redirect = fields.section("requestRedirect") {
      let host = redirect.text("hostname")?.value ?? ""
      let status = redirect.integer("statusCode")?.value ?? 302
      redirect.pass(["scheme", "port", "path"])
      redirect.close()
      rule.redirect = HTTPRoute.Redirect(status: status, location: host)
    } else {
      fields.leaveOut(
        fields.keys.filter { $0 != "type" },
        "the filter \(kind) decides nothing about where a request goes")
    }
    fields.close()
  }
}
