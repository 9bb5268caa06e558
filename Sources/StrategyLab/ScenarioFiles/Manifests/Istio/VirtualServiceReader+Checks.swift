import LabStrategies
import LabUnits

extension VirtualServiceReader {
  /// Parts of a rule that exclude each other.
  ///
  /// Source: Istio, pkg/config/validation/virtualservice.go, `validateHTTPRouteConflict`.
  mutating func checkConflicts(_ fields: ManifestFields) {
    if fields.has("delegate") {
      guard isDelegate else {
        for key in ["redirect", "directResponse", "route"] where fields.has(key) {
          fields.refuse(key, "a rule that delegates takes no '\(key)'")
        }
        warnAboutMirror(fields)
        return
      }
      fields.refuse("delegate", "a delegate cannot delegate again")
    }
    var fields = fields
    let hasRoute = !fields.items("route").isEmpty
    let answers = ["redirect", "directResponse"].filter { fields.has($0) }
    for answer in answers {
      let excluded = ["fault", "rewrite"].filter { fields.has($0) } + (hasRoute ? ["route"] : [])
      for key in excluded {
        fields.refuse(key, "a rule cannot have both '\(answer)' and '\(key)'")
      }
    }
    if answers.count > 1 {
      fields.refuse("directResponse", "a rule cannot have both 'redirect' and 'directResponse'")
    }
    if answers.isEmpty, !hasRoute {
      fields.refuse(
        "route", "a rule needs a route, a redirect or a direct response",
        hint: "write route: with at least one destination")
    }
    if fields.has("mirror"), !fields.items("mirrors").isEmpty {
      fields.refuse("mirrors", "a rule cannot have both 'mirror' and 'mirrors'")
    }
    warnAboutMirror(fields)
  }

  private mutating func warnAboutMirror(_ fields: ManifestFields) {
    for key in ["mirrorPercent", "mirror_percent"] where fields.has(key) {
      remarks.append(
        RoutingRemark(
          message: "'\(key)' is deprecated; write 'mirrorPercentage: {value: ...}'",
          place: fields.place(of: key)))
    }
  }

  /// Faults that a rule injects.
  mutating func readFault(_ parent: inout ManifestFields, into rule: inout HTTPRule) {
    guard var fields = parent.section("fault") else { return }
    if !fields.has("abort"), !fields.has("delay") {
      fields.refuse("", "a fault needs an abort or a delay")
    }
    if var abort = fields.section("abort") {
      let share = (percentage(&abort, "percentage")?.value ?? 100) / 100
      if let status = abort.integer("httpStatus", -1_000_000...1_000_000) {
        checkStatus(status.value, "httpStatus", abort)
        rule.abort = FaultAbort(share: min(1, max(0, share)), status: status.value)
      } else if !abort.has("grpcStatus") {
        remarks.append(
          RoutingRemark(message: "an abort without a status does nothing", place: abort.place))
      }
      if abort.has("http2Error") { abort.refuse("http2Error", "HTTP/2 aborts are not supported") }
      abort.leaveOut(["grpcStatus"], "only HTTP statuses are played")
      abort.pass(["http2Error"])
      abort.close()
    }
    if var delay = fields.section("delay") {
      let percent = delay.number("percent")?.value
      let share = (percentage(&delay, "percentage")?.value ?? percent ?? 100) / 100
      if let text = delay.text("fixedDelay"), let seconds = span(text, delay) {
        rule.delay = FaultDelay(share: min(1, max(0, share)), seconds: seconds)
      }
      if delay.has("exponentialDelay") {
        delay.refuse("exponentialDelay", "exponential delays are not supported")
      }
      delay.pass(["exponentialDelay"])
      delay.close()
    }
    fields.close()
  }

  /// A span of at least a millisecond.
  func span(_ text: Given<String>, _ fields: ManifestFields) -> Double? {
    let span = GoDuration.span(text.value)
    guard let span, span == .zero || span >= .milliseconds(1) else {
      fields.findings.refuse(
        .manifestRefused, "'\(text.value)' is no span of a millisecond or more",
        hint: "write 7s or 250ms",
        at: text.place)
      return nil
    }
    let seconds = span.seconds
    if span.nanoseconds % 1_000_000 != 0 {
      fields.findings.refuse(
        .manifestRefused, "'\(text.value)' is no whole number of milliseconds", at: text.place)
    }
    if seconds == 0 {
      fields.findings.refuse(.manifestRefused, "the span is below a millisecond", at: text.place)
    }
    return seconds
  }

  func checkStatus(_ status: Int, _ key: String, _ fields: ManifestFields) {
    if !(200...600).contains(status) {
      fields.refuse(key, "the status \(status) is not from 200 to 599")
    }
  }

  func checkPort(_ port: Given<Int>?, _ fields: ManifestFields) {
    if let port, !(1...65_535).contains(port.value) {
      fields.findings.refuse(
        .manifestRefused, "the port \(port.value) is not from 1 to 65535", at: port.place)
    }
  }

  /// Names of headers that are added, set or removed.
  func checkHeaders(_ section: ManifestFields?) {
    guard var headers = section else { return }
    for direction in ["request", "response"] {
      guard var operations = headers.section(direction) else { continue }
      for key in ["add", "set"] {
        guard var names = operations.section(key) else { continue }
        for name in names.keys {
          let isAuthority = direction == "request" && Self.isAuthority(name)
          if !isAuthority { checkOperation(name, at: names.place(of: name), names) }
          if let value = names.text(name) { checkHeaderValue(value, names) }
        }
      }
      for name in operations.texts("remove") { checkOperation(name.value, at: name.place, headers) }
      operations.close()
    }
    headers.close()
  }

  private func checkOperation(
    _ name: String, at place: ManifestPlace, _ fields: ManifestFields
  ) {
    if name.isEmpty || !Self.isHeaderName(name) {
      fields.findings.refuse(.manifestRefused, "'\(name)' is no name of a header", at: place)
    } else if name.hasPrefix(":") || name.lowercased() == "host" {
      fields.findings.refuse(.manifestRefused, "the header '\(name)' cannot be changed", at: place)
    }
  }

  /// A percent sign in a value begins or ends a variable of the proxy, or is doubled.
  ///
  /// Source: Istio, pkg/config/validation/validation.go, `ValidateHTTPHeaderValue`.
  private func checkHeaderValue(_ value: Given<String>, _ fields: ManifestFields) {
    guard value.value.count(where: { $0 == "%" }).isMultiple(of: 2) else {
      fields.findings.refuse(
        .manifestRefused, "'\(value.value)' has a percent sign that is neither doubled nor paired",
        hint: "write %% for the sign itself", at: value.place)
      return
    }
  }

  private static func isAuthority(_ name: String) -> Bool {
    [":authority", "host"].contains(name.lowercased())
  }

  /// Whether a text names a header: the characters of RFC 9110's token, and a colon in front.
  static func isHeaderName(_ name: String) -> Bool {
    let body = name.hasPrefix(":") ? name.dropFirst() : Substring(name)
    return !body.isEmpty
      && body.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
            || "!#$%&'*+-.^_`|~".unicodeScalars.contains(scalar))
      }
  }

  /// Rewriting the authority in two places is refused.
  func checkRewrite(_ fields: inout ManifestFields) {
    var count = 0
    if var headers = fields.section("headers"), var request = headers.section("request") {
      for key in ["set", "add"] {
        count += request.section(key)?.keys.count { Self.isAuthority($0) } ?? 0
      }
    }
    if var rewrite = fields.section("rewrite") {
      let uri = rewrite.text("uri")?.value ?? ""
      let authority = rewrite.text("authority")?.value ?? ""
      let hasPattern = rewrite.has("uriRegexRewrite")
      if !uri.isEmpty, hasPattern {
        rewrite.refuse("uriRegexRewrite", "a rewrite cannot have both 'uri' and 'uriRegexRewrite'")
      }
      if uri.isEmpty, authority.isEmpty, !hasPattern {
        rewrite.refuse("", "a rewrite needs a uri, a pattern or an authority")
      }
      if !authority.isEmpty { count += 1 }
      rewrite.pass(["uriRegexRewrite"])
      rewrite.close()
    }
    if count > 1 { fields.refuse("rewrite", "the authority is rewritten in several places") }
  }

  func checkRetries(_ fields: inout ManifestFields) {
    guard var retries = fields.section("retries") else { return }
    let attempts = retries.integer("attempts", Int(Int32.min)...Int(Int32.max))?.value ?? 0
    if attempts < 0 { retries.refuse("attempts", "the attempts are negative") }
    if attempts == 0 {
      for key in ["perTryTimeout", "retryOn", "retryRemoteLocalities"] where retries.has(key) {
        retries.refuse(key, "'\(key)' has no meaning without attempts")
      }
    }
    if let timeout = retries.text("perTryTimeout") { _ = span(timeout, retries) }
    retries.pass(["retryOn", "retryRemoteLocalities", "backoff", "retryIgnorePreviousHosts"])
    retries.close()
  }

  /// What Istio asks of rules for TCP and TLS, which are not played.
  mutating func checkLayerFour(_ spec: inout ManifestFields) {
    let hosts = spec.texts("hosts").map(\.value)
    for key in ["tcp", "tls"] {
      for section in spec.optionalSections(key) {
        guard var rule = section else { continue }
        let matches = rule.sections("match")
        if key == "tls", matches.isEmpty {
          rule.refuse("match", "a rule for TLS needs a match with sniHosts")
        }
        for match in matches {
          var match = match
          let names = match.texts("sniHosts")
          if key == "tls", names.isEmpty { match.refuse("sniHosts", "a match needs sniHosts") }
          for name in names { checkServerName(name, among: hosts, in: match) }
          checkPort(match.integer("port"), match)
        }
        if rule.items("route").isEmpty { rule.refuse("route", "a rule for \(key) needs a route") }
        _ = destinations(&rule, "route")
      }
    }
  }

  private mutating func checkServerName(
    _ name: Given<String>, among hosts: [String], in fields: ManifestFields
  ) {
    if name.value.hasPrefix("outbound_") { return }
    if let problem = HostName.wildcardProblem(name.value) {
      if HostName.isAddress(name.value) {
        return remarks.append(
          RoutingRemark(
            message: "'\(name.value)' is an address, and most clients send names only",
            place: name.place))
      }
      return fields.findings.refuse(
        .manifestRefused, "'\(name.value)' is no host name: \(problem)", at: name.place)
    }
    if HostName.isAddress(name.value) {
      remarks.append(
        RoutingRemark(
          message: "'\(name.value)' is an address, and most clients send names only",
          place: name.place))
    } else if !hosts.contains(where: { HostName.covers($0, name.value) }) {
      fields.findings.refuse(
        .manifestRefused, "'\(name.value)' is none of the hosts \(hosts.joined(separator: ", "))",
        at: name.place)
    }
  }
}
