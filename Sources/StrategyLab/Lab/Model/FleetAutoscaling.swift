import LabStrategies
import LabUnits

/// The autoscaler of a replication: the metrics it last read, what it remembers, and what the controller asked of it.
struct FleetAutoscaling {
  /// A reading of the replicas' metrics.
  struct Reading {
    /// When it was read.
    var time: Instant
    /// The mean busy part of a ready replica's workers since the reading before, 0 to 1.
    var utilization: PerVersion<Double>
  }

  let model: AutoscalerModel
  /// What the autoscaler remembers; one for each version where each has its own, else the first alone.
  var histories = PerVersion(ScalingHistory(), ScalingHistory())
  /// The sizes that the controller asked for, where each version has an autoscaler of its own.
  var asked: PerVersion<Int>

  private var last: Reading?
  private var beforeLast: Reading?
  private var work = PerVersion(WorkDone(), WorkDone())

  /// The autoscaler of a service that has been at its size for long.
  init(_ model: AutoscalerModel, replicas: Int) {
    self.model = model
    asked = PerVersion(replicas, 0)
    // As `recordInitialRecommendation` of horizontal.go does for what it finds.
    histories.stable.noteRecommendation(replicas, at: .zero)
  }

  /// Whether each version has an autoscaler of its own.
  var isPerVersion: Bool { model.scope == .version }

  /// Takes in what the replicas have done since the reading before.
  mutating func read(_ done: PerVersion<WorkDone>, at now: Instant) {
    beforeLast = last
    last = Reading(
      time: now,
      utilization: PerVersion(
        done.stable.utilization(since: work.stable),
        done.candidate.utilization(since: work.candidate)))
    work = done
  }

  /// One sync: the replicas that a version, or the service under stable's name, shall have.
  mutating func sync(
    _ version: ReleaseVersion, current: Int, _ pods: PodUsage, at now: Instant
  ) -> Int {
    model.rules.sync(current: current, pods: pods, history: &histories[version], at: now)
  }

  /// The metrics that a sync at an instant goes by: those that were read before it, not at it.
  func reading(before now: Instant) -> Reading? {
    if let last, last.time < now { return last }
    return beforeLast
  }
}

/// What the replicas of a version have worked so far, in seconds of one worker.
struct WorkDone {
  /// Seconds in which a worker was busy.
  var busy = 0.0
  /// Seconds in which a worker was there.
  var present = 0.0

  /// The busy part of the workers since an earlier time; 0 where there were none.
  func utilization(since before: WorkDone) -> Double {
    let seconds = present - before.present
    return seconds > 0 ? min(1, max(0, (busy - before.busy) / seconds)) : 0
  }
}
