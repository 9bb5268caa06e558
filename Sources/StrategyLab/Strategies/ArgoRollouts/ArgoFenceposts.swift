import LabUnits

/// How Argo Rollouts reads and resolves `maxSurge` and `maxUnavailable`.
///
/// A number is a count; **every text is a percentage**, with or without its sign, so that the text
/// `1` is one percent. Surge rounds up, unavailable rounds down; where both come to nothing, one
/// replica may be missing.
///
///     ArgoFenceposts.quantity("1")                 // .share(1%)
///     ArgoFenceposts.resolve(maxSurge: .share(.percent(39)), maxUnavailable: .count(0), replicas: 10)
///     // surge 4, unavailable 0
///
/// Source: Argo Rollouts, utils/replicaset/replicaset.go, `resolveFenceposts`, `MaxSurge`,
/// `MaxUnavailable`; utils/defaults/defaults.go.
public enum ArgoFenceposts {
  /// What stands for a fencepost that nobody wrote: 25 percent.
  public static let standard = ReplicaQuantity.share(.percent(25))

  /// The quantity that a text stands for; nil if it is no whole number of percent, or one beyond all sense.
  public static func quantity(_ text: String) -> ReplicaQuantity? {
    guard let percent = Int(text.filter { $0 != "%" }), percent.magnitude <= 100_000
    else {
      return nil
    }
    return .share(.percent(percent))
  }

  /// Both fenceposts in whole replicas, before they are held against the size of the fleet.
  public static func resolve(
    maxSurge: ReplicaQuantity, maxUnavailable: ReplicaQuantity, replicas: Int
  ) -> (surge: Int, unavailable: Int) {
    let surge = maxSurge.replicas(of: replicas, rounding: .up)
    let unavailable = maxUnavailable.replicas(of: replicas, rounding: .down)
    return (surge, surge == 0 && unavailable == 0 ? 1 : unavailable)
  }

  /// Both fenceposts of a fleet: of those that may be missing, never more than there are.
  public static func rolling(
    maxSurge: ReplicaQuantity, maxUnavailable: ReplicaQuantity, replicas: Int
  ) -> RollingParameters {
    RollingParameters(desired: replicas, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
  }
}
