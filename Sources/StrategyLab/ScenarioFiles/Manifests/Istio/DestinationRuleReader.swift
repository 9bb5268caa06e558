import LabStrategies
import LabUnits

/// Reads a DestinationRule, with the findings that Istio's admission would make.
///
/// Source: Istio, pkg/config/validation/validation.go, `ValidateDestinationRule` and `validateLoadBalancer`.
enum DestinationRuleReader {
  /// The DestinationRule that a `spec` describes.
  static func read(_ spec: ManifestFields, name: String, namespace: String) -> DestinationRule {
    var spec = spec
    let host = spec.text("host")?.value ?? ""
    if let problem = HostName.wildcardProblem(host) {
      spec.refuse("host", "the host '\(host)' is no host name: \(problem)")
    }
    return rule(&spec, host: host, name: name, namespace: namespace)
  }

  /// The DestinationRule of a host.
  static func rule(
    _ spec: inout ManifestFields, host: String, name: String = "", namespace: String = "default"
  ) -> DestinationRule {
    let policy = policy(spec.section("trafficPolicy"))
    let subsets = spec.sections("subsets").map { subset($0) }
    spec.pass(["exportTo"])
    spec.leaveOut(["workloadSelector"], "the rule is taken to be for every client")
    spec.close()
    return DestinationRule(
      name: name, namespace: namespace, host: host, policy: policy, subsets: subsets)
  }

  private static func subset(_ section: ManifestFields) -> DestinationRule.Subset {
    var fields = section
    let name = fields.text("name")
    if name.map({ !HostName.isLabel($0.value) }) ?? true {
      fields.refuse("name", "the subset's name '\(name?.value ?? "")' is no name")
    }
    var labels: [String: String] = [:]
    for (key, value) in fields.labels("labels") { labels[key] = value.value }
    let policy = policy(fields.section("trafficPolicy"))
    fields.close()
    return DestinationRule.Subset(name: name?.value ?? "", labels: labels, policy: policy)
  }

  private static func policy(_ section: ManifestFields?) -> DestinationRule.Policy {
    guard var fields = section else { return DestinationRule.Policy() }
    let hash = fields.section("loadBalancer").flatMap { loadBalancer($0) }
    let ports = fields.sections("portLevelSettings").compactMap { section in
      var section = section
      let hash = section.section("loadBalancer").flatMap { loadBalancer($0) }
      guard var port = section.section("port"), let number = port.integer("number") else {
        section.refuse("port", "a setting for a port needs port: {number: ...}")
        return nil as DestinationRule.PortPolicy?
      }
      section.pass(["connectionPool", "outlierDetection", "tls"])
      section.close()
      return DestinationRule.PortPolicy(port: number.value, hash: hash)
    }
    fields.leaveOut(["outlierDetection"], "endpoints are taken to be healthy")
    fields.leaveOut(["connectionPool", "tls", "tunnel", "proxyProtocol", "retryBudget"])
    fields.close()
    return DestinationRule.Policy(hash: hash, ports: ports)
  }

  /// What a load balancer hashes; nil if it draws.
  static func loadBalancer(_ section: ManifestFields) -> HashKey? {
    var fields = section
    _ = fields.text("simple")
    fields.pass(["localityLbSetting"])
    fields.leaveOut(["warmup", "warmupDurationSecs"], "new endpoints get their full share at once")
    defer { fields.close() }
    guard var hash = fields.section("consistentHash") else { return nil }
    if fields.has("simple") {
      fields.refuse("simple", "a load balancer cannot have both 'simple' and 'consistentHash'")
    }
    defer { hash.close() }
    checkTable(&hash)
    let header = hash.text("httpHeaderName").map { HashKey.header($0.value) }
    let parameter = hash.text("httpQueryParameterName").map { HashKey.queryParameter($0.value) }
    let usesAddress = hash.flag("useSourceIp")?.value ?? false
    let cookie = hash.section("httpCookie").map { self.cookie($0) }
    let keys = [header, cookie, usesAddress ? .sourceAddress : nil, parameter].compactMap { $0 }
    if keys.count > 1 { hash.refuse("", "a consistent hash has more than one key") }
    return keys.first
  }

  private static func cookie(_ section: ManifestFields) -> HashKey {
    var fields = section
    let name = fields.text("name")?.value ?? ""
    if name.isEmpty { fields.refuse("name", "the cookie needs a name") }
    let ttl = fields.text("ttl")
    if let ttl, GoDuration.span(ttl.value).map({ $0 < .zero }) ?? true {
      fields.findings.refuse(
        .manifestRefused, "'\(ttl.value)' is no span", hint: "write 3600s", at: ttl.place)
    }
    var names: [String] = []
    for attribute in fields.sections("attributes") {
      var attribute = attribute
      let name = attribute.text("name")?.value ?? ""
      if names.contains(name) {
        attribute.refuse("name", "the cookie's attribute '\(name)' is written twice")
      }
      names.append(name)
    }
    fields.pass(["path"])
    fields.close()
    return .cookie(name, isSetByProxy: ttl != nil)
  }

  /// The sizes of the tables; a table of Maglev has a prime size below 5,000,011.
  private static func checkTable(_ hash: inout ManifestFields) {
    let ring = hash.integer("minimumRingSize")?.value ?? 0
    if ring != 0, hash.has("maglev") || hash.has("ringHash") {
      hash.refuse(
        "minimumRingSize", "'minimumRingSize' cannot stand beside 'maglev' or 'ringHash'")
    }
    if var maglev = hash.section("maglev") {
      let size = maglev.integer("tableSize")?.value ?? 0
      if size == 0 { maglev.refuse("tableSize", "a table of maglev needs a size") }
      if size >= 5_000_011 { maglev.refuse("tableSize", "the table size is not below 5000011") }
      if size != 0, size < 5_000_011, !isPrime(size) {
        maglev.refuse("tableSize", "the table size \(size) is not prime", hint: "write 65537")
      }
      maglev.close()
    }
    if var ringHash = hash.section("ringHash") {
      ringHash.pass(["minimumRingSize"])
      ringHash.close()
    }
  }

  private static func isPrime(_ number: Int) -> Bool {
    guard number > 1 else { return false }
    var divisor = 2
    while divisor * divisor <= number {
      if number % divisor == 0 { return false }
      divisor += 1
    }
    return true
  }
}
