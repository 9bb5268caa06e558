import LabStrategies
import LabUnits

/// A metric whose arguments are known: its numbers, whether they may stand so, and what it means.
struct AnalysisMetricReading {
  let metric: AnalysisMetricManifest
  let arguments: [String: String]
  let object: String
  let findings: ManifestFindings

  /// Reports what Argo Rollouts refuses.
  ///
  /// Source: Argo Rollouts, utils/analysis/factory.go, `ValidateMetric`; utils/template/template.go for arguments.
  ///
  /// - Parameter mayRunForever: Whether something else ends the analysis.
  /// - Returns: whether the metric can be played.
  mutating func check(mayRunForever: Bool) -> Bool {
    let before = findings.faults.count
    for (key, least) in AnalysisMetricManifest.limits {
      guard let text = text(key) else { continue }
      guard let number = Int(text.value) else {
        findings.report(.notAnInteger(key, text: text.value), at: text.place)
        continue
      }
      if number < least {
        findings.refuse(
          .manifestRefused, "\(key) must be >= \(least)", hint: "write \(least)", at: text.place)
      }
      if number > 1_000_000 {
        findings.report(.above(key, text: text.value, most: "1000000"), at: text.place)
      }
    }
    for key in AnalysisMetricManifest.spans {
      guard let text = text(key), span(text.value) == nil else { continue }
      findings.refuse(
        .manifestRefused, "invalid \(key) '\(text.value)'",
        hint: "write a duration such as 60s or 1m",
        at: text.place)
    }
    if let count = whole("count"), count > 0, let place = text("count")?.place {
      for key in ["failureLimit", "inconclusiveLimit"] where (whole(key) ?? 0) > count {
        findings.refuse(
          .manifestRefused, "count must be >= \(key)", hint: "write \(key): \(count)",
          at: text(key)?.place ?? place)
      }
      if count > 1, text("interval") == nil {
        findings.refuse(
          .manifestRefused, "interval must be specified when count > 1",
          hint: "write interval: 60s", at: place)
      }
    } else if !mayRunForever, text("interval") != nil {
      findings.refuse(
        .manifestRefused,
        "the metric '\(metric.name?.value ?? "")' runs indefinitely: it has an interval and no count",
        hint: "write count: 5", at: metric.name?.place ?? metric.place)
    }
    return findings.faults.count == before && metric.name != nil && !metric.provider.isEmpty
  }

  /// The text behind a key with its arguments put in; nil after a report if one is missing.
  func text(_ key: String) -> Given<String>? {
    metric.texts[key].flatMap { given in
      let text = substituted(given.value)
      return text.isEmpty ? nil : given.map { _ in text }
    }
  }

  /// A text with the values of its arguments; one without a value stays as it is.
  func substituted(_ text: String) -> String {
    var rest = Substring(text)
    var result = ""
    while let start = rest.firstRange(of: "{{"),
      let end = rest[start.upperBound...].firstRange(of: "}}")
    {
      result += rest[..<start.lowerBound]
      let inner = rest[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
      let value = inner.hasPrefix("args.") ? arguments[String(inner.dropFirst(5))] : nil
      result += value ?? String(rest[start.lowerBound..<end.upperBound])
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  func whole(_ key: String) -> Int? { text(key).flatMap { Int($0.value) } }

  /// A length of time as Go writes it.
  func span(_ text: String) -> Span? {
    guard !text.contains("d"), let span = try? Span(text: text), span <= .hours(24 * 366) else {
      return nil
    }
    return span
  }
}
