import LabUnits

/// What keys of one form must obey together, where the model would otherwise break a precondition.
enum VariantCoherence {
  /// A contradiction and the key to point at.
  struct Problem {
    /// The key below the variant, or the path below it.
    let key: String
    /// What is wrong.
    let contradiction: ScenarioContradiction
  }

  /// The contradictions among the values of one form, each of which was read well.
  static func problems(family: String, form: String, _ values: ParameterValues) -> [Problem] {
    switch (family, form) {
    case ("distribution", "uniform"):
      ordered(values, "from", "to", words: "the longest length", least: "the shortest")
    case ("distribution", "lognormal"):
      ordered(values, "median", "p95", words: "the 95th percentile", least: "the median")
        + spread(values)
    case ("traffic", "steps"): steps(values.list("points"))
    default: []
    }
  }

  private static func ordered(
    _ values: ParameterValues, _ lower: String, _ upper: String, words: String, least: String
  ) -> [Problem] {
    let (low, high) = (values.span(lower), values.span(upper))
    guard high < low else { return [] }
    return [
      Problem(
        key: upper,
        contradiction: ScenarioContradiction(
          code: .distributionContradiction,
          message: "\(words) \(high.text) is below \(least) \(low.text)",
          hint: "write at least \(low.text)"))
    ]
  }

  /// Beyond a million the variance is larger than a number can be, and means say nothing.
  private static func spread(_ values: ParameterValues) -> [Problem] {
    let (median, high) = (values.span("median"), values.span("p95"))
    let most = median * 1_000_000
    guard high > most else { return [] }
    return [
      Problem(
        key: "p95",
        contradiction: ScenarioContradiction(
          code: .distributionContradiction,
          message:
            "the 95th percentile \(high.text) is more than a million times the median \(median.text)",
          hint: "write at most \(most.text)"))
    ]
  }

  private static func steps(_ points: [ParameterValue]) -> [Problem] {
    var problems: [Problem] = []
    var last: Span?
    for (index, point) in points.enumerated() {
      guard case .section(let keys) = point else { continue }
      let at = keys.span("at")
      func report(_ message: String, _ hint: String) {
        problems.append(
          Problem(
            key: "points[\(index)].at",
            contradiction: ScenarioContradiction(
              code: .trafficContradiction, message: message, hint: hint)))
      }
      if let last, at <= last {
        report(
          "the rate at \(at.text) follows the one at \(last.text)",
          "write the rates in order of time")
      } else if last == nil, at != .zero {
        report("the first rate begins at \(at.text) and not at 0s", "write `at: 0s`")
      }
      last = max(last ?? .zero, at)
    }
    return problems
  }
}
