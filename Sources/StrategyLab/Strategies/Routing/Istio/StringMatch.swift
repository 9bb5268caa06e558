/// How Istio compares a text of a request.
///
/// Source: Istio, networking/v1alpha3/virtual_service.proto, `StringMatch`; SEMANTICS of absence from
/// pilot/pkg/networking/core/route/route.go, `translateHeaderMatch`.
public enum StringMatch: Sendable, Hashable {
  /// Equal, upper and lower case apart.
  case exact(String)
  /// Begins so; a plain prefix, which knows nothing of path segments.
  case prefix(String)
  /// The pattern describes the whole value.
  case regex(Pattern)
  /// Anything, as long as it was sent.
  case present

  /// Why a value is not what is asked for, as a half sentence; nil if it is.
  ///
  /// The value is nil if nothing was sent. `what` names it: `the path`. Case can be ignored for `exact` and
  /// `prefix` only.
  func mismatch(_ value: String?, _ what: String, ignoresCase: Bool = false) -> String? {
    guard let value else { return "\(what) is missing" }
    func folded(_ text: String) -> String { ignoresCase ? text.lowercased() : text }
    switch self {
    case .present: return nil
    case .exact(let text):
      return folded(value) == folded(text) ? nil : "\(what) is '\(value)' and not '\(text)'"
    case .prefix(let text):
      return folded(value).hasPrefix(folded(text))
        ? nil : "\(what) is '\(value)' and does not begin with '\(text)'"
    case .regex(let pattern):
      return pattern.matchesWhole(value)
        ? nil : "\(what) is '\(value)', which '\(pattern.text)' does not match as a whole"
    }
  }
}
