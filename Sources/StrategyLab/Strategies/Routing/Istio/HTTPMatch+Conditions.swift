extension HTTPMatch {
  /// What is asked for, as half sentences joined by `and`; empty if nothing is.
  public var conditions: String {
    var texts: [String] = []
    if let uri { texts.append(uri.condition("the path")) }
    if let method { texts.append(method.condition("the method")) }
    texts += headers.map { $0.match.condition("the header '\($0.name)'") }
    texts += withoutHeaders.map { "not " + $0.match.condition("the header '\($0.name)'") }
    texts += queryParameters.map { $0.match.condition("the query parameter '\($0.name)'") }
    if let scheme { texts.append(scheme.condition("the scheme")) }
    if let authority { texts.append(authority.condition("the authority")) }
    return texts.joined(separator: " and ")
  }
}

extension HTTPRoute.Match {
  /// What is asked for, as half sentences joined by `and`; empty if nothing is.
  public var conditions: String {
    var texts: [String] = []
    switch path {
    case .prefix("/"): break
    case .prefix(let text): texts.append("the path begins with the segments of '\(text)'")
    case .exact(let text): texts.append(StringMatch.exact(text).condition("the path"))
    case .regex(let pattern): texts.append(StringMatch.regex(pattern).condition("the path"))
    }
    if let method { texts.append("the method is '\(method)'") }
    texts += headers.map { $0.match.condition("the header '\($0.name)'") }
    texts += queryParameters.map { $0.match.condition("the query parameter '\($0.name)'") }
    return texts.joined(separator: " and ")
  }
}

extension StringMatch {
  /// What is asked of a value, as a half sentence.
  func condition(_ what: String) -> String {
    switch self {
    case .exact(let text): "\(what) is '\(text)'"
    case .prefix(let text): "\(what) begins with '\(text)'"
    case .regex(let pattern): "\(what) matches '\(pattern.text)'"
    case .present: "\(what) is there"
    }
  }
}
