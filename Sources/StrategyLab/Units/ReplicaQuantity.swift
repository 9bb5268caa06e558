/// A number of replicas as a manifest writes it: a count (`3`) or a share of the desired count (`25%`).
public enum ReplicaQuantity: Sendable, Hashable {
  /// So many replicas.
  case count(Int)
  /// So large a part of the desired replicas.
  case share(Share)

  /// The quantity in whole replicas of a fleet that desires the given number.
  ///
  /// A count is taken as it stands, even when it exceeds the fleet, as Kubernetes takes it.
  @inlinable
  public func replicas(of desired: Int, rounding: Share.Rounding) -> Int {
    switch self {
    case .count(let count): count
    case .share(let share): share.replicas(of: desired, rounding: rounding)
    }
  }
}
