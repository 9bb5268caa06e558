import LabStrategies
import LabUnits
import StrategyLab

extension Timeline {
  /// The fleet from one instant to the next.
  struct Step {
    /// When this state begins.
    var time: Instant
    /// What happened at that instant, in order; empty where only the counts changed.
    var events: [String]
    /// Stable's replicas.
    var stable: ReplicaCounts
    /// The candidate's replicas.
    var candidate: ReplicaCounts
    /// The share of requests that goes to the candidate, 0 to 1.
    var candidateWeight: Double
  }

  /// The rows with those of one instant put together, so that every time stands once.
  var steps: [Step] {
    var steps: [Step] = []
    for row in rows {
      let events = row.event.isEmpty ? [] : [row.event]
      if let last = steps.indices.last, steps[last].time == row.time {
        steps[last].events += events
        steps[last].stable = row.stable
        steps[last].candidate = row.candidate
        steps[last].candidateWeight = row.candidateWeight
      } else {
        steps.append(
          Step(
            time: row.time, events: events, stable: row.stable, candidate: row.candidate,
            candidateWeight: row.candidateWeight))
      }
    }
    return steps
  }

  /// The last instant at which anything changed.
  var lastChange: Instant {
    var last = rows.first?.time ?? .zero
    for (before, row) in zip(rows, rows.dropFirst()) {
      let isSame =
        before.stable == row.stable && before.candidate == row.candidate
        && before.candidateWeight == row.candidateWeight && row.event.isEmpty
      if !isSame { last = row.time }
    }
    return last
  }
}
