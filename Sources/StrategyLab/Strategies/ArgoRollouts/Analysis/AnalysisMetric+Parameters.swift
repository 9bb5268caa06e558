import LabUnits

extension AnalysisMetric {
  /// The metric's keys in a scenario file.
  public static let parameters: [Parameter] = [
    .required("name", .text, "What timelines call the metric."),
    .required(
      "of", .choice(Measure.allCases.map { $0.rawValue }),
      "What is counted among the candidate's requests: failures, or answers above `monitoring.slowThreshold`."
    ),
    .optional(
      "successMaximum", .part, "A measurement up to this share is successful.",
      source: "Argo Rollouts, analysis_types.go, successCondition"),
    .optional(
      "failureAbove", .part, "A measurement above this share is failed.",
      source: "Argo Rollouts, analysis_types.go, failureCondition"),
    .optional(
      "interval", .positiveSpan,
      "The time between two measurements; without it there is only one.",
      source: "Argo Rollouts, analysis_types.go, interval"),
    .optional(
      "count", .integer(1...1_000_000),
      "How many measurements are taken. Left out: one without an interval, and no end with one.",
      source: "Argo Rollouts, analysis_types.go, count"),
    .standard(
      "initialDelay", .anySpan, "0s", "The time before the first measurement.",
      source: "Argo Rollouts, analysis_types.go, initialDelay"),
    .standard(
      "failureLimit", .integer(-1...1_000_000), "0",
      "How many failed measurements are allowed; -1 for any number.",
      source: "Argo Rollouts, analysis_types.go, failureLimit"),
    .standard(
      "inconclusiveLimit", .integer(0...1_000_000), "0",
      "How many measurements may meet neither of two conditions.",
      source: "Argo Rollouts, analysis_types.go, inconclusiveLimit"),
    .standard(
      "consecutiveErrorLimit", .integer(0...1_000_000), "4",
      "How many measurements in a row may find no data.",
      source: "Argo Rollouts, utils/defaults/defaults.go, DefaultConsecutiveErrorLimit"),
    .optional(
      "consecutiveSuccessLimit", .integer(0...1_000_000),
      "So many successes in a row end the metric early.",
      source: "Argo Rollouts, analysis_types.go, consecutiveSuccessLimit"),
    .standard(
      "window", .positiveSpan, "1m", "How far a measurement looks back.",
      source: "assumption of StrategyLab: a rate over the last minute"),
    .standard(
      "dryRun", .flag, "false", "Whether the metric is measured without any consequence.",
      source: "Argo Rollouts, analysis_types.go, dryRun"),
  ]

  /// The metric with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    self.init(
      name: values.text("name"),
      of: values.text("of") == Measure.slow.rawValue ? .slow : .failures,
      successMaximum: values.has("successMaximum") ? values.share("successMaximum") : nil,
      failureAbove: values.has("failureAbove") ? values.share("failureAbove") : nil,
      interval: values.has("interval") ? values.span("interval") : nil,
      count: values.has("count") ? values.integer("count") : nil,
      initialDelay: values.span("initialDelay"), failureLimit: values.integer("failureLimit"),
      inconclusiveLimit: values.integer("inconclusiveLimit"),
      consecutiveErrorLimit: values.integer("consecutiveErrorLimit"),
      consecutiveSuccessLimit: values.has("consecutiveSuccessLimit")
        ? values.integer("consecutiveSuccessLimit") : nil,
      window: values.span("window"), isDryRun: values.flag("dryRun"))
  }

  /// The metrics in the items of a list.
  static func list(_ items: [ParameterValue]) -> [AnalysisMetric] {
    items.map { item in
      guard case .section(let values) = item else {
        preconditionFailure("a metric of an analysis is a section")
      }
      return AnalysisMetric(values)
    }
  }

  /// What is wrong with the metrics behind a key.
  ///
  /// - Parameters:
  ///   - metrics: The metrics of one analysis.
  ///   - key: The key of the strategy.
  ///   - mayRunForever: Whether something else ends the analysis, as the end of the steps ends one in the
  ///     background.
  /// - Returns: the contradictions, metric by metric.
  ///
  /// Source: Argo Rollouts, utils/analysis/factory.go, `ValidateMetrics`;
  /// pkg/apis/rollouts/validation/validation_references.go, `ValidateAnalysisMetrics`.
  public static func problems(
    _ metrics: [AnalysisMetric], key: String, mayRunForever: Bool
  ) -> [StrategyProblem] {
    metrics.indices.flatMap { index -> [StrategyProblem] in
      let metric = metrics[index]
      let place = "\(key)[\(index)]"
      var problems: [StrategyProblem] = []
      if metrics[..<index].contains(where: { $0.name == metric.name }) {
        problems.append(
          StrategyProblem(
            key: "\(place).name", message: "the metric '\(metric.name)' is there already",
            hint: "give each metric of an analysis a name of its own"))
      }
      if !mayRunForever, metric.effectiveCount == nil {
        problems.append(
          StrategyProblem(
            key: "\(place).count",
            message: "the metric '\(metric.name)' has no count and so never ends",
            hint: "write count: 5"))
      }
      if let count = metric.count, count > 0 {
        if count < metric.failureLimit {
          problems.append(
            StrategyProblem(
              key: "\(place).failureLimit",
              message: "the count of \(count) is below the failureLimit of \(metric.failureLimit)",
              hint: "write a failureLimit of at most \(count)"))
        }
        if count < metric.inconclusiveLimit {
          problems.append(
            StrategyProblem(
              key: "\(place).inconclusiveLimit",
              message: "the count of \(count) is below the inconclusiveLimit of "
                + "\(metric.inconclusiveLimit)",
              hint: "write an inconclusiveLimit of at most \(count)"))
        }
        if count > 1, metric.interval == nil {
          problems.append(
            StrategyProblem(
              key: "\(place).count", message: "\(count) measurements need an interval",
              hint: "write interval: 1m"))
        }
      }
      return problems
    }
  }
}
