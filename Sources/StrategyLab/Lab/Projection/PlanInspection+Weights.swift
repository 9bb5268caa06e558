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
  var missedWeights: [HeldWeight] { heldWeights.filter { isFar($0.held, from: $0.wanted) } }

  /// Weights that replicas cannot stand for, and weights that a step ends too early for.
  var weightWarnings: [PlanWarning] {
    let isRouted = strategy.needsTrafficRouting
    let missed = missedWeights
    let unsayable = missed.filter { !isRouted && isFar($0.ordered, from: $0.wanted) }
    let unreached = missed.filter { isRouted || !isFar($0.ordered, from: $0.wanted) }
    return [unsayableWarning(unsayable), unreachedWarning(unreached)].compactMap { $0 }
  }

  /// Whether a share is not what somebody who asked for another one would expect.
  ///
  /// A router is exact but for sessions that stick. Replicas round, and 15% of the weight itself is let
  /// pass: 1 of 9 is taken for 10%, 1 of 4 is not, though three replicas and one above them can do no better.
  private func isFar(_ share: Double, from wanted: Double) -> Bool {
    let tolerance =
      strategy.needsTrafficRouting ? max(0.002, 0.05 * wanted) : max(0.005, 0.15 * wanted)
    return abs(share - wanted) > tolerance
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
      // A pause that repeats the weight of the step before it asks for nothing new.
      let before = marks[..<index].last { $0.step.wantedWeight != nil }
      if before?.step.wantedWeight == wanted { return nil }
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
