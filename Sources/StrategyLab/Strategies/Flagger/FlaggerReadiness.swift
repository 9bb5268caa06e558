import LabUnits

/// What Flagger sees of a Deployment when it asks whether it is ready.
///
/// Source: Flagger, pkg/canary/deployment_ready.go, `isDeploymentReady`.
public struct FlaggerDeploymentStatus: Sendable, Hashable {
  /// Whether the Deployment's own controller has seen its newest revision.
  public var isObserved: Bool
  /// The replicas that the Deployment asks for; nil if it does not say.
  public var desired: Int?
  /// The replicas of all revisions.
  public var replicas: Int
  /// The replicas of the newest revision.
  public var updated: Int
  /// The available replicas of all revisions.
  public var available: Int
  /// For how long it has had fewer available replicas than its rolling update may leave; nil if it has enough.
  public var unavailableFor: Span?
  /// Whether the Deployment has given itself up: it made no progress within its own deadline.
  public var hasExceededDeadline: Bool

  /// A status.
  public init(
    isObserved: Bool = true, desired: Int? = nil, replicas: Int = 0, updated: Int = 0,
    available: Int = 0, unavailableFor: Span? = nil, hasExceededDeadline: Bool = false
  ) {
    self.isObserved = isObserved
    self.desired = desired
    self.replicas = replicas
    self.updated = updated
    self.available = available
    self.unavailableFor = unavailableFor
    self.hasExceededDeadline = hasExceededDeadline
  }

  /// Whether the Deployment is ready, and whether waiting may still help if it is not.
  ///
  /// - Parameters:
  ///   - threshold: The percentage of the newest replicas that must be available, rounded down.
  ///   - deadline: How long it may have too few available replicas.
  /// - Returns: the first reason to wait, if there is one.
  public func readiness(threshold: Int, deadline: Span) -> FlaggerReadiness {
    guard isObserved else { return .unobserved }
    if hasExceededDeadline { return .stuck("it exceeded its progress deadline") }
    guard let reason = reasonToWait(threshold) else { return .ready }
    if let unavailableFor, unavailableFor > deadline { return .stuck(reason) }
    return .waiting(reason)
  }

  private func reasonToWait(_ threshold: Int) -> String? {
    if let desired, updated < desired {
      return "\(updated) of \(desired) new replicas have been updated"
    }
    if replicas > updated {
      return "\(counted(replicas - updated, "old replica")) not gone yet"
    }
    // Upstream computes in single precision and cuts off.
    let part = Float(updated) * (Float(threshold) / 100)
    let needed = Int(min(max(part, -1e9), 1e9))
    if available < needed { return "\(available) of \(needed) updated replicas are available" }
    return nil
  }
}

/// Whether a Deployment is ready for the next step.
public enum FlaggerReadiness: Sendable, Hashable {
  /// It is.
  case ready
  /// Its newest revision has not been seen yet.
  case unobserved
  /// Not yet, for this reason.
  case waiting(String)
  /// It is not, and waiting does not help any more.
  case stuck(String)
}
