import LabStrategies
import LabUnits

extension PlanInspection {
  /// What became of a weight that a step asked for.
  struct HeldWeight {
    var step: ReleaseStep
    var wanted: Double
    /// The share that came closest to it before another weight was asked for.
    var nearest: Double
    /// The candidate's part of the replicas that were asked for then.
    var ordered: Double
  }

  /// The weights that steps ask for and do not get.
  var missedWeights: [HeldWeight] {
    let isRouted = strategy.needsTrafficRouting
    return heldWeights.filter { held in
      let tolerance = isRouted ? max(0.002, held.wanted / 20) : halfReplica
      return abs(held.nearest - held.wanted) > tolerance
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
      "step \($0.step.number) wants \(PlanText.percent($0.wanted)) and gets \(PlanText.percent($0.nearest))"
    }
    .joined(separator: ", ")
  }

  /// Each weight that was asked for, with what came of it until the next one was.
  private var heldWeights: [HeldWeight] {
    let marks = course.marks
    return marks.indices.compactMap { index in
      guard let wanted = marks[index].step.wantedWeight?.fraction else { return nil }
      // What the step itself ends with counts only where nothing follows it: endpoints are known a
      // little after the replicas are ready, and sessions move during the pauses.
      var found: [(weight: Double, ordered: Double)] = []
      var isLast = true
      for later in marks[(index + 1)...] {
        found.append((later.candidateWeight, share(later.stable, later.candidate)))
        if later.step.wantedWeight != nil {
          isLast = false
          found = Array(found.suffix(1))
          break
        }
      }
      if isLast {
        // A release that was undone, or never ended, says nothing about its last weight.
        guard summary.outcome == .promoted else { return nil }
        if wanted >= 1, course.trafficComplete != nil { return nil }
        let end = course.moments[course.position(upTo: course.rest)]
        found.append((end.weight, share(end.stable, end.candidate)))
      }
      guard let nearest = found.min(by: { abs($0.weight - wanted) < abs($1.weight - wanted) })
      else { return nil }
      return HeldWeight(
        step: marks[index].step, wanted: wanted, nearest: nearest.weight, ordered: nearest.ordered)
    }
  }

  private func share(_ stable: ReplicaCounts, _ candidate: ReplicaCounts) -> Double {
    let all = stable.desired + candidate.desired
    return all > 0 ? Double(candidate.desired) / Double(all) : 0
  }
}
