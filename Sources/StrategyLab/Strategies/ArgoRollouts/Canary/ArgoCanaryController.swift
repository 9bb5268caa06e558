import LabUnits

/// Plays an ``ArgoCanary``: one pass of its rules at each look, and the runs, clocks and routes around them.
///
/// An abort is a roll-back before the promotion; its reasons are a failed analysis, a deadline, or
/// whoever orders it. A roll-back after the promotion is a release of the old template: within the
/// roll-back window the controller skips the steps by itself, and otherwise the person who orders it
/// promotes it in full, which comes to the same.
public struct ArgoCanaryController: ReleaseController {
  /// What is played.
  public let canary: ArgoCanary

  var course = Course.starting
  /// The version being released: the candidate, until a promoted release is undone.
  var new = ReleaseVersion.candidate
  var progress = CanaryProgress()
  var step = StepMemory()
  var managed = ManagedRoutes()
  /// Whether the canary Service points to the candidate; until one of its replicas is available it points to stable.
  var isServiceSwitched = false
  /// The analysis beside the steps.
  var background: AnalysisRun?
  /// Since when an inconclusive analysis holds the release.
  var heldSince: Instant?
  /// Since when stable has been whole after an abort.
  var stableWholeSince: Instant?
  /// Until when the replaced set keeps its replicas.
  var keepsUntil: Instant?
  var deadline = DeadlineClock()

  /// Where the work stands.
  enum Course: Sendable, Hashable {
    case starting, releasing, aborting, promoted, finished
  }

  /// What the step under way has begun.
  struct StepMemory: Sendable, Hashable {
    /// The step that was announced.
    var begun: Int?
    var pausedSince: Instant?
    var analysis: AnalysisRun?
    /// Since when the replicas of an experiment have been available.
    var experimentSince: Instant?
    var hasExperiment = false
  }

  /// The routes that steps have put above the weight.
  struct ManagedRoutes: Sendable, Hashable {
    var users: Share?
    var mirrored: Share?
  }

  /// A controller at the start of a release.
  public init(_ canary: ArgoCanary) {
    self.canary = canary
    progress.weight = canary.isRouted ? 0 : nil
  }

  /// Only an analysis or an experiment that measures needs what the counters said.
  public var takesSamples: Bool {
    canary.backgroundAnalysis != nil
      || canary.steps.contains { step in
        switch step {
        case .analysis: true
        case .experiment(let experiment): !experiment.metrics.isEmpty
        default: false
        }
      }
  }

  /// Looks at the fleet and appends what shall be done now.
  public mutating func reconcile(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    if course == .starting, !start(fleet, into: &orders) { return }
    if fleet.isRollbackOrdered { undo(because: "it was ordered", fleet, into: &orders) }
    // Passes that only move to another step are followed by the next at once, as upstream's are.
    for _ in 0...(canary.steps.count + 4) {
      let (before, count) = (place, orders.count)
      look(fleet, into: &orders)
      if orders.count > count || before == place { return }
    }
  }

  /// Where the release stands, as far as another look could get on from there.
  ///
  /// It holds no analysis, of which a copy would be one in memory too.
  private struct Place: Equatable {
    var course: Course
    var step: Int
    var pausedSince: Instant?
    var hasExperiment: Bool
    var experimentSince: Instant?
    var analysis: AnalysisPhase?
  }

  private var place: Place {
    Place(
      course: course, step: progress.step, pausedSince: step.pausedSince,
      hasExperiment: step.hasExperiment, experimentSince: step.experimentSince,
      analysis: step.analysis?.phase)
  }

  private mutating func look(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    switch course {
    case .starting: break
    case .finished: follow(fleet, into: &orders)
    case .releasing: release(fleet, into: &orders)
    case .aborting: abort(fleet, into: &orders)
    case .promoted: cleanUp(fleet, into: &orders)
    }
  }

  /// Sets the route from which the release starts; false while the order for it is given.
  private mutating func start(
    _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Bool {
    course = .releasing
    deadline.restart(at: fleet.now)
    let route: TrafficRoute = canary.isRouted ? .allStable : .byReplicaShare
    guard fleet.route != route else { return true }
    orders.append(.route(route))
    return false
  }

  /// The sets as the rules see them: without the replicas of an experiment.
  func sets(_ fleet: FleetObservation) -> CanaryFleet {
    var released = fleet.counts(of: new)
    let extra = extraReplicas
    // May fall below 0 when an experiment begins: then the size differs from any that is wanted.
    released.desired -= extra
    released.available = max(0, released.available - extra)
    released.ready = max(0, released.ready - extra)
    let other = fleet.counts(of: new.other)
    return course == .promoted
      ? CanaryFleet(
        replicas: fleet.desiredReplicas, canary: released, stable: nil, older: [other])
      : CanaryFleet(replicas: fleet.desiredReplicas, canary: released, stable: other)
  }

  /// The replicas that an experiment adds; without a router they would be endpoints, which they are not upstream.
  var extraReplicas: Int {
    guard step.hasExperiment, canary.isRouted,
      case .experiment(let experiment) = canary.step(progress)
    else { return 0 }
    return experiment.replicas
  }
}
