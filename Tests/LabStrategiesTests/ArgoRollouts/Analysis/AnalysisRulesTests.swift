import LabStrategies
import LabUnits
import Testing

/// The rules of an analysis, by Argo Rollouts' own tests in analysis/analysis_test.go unless a table says otherwise.
struct AnalysisRulesTests {
  /// utils/evaluate/evaluate_test.go, TestEvaluateResult*.
  @Test(arguments: [
    (nil, nil, AnalysisPhase.successful),
    (AnalysisMeasurement.Condition.yes, nil, .successful), (.no, nil, .failed),
    (nil, AnalysisMeasurement.Condition.yes, .failed), (nil, .no, .successful),
    (.yes, .no, .successful), (.no, .no, .inconclusive), (.no, .yes, .failed),
    (.yes, .yes, .failed), (.broken, .yes, .error), (.yes, .broken, .error),
  ])
  func conditionsJudgeAMeasurement(
    _ success: AnalysisMeasurement.Condition?, _ failure: AnalysisMeasurement.Condition?,
    _ phase: AnalysisPhase
  ) {
    #expect(AnalysisMeasurement.phase(success: success, failure: failure) == phase)
  }

  @Test(arguments: [
    (100, 5, AnalysisPhase.successful), (100, 6, .inconclusive), (100, 10, .inconclusive),
    (100, 11, .failed), (1, 0, .successful), (0, 0, .error),
    (Int.max, Int.max / 20, .successful), (Int.max, Int.max, .failed),
  ])
  func sharesAreComparedExactly(_ requests: Int, _ failed: Int, _ phase: AnalysisPhase) {
    let metric = AnalysisMetric(
      name: "errors", of: .failures, successMaximum: .percent(5), failureAbove: .percent(10))
    let counts = MetricSample.Counts(requests: requests, failed: failed)
    #expect(AnalysisMeasurement.phase(of: counts, for: metric) == phase)
  }

  /// utils/analysis/helpers_test.go, TestIsWorst.
  @Test func badnessHasOneOrder() {
    let order: [AnalysisPhase] = [
      .successful, .running, .pending, .inconclusive, .error, .failed,
    ]
    #expect(order == AnalysisPhase.allCases.sorted())
    #expect(!(AnalysisPhase.failed < .failed))
  }

  struct Assessment: Sendable {
    var name: String
    var metric = AnalysisMetric(name: "errors", of: .failures, interval: .minutes(1))
    var counts: (failed: Int, inconclusive: Int, consecutiveError: Int, consecutiveSuccess: Int)
    var count: Int
    var going: AnalysisPhase
    var terminating: AnalysisPhase

    init(
      _ name: String, limit: Int = 0, inconclusiveLimit: Int = 0, wanted: Int? = nil,
      successes: Int? = nil, failed: Int = 0, inconclusive: Int = 0, errors: Int = 0,
      row: Int = 0, count: Int, _ going: AnalysisPhase, _ terminating: AnalysisPhase
    ) {
      self.name = name
      metric.failureLimit = limit
      metric.inconclusiveLimit = inconclusiveLimit
      metric.count = wanted
      metric.consecutiveSuccessLimit = successes
      counts = (failed, inconclusive, errors, row)
      self.count = count
      self.going = going
      self.terminating = terminating
    }
  }

  static let assessments: [Assessment] = [
    .init(
      "TestAssessMetricStatusFailureLimit, above", limit: 2, failed: 3, count: 3, .failed, .failed),
    .init(
      "TestAssessMetricStatusFailureLimit, at", limit: 3, failed: 3, count: 3, .running, .successful
    ),
    .init(
      "TestAssessMetricStatusInconclusiveLimit", inconclusiveLimit: 2, inconclusive: 3, count: 3,
      .inconclusive, .inconclusive),
    .init("TestAssessMetricStatusConsecutiveErrors, five", errors: 5, count: 5, .error, .error),
    .init(
      "TestAssessMetricStatusConsecutiveErrors, four", errors: 4, count: 5, .running, .successful),
    .init("TestAssessMetricStatusCountReached", wanted: 10, count: 10, .successful, .successful),
    .init(
      "TestAssessMetricStatusCountReached, half inconclusive", wanted: 10, inconclusive: 5,
      count: 10, .inconclusive, .inconclusive),
    .init(
      "TestAssessMetricStatusConsecutiveSuccessLimit, reached", limit: -1, successes: 3, failed: 3,
      row: 3, count: 7, .successful, .successful),
    .init(
      "TestAssessMetricStatusConsecutiveSuccessLimit, count first", limit: -1, wanted: 7,
      successes: 5, failed: 3, row: 3, count: 7, .failed, .failed),
    .init(
      "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit, neither", limit: 4, wanted: 10,
      successes: 4, failed: 4, row: 3, count: 10, .inconclusive, .inconclusive),
    .init(
      "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit, both", limit: 4, wanted: 10,
      successes: 4, failed: 5, row: 4, count: 10, .failed, .failed),
  ]

  @Test(arguments: assessments)
  func limitsJudgeAMetric(_ one: Assessment) {
    var progress = MetricProgress()
    progress.count = one.count
    progress.failed = one.counts.failed
    progress.inconclusive = one.counts.inconclusive
    progress.consecutiveError = one.counts.consecutiveError
    progress.consecutiveSuccess = one.counts.consecutiveSuccess
    progress.last = .init(phase: .failed, finished: .zero)
    #expect(progress.assessment(one.metric, isTerminating: false) == one.going, "\(one.name)")
    #expect(progress.assessment(one.metric, isTerminating: true) == one.terminating, "\(one.name)")
  }

  /// TestCalculateNextReconcile*: the interval counts from the end, an error is tried again after 10 s.
  @Test(arguments: [
    (AnalysisPhase.successful, Span.minutes(1) as Span?, Span.minutes(1) as Span?),
    (.error, .minutes(5), .seconds(10)), (.error, nil, .seconds(10)), (.successful, nil, nil),
  ])
  func theNextMeasurementIsPlanned(_ last: AnalysisPhase, _ interval: Span?, _ next: Span?) {
    let metric = AnalysisMetric(name: "errors", of: .failures, interval: interval)
    var progress = MetricProgress()
    progress.add(last)
    progress.last = .init(phase: last, finished: .zero)
    let planned = progress.next(metric, after: .zero, startedAt: .zero)
    let wanted = next.map { Instant.zero + $0 }
    #expect(planned == wanted)
    guard let planned else { return }
    let before = Instant(nanoseconds: planned.nanoseconds - 1)
    #expect(!progress.isDue(metric, at: before, startedAt: .zero, isTerminating: false))
    #expect(progress.isDue(metric, at: planned, startedAt: .zero, isTerminating: false))
    #expect(!progress.isDue(metric, at: planned, startedAt: .zero, isTerminating: true))
  }

  /// TestAssessRunStatus, TestReconcileAnalysisRunTerminateSiblingAfterFail.
  @Test func theWorstMetricSpeaksForTheRun() {
    #expect(phase([.successful, .running]) == .running)
    #expect(phase([.successful, .failed]) == .failed)
    #expect(phase([.running, .failed]) == .running)
    #expect(phase([.running, .failed], isTerminating: true) == .failed)
    #expect(phase([.error, .inconclusive]) == .error)
    #expect(phase([], isTerminating: true) == .successful)
    #expect(
      AnalysisRun.phase([(.failed, true), (.successful, false)], isTerminating: false)
        == .successful)
  }

  private func phase(_ phases: [AnalysisPhase], isTerminating: Bool = false) -> AnalysisPhase {
    AnalysisRun.phase(phases.map { ($0, false) }, isTerminating: isTerminating)
  }
}
