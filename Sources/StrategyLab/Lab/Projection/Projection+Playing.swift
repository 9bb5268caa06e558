import LabStrategies
import LabUnits

extension Projection {
  /// The plans of all strategies of a scenario, in the scenario's order.
  ///
  /// - Complexity: a few plays of each strategy; linear in the number of replicas that are created.
  public static func all(of scenario: Scenario) -> [Projection] {
    let stage = ProjectionStage(scenario)
    return scenario.strategies.indices.map { Projection($0, on: stage) }
  }

  /// The plan of one strategy.
  init(_ index: Int, on stage: ProjectionStage) {
    let named = stage.scenario.strategies[index]
    let typical = stage.play(index, pace: .even)
    let course = ProjectionCourse(typical)
    // What never ends at its usual pace does not end at a faster one; asking costs the longest play.
    let earliest = typical.end == nil ? nil : stage.play(index, pace: .instant)
    let summary = Summary(
      typical, course: course, earliest: earliest,
      rollback: Self.rollback(index, on: stage, course))
    self.init(
      strategyName: named.name, kind: named.kind, replicas: stage.scenario.service.replicas,
      isStepwise: course.isStepwise, rows: course.rows, everyRow: course.everyRow,
      summary: summary, warnings: [])
    let inspection = PlanInspection(
      stage: stage, index: index, play: typical, course: course, summary: summary)
    self.summary.missedWeights = inspection.missedWeights.map {
      Summary.MissedWeight(step: $0.step.number, wanted: $0.wanted, held: $0.held)
    }
    warnings = inspection.warnings
  }

  /// Plays the release again, and has it undone when all requests have reached the candidate.
  private static func rollback(
    _ index: Int, on stage: ProjectionStage, _ course: ProjectionCourse
  ) -> Summary.Rollback? {
    guard let finish = course.finish, let complete = course.trafficComplete else { return nil }
    // At the finish itself the order would come after the last one of the release.
    let ordered = min(complete, Instant(nanoseconds: max(0, finish.nanoseconds - 1)))
    let back = stage.play(index, pace: .even, rollback: ordered)
    let metrics = back.result().metrics
    let whole = metrics[.restore].map { Span(seconds: $0) }
    guard back.end == .rolledBack else {
      return Summary.Rollback(ordered: ordered, traffic: nil, whole: whole)
    }
    return Summary.Rollback(
      ordered: ordered, traffic: metrics[.rollback].map { Span(seconds: $0) }, whole: whole)
  }
}

extension Projection.Summary {
  /// What the play of a plan comes to.
  fileprivate init(
    _ play: Simulation, course: ProjectionCourse, earliest: Simulation?, rollback: Rollback?
  ) {
    let run = play.result()
    // Replicas that take no time can finish later: they ask a slow control plane in another order. Such
    // anomalies are as old as scheduling (Graham 1969, doi:10.1137/0117039).
    let earliestFinish = [earliest?.firstEndTime, earliest == nil ? nil : course.finish]
      .compactMap { $0 }.min()
    let request = play.compiled.scenario.service.replicaRequest
    let held = play.ledger.placed.peak
    self.init(
      outcome: run.outcome, waitsFor: run.stallReason,
      earliestFinish: earliestFinish.map { $0 - .zero },
      typicalFinish: course.finish.map { $0 - .zero },
      atRest: course.finish == nil ? nil : course.rest - .zero,
      trafficComplete: course.trafficComplete.map { $0 - .zero },
      mixedVersion: Span(nanoseconds: play.flow.mixedNanoseconds),
      downtime: Span(nanoseconds: play.flow.downNanoseconds),
      peakReplicas: play.ledger.replicas.peak, peakOnNodes: held,
      peakCores: Double(held) * request.cores,
      peakMemoryBytes: Double(held) * Double(request.memoryBytes),
      peakNodes: play.ledger.nodes.peak, quotaReplicas: play.compiled.quotaReplicas,
      rollback: rollback)
  }
}
