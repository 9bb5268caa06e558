/// What a controller waits for that has looked and ordered nothing: numbers of replicas.
///
/// As long as nothing changes but the numbers of replicas, and these are not reached, another look would order
/// nothing either.
public enum AwaitedReplicas: Sendable, Hashable {
  /// At least so many replicas of a version are available.
  case available(ReleaseVersion, Int)
  /// No replica of a version is live.
  case deleted(ReleaseVersion)
  /// No replica of a version is left, terminating ones included.
  case gone(ReleaseVersion)

  /// Whether there are, or are not, the replicas that are waited for.
  @inlinable
  public func areThere(stable: ReplicaCounts, candidate: ReplicaCounts) -> Bool {
    switch self {
    case .available(let version, let number):
      (version == .stable ? stable : candidate).available >= number
    case .deleted(let version): (version == .stable ? stable : candidate).live == 0
    case .gone(let version): (version == .stable ? stable : candidate).notGone == 0
    }
  }
}
