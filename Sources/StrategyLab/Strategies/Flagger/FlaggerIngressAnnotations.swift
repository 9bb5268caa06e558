/// A condition on a header, as far as ingress-nginx can express it.
public struct FlaggerHeaderMatch: Sendable, Hashable {
  /// The header's name; `cookie` stands for a cookie.
  public var header: String
  /// The exact value; for a cookie, its name, whose value must then be `always`.
  public var exact: String
  /// The regular expression for the value.
  public var regex: String

  /// A condition.
  public init(header: String, exact: String = "", regex: String = "") {
    self.header = header
    self.exact = exact
    self.regex = regex
  }
}

/// The annotations that Flagger writes on the Ingress of the canary, without their prefix.
///
/// Source: Flagger, pkg/router/ingress.go, `SetRoutes`.
public enum FlaggerIngressAnnotations {
  /// One annotation.
  public struct Annotation: Sendable, Hashable {
    /// The part behind the prefix `nginx.ingress.kubernetes.io/`.
    public var name: String
    /// Its text.
    public var value: String
  }

  /// The annotations for a weight; where several conditions name headers, the last one counts.
  ///
  /// - Parameters:
  ///   - canaryWeight: The canary's weight in percent.
  ///   - match: The conditions of an A/B test; empty if it is none.
  /// - Returns: the annotations in a fixed order.
  public static func annotations(
    canaryWeight: Int, match: [FlaggerHeaderMatch] = []
  ) -> [Annotation] {
    let canary = Annotation(name: "canary", value: "true")
    guard canaryWeight > 0 else { return [canary, .init(name: "canary-weight", value: "0")] }
    guard !match.isEmpty else {
      return [canary, .init(name: "canary-weight", value: "\(canaryWeight)")]
    }
    let cookie = match.last { $0.header == "cookie" }
    let header = match.last { $0.header != "cookie" }
    let texts = [
      ("canary-by-cookie", cookie?.exact), ("canary-by-header", header?.header),
      ("canary-by-header-value", header?.exact), ("canary-by-header-pattern", header?.regex),
    ]
    return [canary]
      + texts.compactMap { name, text in
        guard let text, !text.isEmpty else { return nil }
        return Annotation(name: name, value: text)
      }
  }
}
