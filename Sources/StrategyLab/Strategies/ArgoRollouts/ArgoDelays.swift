import LabUnits

/// How long Argo Rollouts keeps replicas that traffic has left.
///
/// Source: Argo Rollouts, utils/defaults/defaults.go, `GetScaleDownDelaySecondsOrDefault` and
/// `GetAbortScaleDownDelaySecondsOrDefault`.
public enum ArgoDelays {
  /// What decides about the delays of a Rollout.
  public enum Kind: Sendable, Hashable {
    /// Two sets of replicas behind a service that is switched.
    case blueGreen
    /// A canary behind a router that splits the traffic.
    case routedCanary
    /// A canary whose traffic follows the replicas.
    case basicCanary

    /// Whether replicas can stand without traffic, so that a delay means something.
    var canWait: Bool { self != .basicCanary }
  }

  /// How long the candidate's replicas stay after an abort.
  public enum Abort: Sendable, Hashable {
    /// For so long, counted from when stable is whole again.
    case after(Span, isWritten: Bool)
    /// For ever: a delay of 0 was written.
    case never

    /// Whether somebody wrote the delay.
    public var isWritten: Bool {
      if case .after(_, let isWritten) = self { isWritten } else { true }
    }
  }

  /// What stands for a delay that nobody wrote.
  public static let standard = Span.seconds(30)

  /// How long the replaced replicas stay; a basic canary has none left by then.
  public static func scaleDown(_ kind: Kind, written: Span?) -> Span {
    kind.canWait ? written ?? standard : .zero
  }

  /// How long the candidate's replicas stay after an abort.
  public static func abort(_ kind: Kind, written: Span?) -> Abort {
    guard kind.canWait else { return .after(.zero, isWritten: false) }
    guard let written else { return .after(standard, isWritten: false) }
    return written == .zero ? .never : .after(written, isWritten: true)
  }

  /// Which of the replaced sets keep their replicas: the newest ones, as many as the limit allows.
  ///
  /// - Parameters:
  ///   - count: The replaced sets that have replicas, the newest first.
  ///   - limit: How many of them may wait for their deadline; nil: all.
  /// - Returns: for each set whether it keeps its replicas until its deadline.
  ///
  /// Source: Argo Rollouts, rollout/replicaset.go, `scaleDownDelayHelper`.
  public static func keeps(count: Int, limit: Int?) -> [Bool] {
    (0..<max(0, count)).map { index in limit.map { index < $0 } ?? true }
  }
}
