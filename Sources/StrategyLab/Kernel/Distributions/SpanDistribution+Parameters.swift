import LabUnits

extension SpanDistribution {
  /// How a scenario file writes a distribution: a bare span is fixed, a mapping names its law.
  public static let family = VariantFamily(
    name: "distribution", discriminator: "distribution",
    shorthand: VariantFamily.Shorthand(form: "fixed", key: "value"),
    forms: [
      VariantForm(
        name: "fixed", summary: "Always the same length.",
        parameters: [.required("value", .anySpan, "The length.")]),
      VariantForm(
        name: "uniform", summary: "Every length between two bounds equally likely.",
        parameters: [
          .required("from", .anySpan, "The shortest length."),
          .required("to", .anySpan, "The longest length."),
        ]),
      VariantForm(
        name: "exponential", summary: "Without memory, given by its mean.",
        parameters: [.required("mean", .positiveSpan, "The mean length.")]),
      VariantForm(
        name: "lognormal", summary: "Skewed to the right, given by its median and 95th percentile.",
        parameters: [
          .required("median", .positiveSpan, "Half of the draws are shorter."),
          .required("p95", .positiveSpan, "95% of the draws are shorter; at least the median."),
        ]),
      VariantForm(
        name: "gamma", summary: "Given by its mean and its coefficient of variation.",
        parameters: [
          .required("mean", .positiveSpan, "The mean length."),
          .required(
            "variation", .number(0.01...100),
            "Standard deviation divided by mean; 1 is the exponential distribution."),
        ]),
      VariantForm(
        name: "weibull", summary: "Given by its scale and shape.",
        parameters: [
          .required("scale", .positiveSpan, "63.2% of the draws are shorter."),
          .required(
            "shape", .number(0.1...100),
            "Below 1 a heavy tail, 1 the exponential distribution, above 1 wear-out."),
        ]),
      VariantForm(
        name: "pareto", summary: "A heavy tail, given by its least value and its shape.",
        parameters: [
          .required("minimum", .positiveSpan, "No draw is shorter."),
          .required(
            "shape", .number(1.01...100),
            "A draw is t times the minimum or longer with probability t^-shape; the variance is infinite up to 2."
          ),
        ]),
      VariantForm(
        name: "empirical", summary: "One of the given lengths, each equally likely.",
        parameters: [
          .required("values", .list(.anySpan, minimumCount: 1), "The lengths that were measured.")
        ]),
    ])

  /// The distribution that a scenario file describes.
  public init(form: String, values: ParameterValues) {
    switch form {
    case "fixed": self = .fixed(values.span("value"))
    case "uniform": self = .uniform(from: values.span("from"), to: values.span("to"))
    case "exponential": self = .exponential(mean: values.span("mean"))
    case "lognormal":
      self = .lognormal(median: values.span("median"), percentile95: values.span("p95"))
    case "gamma": self = .gamma(mean: values.span("mean"), variation: values.number("variation"))
    case "weibull": self = .weibull(scale: values.span("scale"), shape: values.number("shape"))
    case "pareto": self = .pareto(scale: values.span("minimum"), shape: values.number("shape"))
    case "empirical":
      self = .empirical(
        values.list("values").compactMap { if case .span(let span) = $0 { span } else { nil } })
    default: preconditionFailure("no distribution is called '\(form)'")
    }
  }
}

extension ParameterValues {
  /// The distribution behind a key.
  public func distribution(_ key: String) -> SpanDistribution {
    let (form, values) = variant(key)
    return SpanDistribution(form: form, values: values)
  }
}
