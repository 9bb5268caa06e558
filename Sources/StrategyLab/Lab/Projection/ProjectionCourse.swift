import LabStrategies
import LabUnits

/// What happened in the play that a plan is made from, with every instant standing once.
struct ProjectionCourse {
  /// The fleet from an instant until the next one.
  struct Moment {
    var time: Instant
    var events: [String]
    var stable: ReplicaCounts
    var candidate: ReplicaCounts
    var weight: Double

    var notGone: Int { stable.notGone + candidate.notGone }
  }

  /// The instants at which something changed, in order; never empty.
  let moments: [Moment]
  /// The steps that the strategy began, in order.
  let marks: [StepMark]
  /// When the controller had done its work; nil: never.
  let finish: Instant?
  /// When all requests reached the candidate; nil: never.
  let trafficComplete: Instant?
  /// Since when nothing has changed.
  let rest: Instant
  /// The most replicas at once up to each moment.
  private let peaks: [Int]

  init(_ simulation: Simulation) {
    var moments: [Moment] = []
    for (row, uncreated) in zip(simulation.rows ?? [], simulation.uncreatedInRows) {
      let events = row.event.isEmpty ? [] : [row.event]
      let moment = Moment(
        time: row.time, events: events,
        stable: row.stable.created(butFor: uncreated, .stable, row.candidate),
        candidate: row.candidate.created(butFor: uncreated, .candidate, row.stable),
        weight: row.candidateWeight)
      if let last = moments.indices.last, moments[last].time == row.time {
        let earlier = moments[last].events
        moments[last] = moment
        moments[last].events = earlier + events
      } else {
        moments.append(moment)
      }
    }
    if moments.isEmpty {
      moments = [Moment(time: .zero, events: [], stable: .init(), candidate: .init(), weight: 0)]
    }
    self.moments = moments
    marks = simulation.steps ?? []
    finish = simulation.firstEndTime
    trafficComplete =
      simulation.flow.allCandidateSince
      ?? (simulation.flow.candidateShare >= 1 ? simulation.horizon : nil)
    var rest = moments[0].time
    for (before, moment) in zip(moments, moments.dropFirst())
    where Self.isChange(from: before, to: moment) {
      rest = moment.time
    }
    self.rest = rest
    var peak = 0
    peaks = moments.map { moment in
      peak = max(peak, moment.notGone)
      return peak
    }
  }

  /// Whether a moment shows more than a share that creeps, as that of sticky sessions does.
  static func isChange(from before: Moment, to moment: Moment) -> Bool {
    !moment.events.isEmpty || before.stable != moment.stable
      || before.candidate != moment.candidate || abs(before.weight - moment.weight) >= 0.005
  }

  /// The position of the last moment up to an instant.
  ///
  /// - Complexity: logarithmic in the number of moments.
  func position(upTo instant: Instant) -> Int {
    var (low, high) = (0, moments.count)
    while low < high {
      let middle = (low + high) / 2
      if moments[middle].time <= instant { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// The most replicas at once up to the moment at a position.
  func peak(at position: Int) -> Int { peaks[position] }
}
