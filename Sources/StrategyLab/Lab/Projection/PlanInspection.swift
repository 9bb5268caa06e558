import LabStrategies
import LabUnits

/// Looks for what a plan cannot do although it says so.
struct PlanInspection {
  let stage: ProjectionStage
  let index: Int
  let play: Simulation
  let course: ProjectionCourse
  let summary: Projection.Summary

  var scenario: Scenario { stage.scenario }
  var strategy: any ReleaseStrategy { scenario.strategies[index].strategy }
  var replicas: Int { scenario.service.replicas }

  /// Everything that was found, the worst first.
  var warnings: [PlanWarning] {
    let found =
      [standstill, selfRollback, shortHorizon].compactMap { $0 } + weightWarnings
      + [analysisWarning].compactMap { $0 } + parameterWarnings
      + [downtimeWarning, personWarning, placesWarning].compactMap { $0 }
    return PlanWarning.Severity.allCases.flatMap { severity in
      found.filter { $0.severity == severity }
    }
  }

  /// The release undoes itself although nothing is wrong.
  private var selfRollback: PlanWarning? {
    guard let decision = play.watch.decision else { return nil }
    let said = course.moments.first { $0.time == decision }?.events.joined(separator: "; ") ?? ""
    return PlanWarning(
      .rollsBack, .serious,
      "the release undoes itself after \(PlanText.span(decision - .zero)) although nothing is wrong: \(said)"
    )
  }

  private var shortHorizon: PlanWarning? {
    let horizon = scenario.experiment.horizon
    guard let finish = summary.typicalFinish, finish > horizon else { return nil }
    return PlanWarning(
      .horizonTooShort, .warning,
      "the release finishes after \(PlanText.span(finish)), and the horizon of a comparison is \(horizon.text)",
      hint: "write a horizon of at least \(PlanText.hours(above: finish))")
  }

  private var parameterWarnings: [PlanWarning] {
    guard let checked = strategy as? any PlanChecked else { return [] }
    return checked.planWarnings(replicas: replicas).map { problem in
      PlanWarning(
        .parameters, .warning, "\(problem.key): \(problem.message)", hint: problem.hint)
    }
  }

  private var downtimeWarning: PlanWarning? {
    guard summary.downtime > .zero else { return nil }
    let service = scenario.service
    let hint: String
    if service.preStop < service.endpointPropagation,
      summary.downtime <= service.endpointPropagation
    {
      hint =
        "replicas stop before routers know of it; write preStop: \(service.endpointPropagation.text) or more"
    } else if strategy is RollingUpdate {
      hint = "write maxUnavailable: 0"
    } else {
      hint = "a rolling update or a switch between two versions keeps the service up"
    }
    return PlanWarning(
      .nobodyAnswers, .warning, "nobody answers for \(PlanText.span(summary.downtime))", hint: hint)
  }

  private var personWarning: PlanWarning? {
    let waits = course.marks.indices.filter { course.marks[$0].step.waitsForPerson }
    guard !waits.isEmpty else { return nil }
    let named = waits.map { position in
      let mark = course.marks[position]
      let next = position + 1 < course.marks.count ? course.marks[position + 1].time : course.finish
      let length = next.map { " after \(PlanText.span($0 - mark.time))" } ?? ""
      return "step \(mark.step.number), '\(mark.step.title)'\(length)"
    }
    return PlanWarning(
      .waitsForPerson, .note,
      "the plan supposes that a person lets the release go on: " + named.joined(separator: "; "))
  }

  private var placesWarning: PlanWarning? {
    let waiting = play.ledger.pending.peak
    guard summary.typicalFinish != nil, waiting > 0 else { return nil }
    let (before, most) = (play.compiled.initialNodes, summary.peakNodes)
    let noun = waiting == 1 ? "1 replica waits" : "up to \(waiting) replicas wait"
    let way =
      most > before ? ", and the cluster grows from \(before) to \(most) nodes" : " until others go"
    return PlanWarning(.waitsForPlaces, .note, "\(noun) for a place on the way\(way)")
  }
}
