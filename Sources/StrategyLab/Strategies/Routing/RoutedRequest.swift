/// A request as a router sees it, and where the router stands.
public struct RoutedRequest: Sendable, Hashable {
  /// The method, in capitals as HTTP has it.
  public var method = "GET"
  /// The path without the query.
  public var path = "/"
  /// The parameters of the query, in their order.
  public var query: [NamedText] = []
  /// The headers, in their order; cookies are one header, `cookie`.
  public var headers: [NamedText] = []
  /// The host that the client asked for.
  public var authority = ""
  /// `http` or `https`.
  public var scheme = "http"
  /// The address of the client, as far as it matters.
  public var clientAddress = ""

  /// A request for `/`.
  public init() {}

  /// The value of a header; nil if it was not sent.
  ///
  /// Names are the same in upper and lower case. The four that begin with a colon are what HTTP/2 makes
  /// of the request line.
  public func header(_ name: String) -> String? {
    let lowercased = name.lowercased()
    switch lowercased {
    case ":method": return method
    case ":path": return path
    case ":authority", "host": return authority
    case ":scheme": return scheme
    default: return headers.first { $0.name.lowercased() == lowercased }?.value
    }
  }

  /// The value of a query parameter; nil if it was not sent.
  public func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

  /// The value of a cookie; nil if it was not sent.
  ///
  /// NGINX takes names to be the same in upper and lower case, others do not.
  public func cookie(_ name: String, ignoresCase: Bool = false) -> String? {
    guard let header = header("cookie") else { return nil }
    for part in header.split(separator: ";") {
      let pair = part.drop { $0 == " " }.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { continue }
      let key = String(pair[0])
      if key == name || ignoresCase && key.lowercased() == name.lowercased() {
        return String(pair[1])
      }
    }
    return nil
  }
}

/// A text with a name: a header, a query parameter.
public struct NamedText: Sendable, Hashable {
  /// The name.
  public var name: String
  /// The text.
  public var value: String

  /// A text with a name.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
