import LabStrategies

extension VirtualServiceReader {
  /// A rule under `http`.
  mutating func rule(_ section: ManifestFields) -> HTTPRule {
    var fields = section
    let name = fields.text("name")?.value ?? ""
    let matches = fields.optionalSections("match").map { section in
      section.map { match($0) } ?? HTTPMatch()
    }
    let destinations = destinations(&fields, "route")
    let action = action(&fields, destinations)
    var rule = HTTPRule(name: name, matches: matches, action: action)
    rule.mirrors = mirrors(&fields)
    readFault(&fields, into: &rule)
    checkConflicts(fields)
    checkHeaders(fields.section("headers"))
    checkRewrite(&fields)
    checkRetries(&fields)
    if let timeout = fields.text("timeout") { _ = span(timeout, fields) }
    fields.leaveOut(["corsPolicy"], "requests of other origins are not played")
    fields.leaveOut(["rewrite", "headers"], "what is changed in a request decides nothing here")
    fields.leaveOut(["timeout", "retries"], "each request is played once")
    fields.close()
    return rule
  }

  private mutating func action(
    _ fields: inout ManifestFields, _ destinations: [WeightedDestination]
  ) -> HTTPRule.Action {
    if var delegate = fields.section("delegate") {
      let name = delegate.text("name")?.value ?? ""
      let namespace = delegate.text("namespace").map { $0.value + "/" } ?? ""
      delegate.close()
      fields.leaveOut(["delegate"], "the other VirtualService is not followed")
      return .delegate(namespace + name)
    }
    if let redirect = fields.section("redirect") { return self.redirect(redirect) }
    if var response = fields.section("directResponse") {
      let status = response.integer("status")?.value ?? 0
      checkStatus(status, "status", response)
      response.pass(["body"])
      response.close()
      return .respond(status: status)
    }
    return .route(destinations)
  }

  private func redirect(_ section: ManifestFields) -> HTTPRule.Action {
    var fields = section
    let uri = fields.text("uri")?.value ?? ""
    let authority = fields.text("authority")?.value ?? ""
    let scheme = fields.text("scheme")
    let port = fields.integer("port")
    let hasDerivedPort = fields.text("derivePort") != nil
    let code = fields.integer("redirectCode")
    if uri.isEmpty, authority.isEmpty, scheme == nil, port == nil, !hasDerivedPort {
      fields.refuse("", "a redirect needs a uri, an authority, a scheme or a port")
    }
    if let code, code.value != 0, !(300...399).contains(code.value) {
      fields.findings.refuse(
        .manifestRefused, "\(code.value) is no status of a redirect",
        hint: "write a status from 300 to 399",
        at: code.place)
    }
    if let scheme, !["", "http", "https"].contains(scheme.value) {
      fields.findings.refuse(
        .manifestRefused, "the scheme '\(scheme.value)' is neither http nor https", at: scheme.place
      )
    }
    checkPort(port, fields)
    fields.close()
    let status = code.map { $0.value == 0 ? 301 : $0.value } ?? 301
    let prefix = scheme.map { $0.value + "://" } ?? (authority.isEmpty ? "" : "//")
    return .redirect(status: status, location: prefix + authority + uri)
  }

  /// The destinations of a route, with their weights.
  mutating func destinations(_ fields: inout ManifestFields, _ key: String) -> [WeightedDestination]
  {
    var result: [WeightedDestination] = []
    var sum = 0
    let sections = fields.optionalSections(key)
    for section in sections {
      guard var item = section else {
        fields.refuse(key, "a destination of '\(key)' is null")
        continue
      }
      let destination = item.section("destination").map { self.destination($0) }
      if destination == nil {
        item.refuse(
          "destination", "a destination is required", hint: "write destination: {host: ...}")
      }
      let limit = Int(Int32.max)
      let weight = item.integer("weight", -limit...limit)
      if let weight, weight.value < 0 {
        item.findings.refuse(
          .manifestRefused, "the weight \(weight.value) is negative", at: weight.place)
      }
      sum += weight?.value ?? 0
      checkHeaders(item.section("headers"))
      item.leaveOut(["headers"], "what is changed in a request decides nothing here")
      item.close()
      result.append(
        WeightedDestination(
          destination ?? RouteDestination(host: ""), weight: weight?.value ?? 0))
    }
    if sections.count > 1, sum == 0 {
      fields.refuse(
        key, "none of the \(sections.count) destinations has a weight",
        hint: "write a weight above 0 for at least one of them; Istio does not share alike")
    }
    return result
  }

  /// A destination: host, subset and port.
  func destination(_ section: ManifestFields) -> RouteDestination {
    var fields = section
    let host = fields.text("host")
    let subset = fields.text("subset")
    var port: Given<Int>?
    if var selector = fields.section("port") {
      port = selector.integer("number")
      if port == nil { selector.refuse("number", "a port needs a number") }
      checkPort(port, selector)
      selector.close()
    }
    let name = host?.value ?? ""
    let problem = name == "*" ? "it names every host" : HostName.wildcardProblem(name)
    if let problem {
      fields.refuse("host", "the destination's host '\(name)' is no host name: \(problem)")
    }
    if let subset, !subset.value.isEmpty, !HostName.isLabel(subset.value) {
      fields.findings.refuse(
        .manifestRefused, "the subset '\(subset.value)' is no name", at: subset.place)
    }
    fields.close()
    return RouteDestination(host: name, subset: subset?.value ?? "", port: port?.value)
  }

  private func mirrors(_ fields: inout ManifestFields) -> [HTTPRule.Mirror] {
    let limit = Double(Int32.max)
    let percent = fields.number("mirrorPercent") ?? fields.number("mirror_percent")
    if let percent, percent.value > 100 || percent.value < -limit {
      fields.findings.refuse(
        .manifestRefused, "mirrorPercent is \(percent.value), above 100", at: percent.place)
    }
    let percentage = percentage(&fields, "mirrorPercentage")
    var result: [HTTPRule.Mirror] = []
    if let mirror = fields.section("mirror") {
      let share = HTTPRule.mirrorShare(percentage: percentage?.value, percent: percent?.value)
      result.append(HTTPRule.Mirror(destination(mirror), share: share))
    }
    let sections = fields.optionalSections("mirrors")
    for section in sections {
      guard var item = section else {
        fields.refuse("mirrors", "a mirror is null")
        continue
      }
      let percentage = self.percentage(&item, "percentage")
      guard let destination = item.section("destination") else {
        item.refuse("destination", "a mirror needs a destination")
        continue
      }
      item.close()
      let share = HTTPRule.mirrorShare(percentage: percentage?.value, percent: nil)
      result.append(HTTPRule.Mirror(self.destination(destination), share: share))
    }
    return result
  }

  /// `{value: 12.5}`, from 0 to 100.
  func percentage(_ fields: inout ManifestFields, _ key: String) -> Given<Double>? {
    guard var section = fields.section(key) else { return nil }
    // A percentage without a value is 0, as an absent number is in protobuf.
    let value =
      section.number("value")
      ?? Given(value: 0, place: section.place, path: section.path(of: "value"))
    section.close()
    if value.value > 100 || value.value < 0 {
      fields.findings.refuse(
        .manifestRefused, "\(key) is \(value.value), not from 0 to 100", at: value.place)
    }
    return value
  }
}
