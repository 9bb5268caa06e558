import LabStrategies
import LabUnits
import Testing

/// The strategy as a scenario gives it, and what it says without playing anything.
struct ArgoBlueGreenTests {
  private var full: ArgoBlueGreen {
    var settings = BlueGreenSettings()
    settings.previewReplicaCount = 2
    settings.autoPromotion = false
    let metric = AnalysisMetric(
      name: "errors", of: .failures, successMaximum: .percent(1), interval: .minutes(1), count: 5)
    return ArgoBlueGreen(
      settings, prePromotionAnalysis: [metric], postPromotionAnalysis: [metric])
  }

  @Test func theOutlineHasTheStepsInOrder() {
    #expect(
      full.outline(replicas: 10) == [
        "scale the preview to 2",
        "pre-promotion analysis of errors, with 5 synthetic requests per second",
        "pause until promoted, which a person does after 5m", "scale the new version to 10",
        "switch the active service",
        "post-promotion analysis of errors; a failure switches back at once",
        "scale down the old version 30s after the promotion",
      ])
    #expect(ArgoBlueGreen().outline(replicas: 10).count == 3)
  }

  @Test func theLeastDurationAddsWhatMustPass() {
    let expected = Span.minutes(4 + 5 + 4) + .seconds(30)
    #expect(full.leastDuration == expected)
    #expect(ArgoBlueGreen().leastDuration == .seconds(30))
  }

  @Test func contradictionsAreFound() {
    #expect(full.problems(replicas: 10).isEmpty)
    var silent = full
    silent.previewChecksPerSecond = 0
    silent.postPromotionAnalysis[0].count = nil
    #expect(
      silent.problems(replicas: 10).map(\.key) == [
        "postPromotionAnalysis[0].count", "previewChecksPerSecond",
      ])
  }

  private func counts(_ desired: Int, _ available: Int? = nil) -> ReplicaCounts {
    ReplicaCounts(desired: desired, ready: available ?? desired, available: available ?? desired)
  }

  @Test func theNextPassIsExplained() {
    func next(
      candidate: ReplicaCounts, weight: TrafficWeight = .allStable, phase: String? = nil,
      elapsed: Span = .zero, analysis: String? = nil, isAborted: Bool = false
    ) -> ControllerDecision {
      full.next(
        ControllerState(
          desiredReplicas: 10, stable: counts(10), candidate: candidate, weight: weight,
          phase: phase, elapsed: elapsed, analysis: analysis, isAborted: isAborted))
    }
    #expect(next(candidate: counts(0)).orders == [.scale(.candidate, to: 2)])
    #expect(
      next(candidate: counts(2, 1)).reason
        == "the update waits for the new version: 1 of 2 available")
    #expect(
      next(candidate: counts(2)).reason
        == "the preview is available: the pre-promotion analysis starts")
    #expect(
      next(candidate: counts(2), analysis: "Running").reason
        == "the pre-promotion analysis is under way")
    let failed = next(candidate: counts(2), analysis: "Failed")
    #expect(failed.reason == "the pre-promotion analysis is Failed: the update is aborted")
    #expect(failed.orders == [.rollBack(because: failed.reason)])
    #expect(
      next(candidate: counts(2), phase: "Paused").reason
        == "the update is paused until a person promotes it")
    #expect(
      next(candidate: counts(10)).orders == [
        .route(.allCandidate),
        .begin(
          ReleaseStep(number: 6, title: "post-promotion analysis", wantedWeight: .allCandidate)),
      ])
    let back = next(
      candidate: counts(10), weight: .allCandidate, analysis: "Failed", isAborted: true)
    #expect(back.orders == [.route(.allStable)])
    let promoted = next(
      candidate: counts(10), weight: .allCandidate, elapsed: .seconds(10), analysis: "Successful")
    #expect(promoted.orders == [])
    #expect(promoted.looksAgainAfter == .seconds(20))
    #expect(
      next(
        candidate: counts(10), weight: .allCandidate, elapsed: .seconds(30), analysis: "Successful"
      ).orders == [.scale(.stable, to: 0)])
  }
}
