import LabStrategies
import LabUnits
import Testing

/// A run as a controller plays it: samples asked for, taken in, and instants to look again.
struct AnalysisRunTests {
  /// Plays a run against counters until it is over or the time is up; says when it took which measurement.
  private func play(
    _ metrics: [AnalysisMetric], until end: Span = .hours(1),
    counts: (Instant) -> MetricSample.Counts
  ) -> (run: AnalysisRun, samples: [(seconds: Double, window: Span)], end: Instant) {
    var run = AnalysisRun(metrics: metrics, startedAt: .zero)
    var (now, sample): (Instant, MetricSample?) = (.zero, nil)
    var samples: [(Double, Span)] = []
    var wakes: [Instant] = []
    while now <= .zero + end {
      for pass in 0... {
        var orders: [ReleaseOrder] = []
        run.pass(now, sample: sample, into: &orders)
        #expect(pass < 10, "the run does not come to rest")
        if orders.isEmpty || pass >= 10 { break }
        for order in orders {
          switch order {
          case .takeSample(over: let window):
            samples.append((now.seconds, window))
            sample = MetricSample(
              time: now, window: window, stable: .init(), candidate: counts(now))
          case .wake(at: let instant):
            #expect(instant > now)
            wakes.append(instant)
          default: Issue.record("a run orders nothing but samples: \(order)")
          }
        }
      }
      guard !run.phase.isCompleted, let next = wakes.filter({ $0 > now }).min() else { break }
      now = next
    }
    return (run, samples, now)
  }

  private func errors(_ limit: Int, count: Int? = 5, of: AnalysisMetric.Measure = .failures)
    -> AnalysisMetric
  {
    AnalysisMetric(
      name: of.rawValue, of: of, successMaximum: .percent(5), interval: .minutes(1), count: count,
      failureLimit: limit)
  }

  @Test func aGoodCandidatePassesAfterItsCount() {
    let (run, samples, end) = play([errors(0)]) { _ in .init(requests: 100, failed: 5) }
    #expect(run.phase == .successful)
    #expect(samples.map(\.seconds) == [0, 60, 120, 180, 240])
    #expect(end.seconds == 240)
    #expect(run.reason == "")
  }

  @Test func oneFailureIsOneTooManyWhereNoneIsAllowed() {
    let (run, samples, end) = play([errors(0)]) {
      .init(requests: 100, failed: $0.seconds < 90 ? 0 : 6)
    }
    #expect(run.phase == .failed)
    #expect(samples.count == 3)
    #expect(end.seconds == 120)
    #expect(
      run.reason
        == "metric 'failures' is Failed: 1 failed measurement, failureLimit 0; 6 of 100 requests failed in the last 1m"
    )
  }

  @Test func withoutRequestsThereAreErrorsAndTheyComeEveryTenSeconds() {
    let (run, samples, _) = play([errors(0)]) { _ in .init() }
    #expect(run.phase == .error)
    #expect(samples.map(\.seconds) == [0, 10, 20, 30, 40])
    #expect(
      run.reason
        == "metric 'failures' is Error: 5 errors in a row, consecutiveErrorLimit 4; no requests in the last 1m"
    )
  }

  @Test func anErrorDoesNotCount() {
    let (run, samples, _) = play([errors(0, count: 2)]) {
      $0.seconds < 15 ? .init() : .init(requests: 10)
    }
    #expect(run.phase == .successful)
    #expect(samples.map(\.seconds) == [0, 10, 20, 80])
  }

  @Test func metricsThatLookBackDifferentlyFarAreMeasuredInOneInstant() {
    var slow = errors(0, of: .slow)
    slow.window = .minutes(5)
    slow.initialDelay = .minutes(1)
    let (run, samples, _) = play([errors(0), slow]) { _ in .init(requests: 100, slow: 1) }
    #expect(run.phase == .successful)
    #expect(samples.map(\.seconds) == [0, 60, 60, 120, 120, 180, 180, 240, 240, 300])
    #expect(samples[2].window == .minutes(5))
  }

  @Test func aBadMetricEndsTheOthersUnlessItIsADryRun() {
    var slow = errors(0, of: .slow)
    let failing = play([errors(0), slow]) { _ in .init(requests: 100, slow: 50) }
    #expect(failing.run.phase == .failed)
    #expect(failing.run.progress.map(\.phase) == [.successful, .failed])
    #expect(failing.end == .zero)
    slow.isDryRun = true
    let dry = play([errors(0), slow]) { _ in .init(requests: 100, slow: 50) }
    #expect(dry.run.phase == .successful)
    #expect(dry.end.seconds == 240)
  }

  @Test func aRunInTheBackgroundEndsWhenItIsEnded() {
    var (run, samples, _) = play([errors(0, count: nil)], until: .minutes(9)) { _ in
      .init(requests: 10)
    }
    #expect(run.phase == .running)
    #expect(samples.count == 10)
    run.terminate()
    #expect(run.phase == .successful)
    #expect(run.nextMeasurement(after: .zero) == nil)
  }

  @Test func whatWasNeverMeasuredIsNoObjection() {
    var run = AnalysisRun(metrics: [errors(0)], startedAt: .zero)
    #expect(run.phase == .pending)
    run.terminate()
    #expect(run.phase == .successful)
    #expect(AnalysisRun(metrics: [], startedAt: .zero).phase == .successful)
  }

  /// Argo Rollouts, utils/analysis/factory_test.go, TestValidateMetrics.
  @Test func contradictionsAreFound() {
    var metric = errors(6)
    metric.inconclusiveLimit = 7
    #expect(
      AnalysisMetric.problems([metric], key: "metrics", mayRunForever: false).map(\.key)
        == ["metrics[0].failureLimit", "metrics[0].inconclusiveLimit"])
    metric = errors(0)
    metric.interval = nil
    #expect(
      AnalysisMetric.problems([metric, metric], key: "m", mayRunForever: false).map(\.key)
        == ["m[0].count", "m[1].name", "m[1].count"])
    let endless = errors(0, count: nil)
    #expect(AnalysisMetric.problems([endless], key: "m", mayRunForever: true).isEmpty)
    #expect(AnalysisMetric.problems([endless], key: "m", mayRunForever: false).count == 1)
  }
}
