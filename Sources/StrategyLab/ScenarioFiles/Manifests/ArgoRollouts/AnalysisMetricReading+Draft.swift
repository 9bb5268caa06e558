import LabStrategies
import LabUnits

extension AnalysisMetricReading {
  /// The metric as a scenario writes it; nil if it cannot be played, which is then listed.
  func node(
    isDryRun: Bool, draft: inout AnalysisDraft, origin: (ManifestPlace, String) -> String
  ) -> DraftNode? {
    guard let name = metric.name, let meanings = meanings() else { return nil }
    let threshold = (meanings.success ?? meanings.failure)?.slowThreshold
    if let threshold {
      let source =
        (meanings.success != nil ? text("successCondition") : text("failureCondition"))
      let place = source.map { origin($0.place, $0.path) } ?? ""
      if let other = draft.slowThreshold, other.span != threshold {
        leaveOut(
          "a scenario has one slow threshold, and another metric has set it to \(other.span.text)")
        return nil
      }
      if draft.slowThreshold == nil { draft.slowThreshold = (threshold, place) }
    }
    var entries = [
      DraftEntry("name", Self.quoted(name.value), origin: origin(name.place, name.path))
    ]
    let of = (meanings.success ?? meanings.failure)?.measure ?? "failures"
    entries.append(DraftEntry("of", of))
    func add(_ key: String, _ meaning: AnalysisMeaning?, _ condition: String) {
      guard let meaning, let text = text(condition) else { return }
      entries.append(
        DraftEntry(
          key, meaning.maximum.text,
          origin: "\(origin(text.place, text.path)): \(Self.line(text.value)), \(meaning.remark)"))
    }
    add("successMaximum", meanings.success, "successCondition")
    add("failureAbove", meanings.failure, "failureCondition")
    for key in AnalysisMetricManifest.spans {
      guard let text = text(key), let span = span(text.value), key != "interval" || span > .zero
      else { continue }
      entries.append(DraftEntry(key, span.text, origin: origin(text.place, text.path)))
    }
    for (key, _) in AnalysisMetricManifest.limits {
      // A count of 0 is one that was not written.
      guard let text = text(key), let number = Int(text.value), key != "count" || number > 0
      else { continue }
      entries.append(DraftEntry(key, String(number), origin: origin(text.place, text.path)))
    }
    if let window = window() {
      entries.append(DraftEntry("window", window.span.text, origin: window.origin))
    }
    if isDryRun { entries.append(DraftEntry("dryRun", "true", origin: "dryRun names the metric")) }
    return .mapping(entries, origin: origin(metric.place, metric.path))
  }

  /// What both conditions mean; nil after a word about it if that is not known.
  private func meanings() -> (success: AnalysisMeaning?, failure: AnalysisMeaning?)? {
    let query = substituted(metric.query)
    let name = metric.name?.value ?? ""
    func meaning(_ key: String, isGood: Bool) -> AnalysisMeaning?? {
      guard let text = text(key) else { return .some(nil) }
      let condition = AnalysisCondition(text.value).flatMap { isGood ? $0 : $0.negated }
      guard let condition,
        let meaning = AnalysisMeaning(good: condition, name: name, query: query)
      else {
        leaveOut(
          "the condition '\(Self.line(text.value))' is not understood as a limit of failed or of slow "
            + "requests, so the metric is taken to pass always; write it under the strategy's analysis "
            + "of the scenario if it matters")
        return nil
      }
      return .some(meaning)
    }
    guard let success = meaning("successCondition", isGood: true),
      let failure = meaning("failureCondition", isGood: false)
    else { return nil }
    if success == nil, failure == nil {
      leaveOut(
        "without a condition a measurement by '\(metric.provider)' says nothing of requests, so the "
          + "metric is taken to pass always")
      return nil
    }
    if let success, let failure,
      success.measure != failure.measure || success.slowThreshold != failure.slowThreshold
    {
      leaveOut("its two conditions speak of different things, so it is taken to pass always")
      return nil
    }
    return (success, failure)
  }

  /// How far back the query looks: the range of its selector, or what its provider says.
  private func window() -> (span: Span, origin: String)? {
    var rest = Substring(substituted(metric.query))
    while let open = rest.firstIndex(of: "["),
      let close = rest[open...].firstIndex(where: { $0 == "]" || $0 == ":" })
    {
      let text = String(rest[rest.index(after: open)..<close])
      if text.first?.isNumber ?? false, let span = span(text), span > .zero {
        return (span, "the range [\(text)] of the query")
      }
      rest = rest[close...].dropFirst()
    }
    guard let text = metric.providerInterval, let span = span(text), span > .zero else {
      return nil
    }
    return (span, "the interval of the provider '\(metric.provider)'")
  }

  private func leaveOut(_ reason: String) {
    findings.leaveOut(
      LeftOutField(object: object, path: metric.path, reason: reason, place: metric.place))
  }

  /// A text on one line, as an origin needs it.
  static func line(_ text: String) -> String {
    text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
  }

  /// A text as YAML that reads back unchanged.
  static func quoted(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter ?? false
      && text.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
      && !["true", "false", "null", "yes", "no"].contains(text.lowercased())
    if isPlain { return text }
    return "\""
      + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
        "\n", with: "\\n")
      + "\""
  }
}
