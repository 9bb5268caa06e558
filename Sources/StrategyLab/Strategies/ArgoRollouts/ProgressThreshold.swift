/// How many available replicas are enough for Argo Rollouts to go on.
///
/// Without a threshold every replica that is wanted has to be asked for and available.
///
/// Source: Argo Rollouts, utils/replicaset/canary.go; docs/features/specification.md,
/// `replicaProgressThreshold`.
public enum ProgressThreshold: Sendable, Hashable {
  /// Every one.
  case all
  /// So many percent of them.
  case percentage(Int)
  /// So many replicas.
  case pods(Int)

  /// Whether a set has enough of the wanted replicas; a set that does not exist never has.
  ///
  /// A threshold below 0 means all of them. Of no wanted replicas, any percentage is met.
  public func isMet(by set: ReplicaCounts?, wanted: Int) -> Bool {
    guard let set else { return false }
    switch self {
    case .percentage(let percent) where percent >= 0:
      return wanted <= 0 || Double(set.available) * 100 >= Double(percent) * Double(wanted)
    case .pods(let count) where count >= 0:
      return set.available >= count
    default:
      return Self.areAllAvailable(set, wanted: wanted)
    }
  }

  /// Whether a set asks for exactly the wanted replicas and all of them are available.
  public static func areAllAvailable(_ set: ReplicaCounts?, wanted: Int) -> Bool {
    guard let set else { return false }
    return set.desired == wanted && set.available == wanted
  }

  /// Whether a set asks for exactly the wanted replicas and all of them are created.
  public static func areAllCreated(_ set: ReplicaCounts?, wanted: Int) -> Bool {
    guard let set else { return false }
    return set.desired == wanted && set.live == wanted
  }
}
