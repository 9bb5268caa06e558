import LabStrategies
import LabUnits

extension PlanInspection {
  /// What became of a weight that a step asked for.
  struct HeldWeight {
    var step: ReleaseStep
    var wanted: Double
    /// The share that was there when the fleet was changed again.
    var held: Double
    /// The candidate's part of the replicas that were asked for then.
    var ordered: Double
  }

  /// The weights that steps ask for and do not get.
  var missedWeights: [HeldWeight] {
    let isRouted = strategy.needsTrafficRouting
    return heldWeights.filter { held in
      let tolerance = isRouted ? max(0.002, held.wanted / 20) : halfReplica
      return abs(held.held - held.wanted) > tolerance
    }
  }

  /// Half of one replica's share; what lies closer to a whole replica than that is no surprise.
  private var halfReplica: Double { 0.5 / Double(max(replicas, 1)) - 1e-9 }

  /// Weights that replicas cannot stand for, and weights that a step ends too early for.
  var weightWarnings: [PlanWarning] {
    let half = halfReplica
    let isRouted = strategy.needsTrafficRouting
    let missed = missedWeights
    let unsayable = missed.filter { !isRouted && abs($0.ordered - $0.wanted) > half }
    let unreached = missed.filter { isRouted || abs($0.ordered - $0.wanted) <= half }
    return [unsayableWarning(unsayable), unreachedWarning(unreached)].compactMap { $0 }
  }

  private func unsayableWarning(_ held: [HeldWeight]) -> PlanWarning? {
    guard !held.isEmpty else { return nil }
    let fleet = replicas == 1 ? "1 replica" : "\(replicas) replicas"
    return PlanWarning(
      .weightNotExpressible, .warning,
      "\(fleet) cannot express what the steps ask for: \(list(held))",
      hint: "by replicas the traffic moves in steps of \(PlanText.percent(1 / Double(replicas)));"
        + " let a router split it, or run more replicas")
  }

  private func unreachedWarning(_ held: [HeldWeight]) -> PlanWarning? {
    guard !held.isEmpty else { return nil }
    let isSticky = scenario.users.stickiness == .session && strategy.needsTrafficRouting
    return PlanWarning(
      .weightNotReached, .warning,
      "steps end before their weight is reached: \(list(held))",
      hint: isSticky
        ? "sessions stay on their version for \(scenario.users.sessionDuration.text); write longer pauses"
        : "write longer pauses")
  }

  private func list(_ held: [HeldWeight]) -> String {
    held.map {
      "step \($0.step.number) wants \(PlanText.percent($0.wanted)) and gets \(PlanText.percent($0.held))"
    }
    .joined(separator: ", ")
  }

  /// Each weight that was asked for, with what came of it.
  private var heldWeights: [HeldWeight] {
    let marks = course.marks
    return marks.indices.compactMap { index in
      guard let wanted = marks[index].step.wantedWeight else { return nil }
      let isLast = marks[index...].allSatisfy {
        $0.step.wantedWeight == nil || $0.step.wantedWeight == wanted
      }
      // A release that was undone, or never ended, says nothing about its last weight.
      if isLast, summary.outcome != .promoted { return nil }
      if isLast, wanted == .allCandidate, course.trafficComplete != nil { return nil }
      guard let state = stateHeld(after: index) else { return nil }
      return HeldWeight(
        step: marks[index].step, wanted: wanted.fraction, held: state.weight,
        ordered: share(state.stable, state.candidate))
    }
  }

  /// The fleet at the end of a step and of the pauses that follow it.
  ///
  /// A step by replicas ends before routers know the last of its endpoints, and sessions move during a pause;
  /// so what counts is the end of the last step after it that left the fleet as it was, or asked for the
  /// same weight.
  private func stateHeld(after index: Int) -> ProjectionCourse.Moment? {
    let marks = course.marks
    var ends = marks[(index + 1)...].map { mark in
      ProjectionCourse.Moment(
        time: mark.time, events: [], stable: mark.stable, candidate: mark.candidate,
        weight: mark.candidateWeight)
    }
    if let finish = course.finish { ends.append(course.moments[course.position(upTo: finish)]) }
    guard var held = ends.first else { return nil }
    for (mark, end) in zip(marks[(index + 1)...], ends.dropFirst()) {
      if let wanted = mark.step.wantedWeight {
        guard wanted == marks[index].step.wantedWeight else { break }
      } else {
        guard end.stable.desired == held.stable.desired,
          end.candidate.desired == held.candidate.desired
        else { break }
      }
      held = end
    }
    return held
  }

  private func share(_ stable: ReplicaCounts, _ candidate: ReplicaCounts) -> Double {
    let all = stable.desired + candidate.desired
    return all > 0 ? Double(candidate.desired) / Double(all) : 0
  }
}
