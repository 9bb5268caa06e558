import LabUnits

/// Since when a Deployment has lacked replicas, and since when it has not got on.
struct ReadinessClock: Sendable, Hashable {
  /// The deadline that a Deployment has where it gives none (Kubernetes, pkg/apis/apps/v1/defaults.go).
  static let ownDeadline = Span.minutes(10)

  private var unavailableSince: Instant?
  private var progressAt = Instant.zero
  private var last: FlaggerDeploymentStatus?

  /// Notes what the Deployment reports now.
  mutating func look(
    _ status: FlaggerDeploymentStatus, _ rolling: RollingParameters, at now: Instant
  ) {
    if status != last {
      last = status
      progressAt = now
    }
    let least = max(0, (status.desired ?? 0) - rolling.unavailable)
    if status.available >= least {
      unavailableSince = nil
    } else if unavailableSince == nil {
      unavailableSince = now
    }
  }

  /// Whether the Deployment is ready now.
  func readiness(
    _ status: FlaggerDeploymentStatus, threshold: Int, deadline: Span, at now: Instant
  ) -> FlaggerReadiness {
    var status = status
    status.unavailableFor = unavailableSince.map { now - $0 }
    let desired = status.desired ?? 0
    let isComplete =
      status.updated == desired && status.replicas == desired && status.available >= desired
    status.hasExceededDeadline = !isComplete && now - progressAt > Self.ownDeadline
    return status.readiness(threshold: threshold, deadline: deadline)
  }
}
