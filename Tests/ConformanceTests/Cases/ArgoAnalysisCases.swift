import LabStrategies
import LabUnits

/// The rules of `argo_analysis.json`.
enum ArgoAnalysisCases {
  static let rules: [String: CaseRule] = [
    "counters": counters, "measurementPhase": measurementPhase, "metricPhase": metricPhase,
    "nextMeasurement": nextMeasurement, "runPhase": runPhase,
    "takeMeasurement": takeMeasurement, "worsePhase": worsePhase,
  ]

  /// Cases count back from now; no clock is asked.
  private static let now = Instant.zero + .hours(1000)

  private static func counters(_ one: ConformanceCase) throws -> CaseValue {
    var result = try progress(one.input["before"])
    result.add(try phase(one.input["measurement"]))
    return [
      "after": [
        "count": .integer(result.count), "successful": .integer(result.successful),
        "failed": .integer(result.failed), "inconclusive": .integer(result.inconclusive),
        "error": .integer(result.error),
        "consecutiveError": .integer(result.consecutiveError),
        "consecutiveSuccess": .integer(result.consecutiveSuccess),
      ]
    ]
  }

  private static func measurementPhase(_ one: ConformanceCase) throws -> CaseValue {
    answer(
      AnalysisMeasurement.phase(
        success: try condition(one.input["successCondition"]),
        failure: try condition(one.input["failureCondition"])))
  }

  private static func metricPhase(_ one: ConformanceCase) throws -> CaseValue {
    let result = try progress(one.input["result"])
    return answer(
      result.assessment(
        metric(one.input["metric"]), isTerminating: one.input["terminating"].flag ?? false))
  }

  private static func nextMeasurement(_ one: ConformanceCase) throws -> CaseValue {
    let times = try (one.input["metrics"].list ?? []).compactMap { item in
      try progress(item).next(metric(item), after: now, startedAt: start(item, one.input))
    }
    return ["inSeconds": times.min().map { .number(($0 - now).seconds) } ?? .null]
  }

  private static func takeMeasurement(_ one: ConformanceCase) throws -> CaseValue {
    let items = one.input["metrics"].list ?? []
    let metrics = items.map { metric($0) }
    let results = try items.map { try progress($0) }
    let isTerminating =
      one.input["terminating"].flag ?? AnalysisRun.isTerminating(metrics, results)
    return [
      "measure": .list(
        items.indices.map { index in
          .flag(
            results[index].isDue(
              metrics[index], at: now, startedAt: start(items[index], one.input),
              isTerminating: isTerminating))
        })
    ]
  }

  private static func runPhase(_ one: ConformanceCase) throws -> CaseValue {
    let texts = (one.input["metricPhases"].list ?? []).map { $0.text ?? "" }
    return answer(
      AnalysisRun.phase(
        try texts.map { (try phase(.text($0)), $0.contains("dry")) },
        isTerminating: one.input["terminating"].flag
          ?? texts.contains { $0.contains("terminated") }))
  }

  private static func worsePhase(_ one: ConformanceCase) throws -> CaseValue {
    ["newIsWorse": .flag(try phase(one.input["current"]) < phase(one.input["new"]))]
  }
}

extension ArgoAnalysisCases {
  private static func answer(_ phase: AnalysisPhase) -> CaseValue {
    ["phase": .text(phase.rawValue)]
  }

  /// A phase, which may have a remark in parentheses behind it.
  private static func phase(_ value: CaseValue) throws -> AnalysisPhase {
    let word = value.text?.prefix { $0 != " " } ?? ""
    guard let phase = AnalysisPhase(rawValue: String(word)) else {
      throw NotApplicable("'\(value.jsonText)' is no phase")
    }
    return phase
  }

  private static func condition(_ value: CaseValue) throws -> AnalysisMeasurement.Condition? {
    switch value.text ?? "" {
    case "": return nil
    case "true": return .yes
    case "false": return .no
    case let text where text.hasPrefix("<"): return .broken
    // A name that nothing carries; the only one that exists is `result`.
    case let text where text != "result" && text.allSatisfy(\.isLetter): return .broken
    default:
      throw NotApplicable("the condition \(value.jsonText) needs an evaluator of expressions")
    }
  }

  private static func metric(_ input: CaseValue) -> AnalysisMetric {
    AnalysisMetric(
      name: input["name"].text ?? "", of: .failures, interval: span(input["interval"]),
      count: whole(input["count"]), initialDelay: span(input["initialDelay"]) ?? .zero,
      failureLimit: whole(input["failureLimit"]) ?? 0,
      inconclusiveLimit: whole(input["inconclusiveLimit"]) ?? 0,
      consecutiveErrorLimit: whole(input["consecutiveErrorLimit"]) ?? 4,
      consecutiveSuccessLimit: whole(input["consecutiveSuccessLimit"]),
      isDryRun: input["dryRun"].flag ?? false)
  }

  /// Counters by their own names; a last measurement by its phase, or by how long ago it ended.
  private static func progress(_ input: CaseValue) throws -> MetricProgress {
    var progress = MetricProgress()
    if !input["phase"].isNull { progress.phase = try phase(input["phase"]) }
    progress.count = input["count"].integer ?? 0
    if let measured = input["measured"].integer {
      progress.count = measured
    } else if input.has("lastFinishedSecondsAgo") {
      // There `count` is the metric's; a measurement that has ended without an error was counted.
      let isCounted =
        input["lastFinishedSecondsAgo"].number != nil && input["lastPhase"].text != "Error"
      progress.count = isCounted ? 1 : 0
    }
    progress.successful = input["successful"].integer ?? 0
    progress.failed = input["failed"].integer ?? 0
    progress.inconclusive = input["inconclusive"].integer ?? 0
    progress.error = input["error"].integer ?? 0
    progress.consecutiveError = input["consecutiveError"].integer ?? 0
    progress.consecutiveSuccess = input["consecutiveSuccess"].integer ?? 0
    let resumes = (input["resumeInSeconds"].number ?? input["resumeAtInSeconds"].number).map {
      now + Span(seconds: $0)
    }
    let phaseOfLast = input["lastPhase"].isNull ? input["lastMeasurement"] : input["lastPhase"]
    if let ago = input["lastFinishedSecondsAgo"].number {
      progress.last = MetricProgress.Last(
        phase: phaseOfLast.isNull ? .successful : try phase(phaseOfLast),
        finished: now + Span(seconds: -ago))
    } else if resumes != nil || input["inFlight"].flag == true {
      progress.last = MetricProgress.Last(phase: .running, finished: nil, resumes: resumes)
    } else if !phaseOfLast.isNull {
      let phase = try phase(phaseOfLast)
      progress.last = MetricProgress.Last(phase: phase, finished: phase.isCompleted ? now : nil)
    }
    return progress
  }

  private static func start(_ metric: CaseValue, _ input: CaseValue) -> Instant? {
    (metric["runStartedSecondsAgo"].number ?? input["runStartedSecondsAgo"].number).map {
      now + Span(seconds: -$0)
    }
  }

  /// A length of time; one that cannot be read never passes.
  private static func span(_ value: CaseValue) -> Span? {
    guard let text = value.text, !text.isEmpty else { return nil }
    return (try? Span(text: text)) ?? Span(nanoseconds: .max)
  }

  private static func whole(_ value: CaseValue) -> Int? {
    value.integer ?? value.text.flatMap { Int($0) }
  }
}
