import LabUnits

/// One phase of a textbook strategy.
///
/// A list of phases is what a strategy says; ``PhaseController`` does it. Quantities of replicas stay
/// as they were written and are resolved when the phase is played.
public enum ReleasePhase: Sendable, Hashable {
  /// Bring a version to a size, rounded up, and wait until so many replicas are available.
  case provision(ReleaseVersion, ReplicaQuantity)
  /// Bring a version back to the desired size and wait for it; nothing to wait for if it was never scaled down.
  case restore(ReleaseVersion)
  /// Look at the candidate for so long; roll back as soon as the verdict is that it failed.
  case analyse(AnalysisKind, for: Span)
  /// Send traffic another way and wait until every router follows.
  case shiftTraffic(to: TrafficRoute)
  /// Wait; if `analysed`, watch the candidate's health meanwhile, and roll back if it fails.
  case hold(Span, analysed: Bool)
  /// Replace the other version by this one as the rolling update of a Deployment does; traffic follows the endpoints.
  case replaceInPlace(
    by: ReleaseVersion, maxSurge: ReplicaQuantity, maxUnavailable: ReplicaQuantity)
  /// Stop the other version, wait until its last replica is gone, start this one.
  case recreate(with: ReleaseVersion)
  /// Give the candidate the number of replicas nearest to a weight, within the fenceposts; traffic follows the endpoints.
  case shiftReplicas(
    to: TrafficWeight, maxSurge: ReplicaQuantity, maxUnavailable: ReplicaQuantity)
  /// Scale a version to nothing; its replicas may still be terminating afterwards.
  case retire(ReleaseVersion)
  /// Write a line into the timeline.
  case announce(String)

  /// The shortest time that the phase takes when replicas start and routers follow at once.
  public var leastDuration: Span {
    switch self {
    case .analyse(_, for: let span), .hold(let span, analysed: _): span
    default: .zero
    }
  }

  /// The candidate's share of the traffic that the phase asks for; nil if it leaves it as it is.
  public var wantedWeight: TrafficWeight? {
    switch self {
    case .shiftTraffic(to: let route):
      switch route.rule {
      case .weighted(let weight), .cohort(let weight, others: _): weight
      case .replicaShare: nil
      }
    case .shiftReplicas(to: let weight, maxSurge: _, maxUnavailable: _): weight
    case .replaceInPlace(by: let version, maxSurge: _, maxUnavailable: _),
      .recreate(with: let version):
      version == .candidate ? .allCandidate : .allStable
    case .provision, .restore, .analyse, .hold, .retire, .announce: nil
    }
  }

  /// Whether the phase waits for no time.
  var isEmpty: Bool {
    switch self {
    case .analyse(_, for: let span), .hold(let span, analysed: _): span <= .zero
    default: false
    }
  }

  /// Whether the phase needs a router that can split or copy traffic other than by endpoints.
  ///
  /// To send all traffic to one version or the other, the selector of a Service is enough.
  public var needsTrafficRouting: Bool {
    guard case .shiftTraffic(to: let route) = self else { return false }
    return ![.allStable, .allCandidate, .byReplicaShare].contains(route)
  }
}
