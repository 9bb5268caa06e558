import LabStrategies

extension VirtualServiceReader {
  /// An item under `match`.
  ///
  /// Source: Istio, pkg/config/validation/virtualservice.go, `validateHTTPRouteMatchRequest`.
  mutating func match(_ section: ManifestFields) -> HTTPMatch {
    var fields = section
    var match = HTTPMatch()
    match.name = fields.text("name")?.value ?? ""
    match.uri = text(&fields, "uri", allowsEmptyPrefix: true)
    match.ignoresURICase = fields.flag("ignoreUriCase")?.value ?? false
    match.scheme = text(&fields, "scheme")
    match.method = text(&fields, "method")
    match.authority = text(&fields, "authority")
    match.headers = named(&fields, "headers")
    match.withoutHeaders = named(&fields, "withoutHeaders")
    match.queryParameters = named(&fields, "queryParams")
    let port = fields.integer("port")
    if let port, port.value != 0 { checkPort(port, fields) }
    match.port = port?.value
    for (key, value) in fields.labels("sourceLabels") { match.sourceLabels[key] = value.value }
    let namespace = fields.text("sourceNamespace")
    if let namespace, !namespace.value.isEmpty, !HostName.isLabel(namespace.value) {
      fields.findings.refuse(
        .manifestRefused, "'\(namespace.value)' is no name of a namespace", at: namespace.place)
    }
    match.sourceNamespace = namespace?.value ?? ""
    let gateways = fields.texts("gateways")
    checkGateways(gateways, in: fields)
    match.gateways = gateways.map(\.value)
    fields.pass(["statPrefix"])
    fields.close()
    return match
  }

  /// Conditions on headers or query parameters, by name.
  private func named(_ parent: inout ManifestFields, _ key: String) -> [HTTPMatch.Named] {
    guard var fields = parent.section(key) else { return [] }
    return fields.keys.map { name in
      if key != "queryParams", !Self.isClaim(name), !Self.isHeaderName(name) {
        fields.refuse(name, "'\(name)' is no name of a header")
      }
      if key == "headers", !fields.has(name) {
        fields.refuse(
          name, "the condition on the header '\(name)' is null",
          hint: "write {} if the header only has to be there")
      }
      // A star is no pattern; where Istio accepts it, it asks for presence only.
      let match = text(&fields, name, starIsPresence: true, starIsAllowed: key == "withoutHeaders")
      return HTTPMatch.Named(name, match ?? .present)
    }
  }

  /// `exact`, `prefix` or `regex`; nil if the key is absent or null.
  ///
  /// Only a path may have an empty prefix. The pattern `*` asks for presence where `starIsPresence` says so,
  /// which Istio's admission accepts only where `starIsAllowed` does.
  private func text(
    _ fields: inout ManifestFields, _ key: String, allowsEmptyPrefix: Bool = false,
    starIsPresence: Bool = false, starIsAllowed: Bool = false
  ) -> StringMatch? {
    guard var section = fields.section(key) else { return nil }
    let exact = section.text("exact")
    let prefix = section.text("prefix")
    let regex = section.text("regex")
    section.close()
    if [exact, prefix, regex].count(where: { $0 != nil }) > 1 {
      section.refuse("", "'\(key)' has more than one of exact, prefix and regex")
    }
    if let exact { return .exact(exact.value) }
    if let prefix {
      if prefix.value.isEmpty, !allowsEmptyPrefix {
        section.findings.refuse(
          .manifestRefused, "the prefix of '\(key)' is empty",
          hint: "leave the condition out, or write {}",
          at: prefix.place)
      }
      return .prefix(prefix.value)
    }
    guard let regex else { return .present }
    if regex.value == "*", starIsPresence {
      if !starIsAllowed {
        section.findings.refuse(
          .manifestRefused, "'*' is no regular expression",
          hint: "write {} if it only has to be there",
          at: regex.place)
      }
      return .present
    }
    return Self.pattern(regex, key, section)
  }

  /// A pattern of RE2 that Istio accepts; one that nothing matches if it does not.
  private static func pattern(
    _ regex: Given<String>, _ key: String, _ fields: ManifestFields
  ) -> StringMatch? {
    if regex.value.isEmpty {
      fields.findings.refuse(.manifestRefused, "the pattern of '\(key)' is empty", at: regex.place)
      return .exact("")
    }
    if regex.value.utf8.count > 1_024 {
      fields.findings.refuse(
        .manifestRefused, "the pattern of '\(key)' is longer than 1024 characters", at: regex.place)
      return .exact("")
    }
    do throws(PatternError) {
      return .regex(try Pattern(regex.value, .re2))
    } catch {
      fields.findings.refuse(
        error.isUnsupported ? .manifestUnplayable : .manifestRefused,
        "the pattern of '\(key)' is none of RE2: \(error.reason) at character \(error.position + 1)",
        hint: "see github.com/google/re2/wiki/Syntax", at: regex.place)
      return .exact("")
    }
  }
}
