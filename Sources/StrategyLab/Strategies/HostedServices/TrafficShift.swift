import LabUnits

/// How a hosted service moves traffic from one set of tasks to another.
///
///     TrafficShift.linear(step: .percent(25), interval: .minutes(2)).schedule
///     // 25% at once, 50% after 2 min, 75% after 4 min, 100% after 6 min
///
/// The first part moves at the start, so a linear shift of N parts takes N - 1 intervals. Where the
/// parts do not divide the whole, the last is what is left.
///
/// Source: AWS CodeDeploy, API reference, `TimeBasedCanary` and `TimeBasedLinear`; user guide,
/// "Working with deployment configurations".
public enum TrafficShift: Sendable, Hashable {
  /// All traffic moves at once.
  case allAtOnce
  /// A part moves at once, the rest after the interval.
  case canary(share: Share, interval: Span)
  /// A part moves at once, and another after each interval.
  case linear(step: Share, interval: Span)

  /// One change of the weight.
  public struct Change: Sendable, Hashable {
    /// How long after the first change.
    public var after: Span
    /// The new version's share of the traffic from then on.
    public var weight: TrafficWeight
  }

  /// The changes in order, the last to the whole; shares below a thousandth count as that.
  public var schedule: [Change] {
    switch self {
    case .allAtOnce:
      return [Change(after: .zero, weight: .allCandidate)]
    case .canary(let share, let interval):
      guard share < .whole else { return TrafficShift.allAtOnce.schedule }
      return [
        Change(after: .zero, weight: TrafficWeight(max(share, .none))),
        Change(after: interval, weight: .allCandidate),
      ]
    case .linear(let step, let interval):
      let part = max(step.millionths, 1000)
      let count = Int((Share.whole.millionths + part - 1) / part)
      return (1...count).map { number in
        let share = Share(millionths: min(part * Int64(number), Share.whole.millionths))
        return Change(after: interval * (number - 1), weight: TrafficWeight(share))
      }
    }
  }

  /// The time from the first change to the last.
  public var duration: Span { schedule.last?.after ?? .zero }

  /// The pauses between two changes.
  public var waits: Int { schedule.count - 1 }

  /// The changes as phases: a weight, then a pause in which alarms may roll back.
  func phases(analysed: Bool) -> [ReleasePhase] {
    let changes = schedule
    return changes.indices.flatMap { index -> [ReleasePhase] in
      let shift = ReleasePhase.shiftTraffic(to: TrafficRoute(.weighted(changes[index].weight)))
      guard index + 1 < changes.count else { return [shift] }
      return [
        shift, .hold(changes[index + 1].after - changes[index].after, analysed: analysed),
      ]
    }
  }
}
