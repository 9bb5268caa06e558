import LabKernel
import LabUnits

/// How many requests arrive, as a rate that is constant between steps.
public struct TrafficModel: Sendable, Hashable {
  /// A rate that holds from an instant until the next step.
  public struct Step: Sendable, Hashable {
    /// When the rate begins.
    public var start: Instant
    /// Requests a second, 0 or more.
    public var requestsPerSecond: Double

    /// A rate from an instant on.
    public init(start: Instant, requestsPerSecond: Double) {
      self.start = start
      self.requestsPerSecond = requestsPerSecond
    }
  }

  /// The steps, in order of time; never empty, the first at instant zero, the last holds for ever.
  public let steps: [Step]

  /// What kind of traffic it is, in a few words: `constant`, `daily`, `steps`, `trace`.
  public let form: String

  /// When each request arrives, in nanoseconds, where that was recorded; nil elsewhere.
  ///
  /// The steps then hold the rates of the same requests.
  public var arrivals: [Int64]?

  /// Traffic from steps.
  ///
  /// - Precondition: there is a step, the first is at zero, the times ascend, and no rate is negative.
  public init(steps: [Step], form: String = "steps") {
    precondition(steps.first?.start == .zero, "traffic begins at instant zero")
    precondition(zip(steps, steps.dropFirst()).allSatisfy { $0.start < $1.start }, "steps ascend")
    precondition(
      steps.allSatisfy { $0.requestsPerSecond >= 0 && $0.requestsPerSecond.isFinite },
      "rates are finite and not negative")
    self.steps = steps
    self.form = form
  }

  /// Traffic that never changes.
  public static func constant(_ requestsPerSecond: Double) -> TrafficModel {
    TrafficModel(
      steps: [Step(start: .zero, requestsPerSecond: requestsPerSecond)], form: "constant")
  }

  /// A day that repeats: a cosine around the mean, in steps.
  ///
  /// - Parameters:
  ///   - mean: Mean requests a second over a day.
  ///   - peakToTrough: The highest rate divided by the lowest, at least 1.
  ///   - peakAt: The time of day of the highest rate.
  ///   - startAt: The time of day at which the release begins.
  ///   - step: How long each constant piece is.
  ///   - horizon: How far the steps reach.
  /// - Returns: traffic in steps of equal length that cover the horizon.
  public static func daily(
    mean: Double, peakToTrough: Double, peakAt: Span, startAt: Span, step: Span, horizon: Span
  ) -> TrafficModel {
    let amplitude = (peakToTrough - 1) / (peakToTrough + 1)
    var steps: [Step] = []
    var start = Span.zero
    while steps.isEmpty || start < horizon {
      // The rate in the middle of the step stands for the whole of it.
      let timeOfDay = startAt.seconds + start.seconds + step.seconds / 2 - peakAt.seconds
      let turns = timeOfDay / 86_400
      let rate = mean * (1 + amplitude * Elementary.cosine(turns: turns))
      steps.append(Step(start: .zero + start, requestsPerSecond: max(0, rate)))
      start += step
    }
    return TrafficModel(steps: steps, form: "daily")
  }

  /// The mean number of requests in the first part of the traffic.
  ///
  /// - Complexity: linear in the number of steps.
  public func requests(until horizon: Span) -> Double {
    var sum = 0.0
    for (index, step) in steps.enumerated() {
      let end = index + 1 < steps.count ? steps[index + 1].start : Instant.distantFuture
      let until = min(end, .zero + horizon)
      if until > step.start { sum += step.requestsPerSecond * (until - step.start).seconds }
    }
    return sum
  }
}

extension TrafficModel {
  /// How a scenario file writes traffic: a bare rate is constant.
  public static let family = VariantFamily(
    name: "traffic", standardForm: nil,
    shorthand: VariantFamily.Shorthand(form: "constant", key: "rate"),
    forms: [
      VariantForm(
        name: "constant", summary: "The same rate all the time.",
        parameters: [.required("rate", .rate, "Requests per unit of time.")]),
      VariantForm(
        name: "daily", summary: "A day that repeats, as a cosine around its mean.",
        parameters: [
          .required("mean", .rate, "Mean rate over a day."),
          .standard(
            "peakToTrough", .number(1...1000), "4", "The highest rate divided by the lowest.",
            source: "NASA-HTTP July 1995: hourly means from 1,140 to 4,536"),
          .standard(
            "peakAt", .span(.zero ... .hours(24)), "14h", "Time of day of the highest rate.",
            source: "NASA-HTTP July 1995: the busiest hour is 14 h"),
          .standard(
            "startAt", .span(.zero ... .hours(24)), "10h",
            "Time of day at which the release begins.",
            source: "assumption of StrategyLab: a morning release"),
          .standard(
            "step", .span(.seconds(1) ... .hours(24)), "5m",
            "The curve is played in constant pieces of this length.",
            source: "assumption of StrategyLab"),
        ]),
      VariantForm(
        name: "steps", summary: "Rates that begin at given times.",
        parameters: [
          .required(
            "points",
            .list(
              .section([
                .required("at", .anySpan, "When the rate begins; the first at 0s, then ascending."),
                .required("rate", .rate, "The rate from then on."),
              ]), minimumCount: 1), "The rates, in order of time.")
        ]),
      VariantForm(
        name: "trace", summary: "Rates or arrivals that were recorded in a CSV file.",
        parameters: [
          .required(
            "file", .file,
            "A CSV file with a header line: seconds or timestamps in the first column, a rate or a count in the second, or one line for each request."
          ),
          .standard(
            "values", .choice(["auto", "rate", "count", "arrivals"]), "auto",
            "What a line holds: a rate per second, a count since the line before, or one request. Auto reads the header.",
            source: "convention of StrategyLab"),
          .standard(
            "scale", .number(1e-6...1e9), "1", "Every rate is multiplied by this number.",
            source: "convention of StrategyLab: the trace as recorded"),
          .standard(
            "from", .anySpan, "0s", "The release begins this long after the trace's first line.",
            source: "convention of StrategyLab"),
          .standard(
            "bin", .positiveSpan, "10s",
            "Arrivals are counted in pieces of this length.", source: "assumption of StrategyLab"),
        ]),
    ])

  /// The traffic that a scenario file describes; nil for a trace, whose file somebody else reads.
  public init?(form: String, values: ParameterValues, horizon: Span) {
    switch form {
    case "constant": self = .constant(values.number("rate"))
    case "daily":
      self = .daily(
        mean: values.number("mean"), peakToTrough: values.number("peakToTrough"),
        peakAt: values.span("peakAt"), startAt: values.span("startAt"), step: values.span("step"),
        horizon: horizon)
    case "steps":
      self.init(
        steps: values.list("points").compactMap { point in
          guard case .section(let keys) = point else { return nil }
          return Step(start: .zero + keys.span("at"), requestsPerSecond: keys.number("rate"))
        })
    default: return nil
    }
  }
}
