import LabStrategies
import LabUnits

/// A recording and the same played here with the same times: the figures of both.
struct TracePlay {
  /// The figures that one line of the table holds; nil where there is none.
  struct Figures {
    var peakHeld: Int
    var leastReadyHeld: Int
    var complete: Double?
    var mixedWindow: Double
    var replicaSeconds: Double
    var deadlineExceeded: Double?
    var sizes: [Sizes]
  }

  /// What both ReplicaSets ask for, after a change.
  struct Sizes: Hashable, CustomStringConvertible {
    var old: Int
    var new: Int
    var description: String { "\(old)/\(new)" }
  }

  let trace: Trace
  let theirs: Figures
  let ours: Figures
  let cluster: ToyCluster

  init(_ trace: Trace) {
    self.trace = trace
    let summary = trace.summary
    var sizes = [Sizes(old: trace.inputs.replicas, new: 0)]
    for step in trace.scale_steps {
      var next = sizes[sizes.count - 1]
      if step.version == "v1" { next.old = step.to } else { next.new = step.to }
      sizes.append(next)
    }
    theirs = Figures(
      peakHeld: summary.peak_pods_held_250ms, leastReadyHeld: summary.least_ready_held_250ms,
      complete: summary.complete_s, mixedWindow: summary.mixed_window_s,
      replicaSeconds: summary.replica_seconds,
      deadlineExceeded: summary.progress_deadline_exceeded_s, sizes: sizes)
    let controller = trace.strategy.makeController(replicas: trace.inputs.replicas)
    let cluster = ToyCluster.play(controller, trace.world)
    self.cluster = cluster
    ours = Self.figures(cluster.record, trace)
  }

  private static func figures(_ record: Record, _ trace: Trace) -> Figures {
    let held = Span.milliseconds(250)
    var sizes = [Sizes(old: trace.inputs.replicas, new: 0)]
    for step in record.scaleSteps {
      var next = sizes[sizes.count - 1]
      if step.version == .stable { next.old = step.to } else { next.new = step.to }
      sizes.append(next)
    }
    let isComplete = trace.summary.complete_s != nil || !record.ends.isEmpty
    // What does not complete is counted until the recording ends.
    let end = isComplete ? record.end : .zero + Span(seconds: trace.summary.end_s)
    let live = { (fleet: FleetObservation) in fleet.stable.live + fleet.candidate.live }
    let rest = Double(live(record.last)) * max(0, (end - record.last.now).seconds)
    return Figures(
      peakHeld: record.mostHeld(for: held, live),
      leastReadyHeld: record.leastHeld(for: held) { $0.stable.ready + $0.candidate.ready },
      complete: record.ends.last?.time.seconds,
      mixedWindow: record.integral { min(1, min($0.stable.ready, $0.candidate.ready)) },
      replicaSeconds: record.integral(live) + rest,
      deadlineExceeded: deadlineExceeded(record, trace), sizes: sizes)
  }

  /// When the condition first says that the deadline has passed, by the controller's own rule.
  private static func deadlineExceeded(_ record: Record, _ trace: Trace) -> Double? {
    guard let deadline = ProgressDeadline(seconds: trace.inputs.progress_deadline_seconds ?? 600)
    else { return nil }
    var condition: ProgressCondition? = ProgressCondition(
      status: .progressing, reason: ProgressCondition.Reason.created, lastUpdate: .zero)
    var earlier = DeploymentStatus(
      replicas: trace.inputs.replicas, ready: trace.inputs.replicas,
      available: trace.inputs.replicas)
    let ends = record.fleets.dropFirst().map(\.now) + [.zero + .seconds(3600)]
    for (fleet, end) in zip(record.fleets, ends) {
      let new = fleet.isRollbackOrdered ? fleet.stable : fleet.candidate
      let status = DeploymentStatus(
        replicas: fleet.stable.live + fleet.candidate.live, updated: new.live,
        ready: fleet.stable.ready + fleet.candidate.ready,
        available: fleet.stable.available + fleet.candidate.available)
      condition = ProgressDeadline.condition(
        after: condition, deadline: deadline, from: earlier, to: status,
        desired: fleet.desiredReplicas, now: fleet.now)
      earlier = status
      if deadline.isExceeded(condition, now: end), let last = condition?.lastUpdate {
        let time = (last + deadline.span).seconds
        return time < trace.summary.end_s ? time : nil
      }
    }
    return nil
  }
}
