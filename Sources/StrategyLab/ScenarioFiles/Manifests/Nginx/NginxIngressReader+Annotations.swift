import LabStrategies

extension NginxIngressReader {
  private static let known: Set<String> = [
    "canary", "canary-weight", "canary-weight-total", "canary-by-header", "canary-by-header-value",
    "canary-by-header-pattern", "canary-by-cookie", "affinity-canary-behavior", "affinity",
    "session-cookie-name",
  ]

  /// The annotations that decide where a request goes; the others of ingress-nginx are listed as left out.
  ///
  /// Annotations are texts, so numbers and flags stand in quotes and are read as the controller reads them.
  ///
  /// Source: ingress-nginx, internal/ingress/annotations/parser/main.go, `parseBool` and `parseInt`.
  static func readAnnotations(of object: ManifestObject, into ingress: inout NginxIngress) {
    func text(_ key: String) -> Given<String>? { object.annotation(prefix + key) }
    var canary = NginxCanary()
    canary.isEnabled = text("canary").flatMap { flag($0, in: object) } ?? false
    canary.weight = text("canary-weight").flatMap { number($0, in: object) } ?? 0
    canary.weightTotal = text("canary-weight-total").flatMap { number($0, in: object) }
    canary.header = text("canary-by-header")?.value ?? ""
    canary.headerValue = text("canary-by-header-value")?.value ?? ""
    canary.headerPattern = text("canary-by-header-pattern")?.value ?? ""
    canary.cookie = text("canary-by-cookie")?.value ?? ""
    if let behavior = text("affinity-canary-behavior") {
      if let known = NginxCanary.AffinityBehavior(rawValue: behavior.value) {
        canary.affinityBehavior = known
      } else {
        refuse(behavior, "is neither 'sticky' nor 'legacy'", "write sticky or legacy", in: object)
      }
    }
    checkCanary(canary, of: object)
    if text("affinity")?.value == "cookie" {
      ingress.affinityCookie = text("session-cookie-name")?.value ?? "INGRESSCOOKIE"
    }
    for (key, value) in object.annotations where key.hasPrefix(prefix) {
      guard !known.contains(String(key.dropFirst(prefix.count))) else { continue }
      leaveOut(value, canary.isEnabled ? "ignored on a canary" : "it decides nothing here", object)
    }
    ingress.canary = canary
  }

  private static func checkCanary(_ canary: NginxCanary, of object: ManifestObject) {
    if canary.hasRulesWithoutMark {
      let rule = object.annotations.first { $0.key.hasPrefix(prefix + "canary-") }
      object.fields.findings.refuse(
        "there are canary rules on an Ingress that is no canary",
        hint: "write \(prefix)canary: \"true\"", at: rule?.value.place ?? object.place)
    }
    if let pattern = object.annotation(prefix + "canary-by-header-pattern") {
      check(pattern, in: object)
    }
    if let total = canary.weightTotal, total < 100,
      let place = object.annotation(prefix + "canary-weight-total")
    {
      leaveOut(place, "a total below 100 is ignored, so the weight is out of 100", object)
    }
  }

  /// A flag by the words of Go.
  private static func flag(_ text: Given<String>, in object: ManifestObject) -> Bool? {
    switch text.value {
    case "1", "t", "T", "true", "TRUE", "True": return true
    case "0", "f", "F", "false", "FALSE", "False": return false
    default:
      refuse(text, "is neither true nor false", "write \"true\"", in: object)
      return nil
    }
  }

  private static func number(_ text: Given<String>, in object: ManifestObject) -> Int? {
    guard let number = Int(text.value), (0...Int(Int32.max)).contains(number) else {
      refuse(text, "is no whole number from 0", "write \"10\"", in: object)
      return nil
    }
    return number
  }

  private static func refuse(
    _ text: Given<String>, _ problem: String, _ hint: String, in object: ManifestObject
  ) {
    let key = text.path.split(separator: "/").last ?? ""
    object.fields.findings.refuse(
      "the annotation \(key) '\(text.value)' \(problem)", hint: hint, at: text.place)
  }

  private static func leaveOut(_ text: Given<String>, _ reason: String, _ object: ManifestObject) {
    object.fields.findings.leaveOut(
      LeftOutField(object: object.title, path: text.path, reason: reason, place: text.place))
  }

  /// A pattern that NGINX can play and this program cannot.
  private static func check(_ pattern: Given<String>, in object: ManifestObject) {
    do throws(PatternError) {
      _ = try Pattern(pattern.value, .perl)
    } catch {
      let place = "at character \(error.position + 1)"
      if error.isUnsupported {
        object.fields.findings.refuse(
          .manifestUnplayable,
          "the pattern '\(pattern.value)' has \(error.reason) \(place), which is not played",
          hint: "write it without looking around or back", at: pattern.place)
      } else {
        object.fields.findings.refuse(
          "the pattern '\(pattern.value)' is broken: \(error.reason) \(place)",
          hint: "NGINX would send every request with the header to the main version",
          at: pattern.place)
      }
    }
  }
}
