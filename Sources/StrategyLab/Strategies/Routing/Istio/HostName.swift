/// The names of hosts, as Istio and Kubernetes check and compare them.
///
/// Sources: Kubernetes, `IsDNS1123Label`; Istio, pkg/config/validation/agent/validation.go,
/// `ValidateWildcardDomain` and `ValidateFQDN`, and pkg/config/host/name.go, `Matches`.
public enum HostName {
  /// Whether a text is a label: letters, digits and dashes, at most 63, no dash at either end.
  public static func isLabel(_ text: some StringProtocol) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard (1...63).contains(scalars.count), scalars.first != "-", scalars.last != "-" else {
      return false
    }
    return scalars.allSatisfy { isLetterOrDigit($0) || $0 == "-" }
  }

  /// What is wrong with a host name without wildcards, as a half sentence; nil if nothing is.
  public static func problem(_ host: String) -> String? {
    if let problem = lengthProblem(host) { return problem }
    return labelsProblem(host)
  }

  /// What is wrong with a host name that may begin with a wildcard, as a half sentence; nil if nothing is.
  public static func wildcardProblem(_ host: String) -> String? {
    if let problem = lengthProblem(host) { return problem }
    let parts = host.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let first = parts[0]
    let isWildcard =
      first == "*" || first.hasPrefix("*") && isLabel("a" + first.dropFirst()) || isLabel(first)
    if !isWildcard { return "'\(first)' is no label of a host name" }
    return parts.count > 1 ? labelsProblem(String(parts[1])) : nil
  }

  /// Whether two patterns of names have a name in common where one of them covers the other.
  ///
  /// `*.foo.bar` and `*.bar` do; two names without wildcards only if they are equal.
  public static func overlap(_ left: String, _ right: String) -> Bool {
    switch (left.hasPrefix("*"), right.hasPrefix("*")) {
    case (true, true):
      return left.count < right.count
        ? right.dropFirst().hasSuffix(left.dropFirst())
        : left.dropFirst().hasSuffix(right.dropFirst())
    case (true, false): return covers(left, right)
    case (false, true): return covers(right, left)
    case (false, false): return left == right
    }
  }

  /// Whether a name, with or without a wildcard in front, covers a host.
  public static func covers(_ pattern: String, _ host: String) -> Bool {
    if pattern == "*" { return true }
    guard pattern.hasPrefix("*") else { return pattern.lowercased() == host.lowercased() }
    return host.count >= pattern.count
      && host.lowercased().hasSuffix(pattern.lowercased().dropFirst())
  }

  /// Whether one name is the beginning of the other up to a dot: `reviews` and `reviews.prod.svc.cluster.local`.
  public static func isShort(_ left: String, of right: String) -> Bool {
    left == right || right.hasPrefix(left + ".") || left.hasPrefix(right + ".")
  }

  /// The full name of a host that a manifest in a namespace names.
  ///
  /// A name without dots is a service of that namespace.
  public static func full(_ host: String, in namespace: String) -> String {
    host.contains(".") || host.hasPrefix("*") ? host : "\(host).\(namespace).svc.cluster.local"
  }

  /// The Service that a host in a manifest of a namespace means.
  ///
  /// `reviews`, `reviews.shop` and `reviews.shop.svc.cluster.local` are Services; any other host stands for
  /// itself.
  public static func service(_ host: String, in namespace: String) -> (
    name: String, namespace: String
  ) {
    let parts = host.split(separator: ".").map(String.init)
    guard parts.count >= 2, parts.count == 2 || parts[2] == "svc" else { return (host, namespace) }
    return (parts[0], parts[1])
  }

  /// Whether a text is an IPv4 address in the usual form, or could be an IPv6 address.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4 { return parts.allSatisfy { UInt8($0) != nil } }
    return text.filter { $0 == ":" }.count >= 2
      && text.unicodeScalars.allSatisfy { $0.properties.isASCIIHexDigit || $0 == ":" || $0 == "." }
  }

  private static func lengthProblem(_ host: String) -> String? {
    if host.isEmpty { return "the name is empty" }
    return host.utf8.count > 255 ? "the name is longer than 255 characters" : nil
  }

  private static func labelsProblem(_ host: String) -> String? {
    var labels = host.split(separator: ".", omittingEmptySubsequences: false)
    // One dot may close a full name.
    if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
    if let label = labels.first(where: { !isLabel($0) }) {
      return "'\(label)' is no label of a host name"
    }
    guard let top = labels.last, labels.count > 1 else { return nil }
    return top.unicodeScalars.allSatisfy { $0.properties.numericType == .decimal }
      ? "the last label '\(top)' is a number" : nil
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value) || (0x41...0x5A).contains(scalar.value)
      || (0x61...0x7A).contains(scalar.value)
  }
}
