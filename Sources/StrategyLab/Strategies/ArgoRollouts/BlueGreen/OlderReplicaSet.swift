import LabUnits

/// A ReplicaSet that is neither the new version's nor the stable one's, and still has replicas.
public struct OlderReplicaSet: Sendable, Hashable {
  /// How many replicas it asks for.
  public var size: Int
  /// Its place in the history of the Rollout: higher is newer.
  public var revision: Int
  /// When it is to be scaled down; nil if that was not decided yet.
  public var deadline: Instant?

  /// A ReplicaSet.
  public init(size: Int, revision: Int = 0, deadline: Instant? = nil) {
    self.size = size
    self.revision = revision
    self.deadline = deadline
  }

  /// Gives old versions their time, and takes their replicas when it is over.
  ///
  /// The newest come first: a limit of old versions is for the newest ones, and the others are scaled
  /// down at once. A delay of 0 keeps nothing.
  ///
  /// Source: Argo Rollouts, rollout/bluegreen.go, `scaleDownOldReplicaSetsForBlueGreen`;
  /// rollout/replicaset.go, `scaleDownDelayHelper`.
  ///
  /// - Parameters:
  ///   - sets: The old versions, in any order.
  ///   - settings: What the Rollout says.
  ///   - replicas: The replicas that the service shall have; who is inside of the time has as many.
  ///   - now: The time.
  /// - Returns: the old versions as they shall be, in the order in which they were given.
  public static func scaledDown(
    _ sets: [OlderReplicaSet], _ settings: BlueGreenSettings, replicas: Int, at now: Instant
  ) -> [OlderReplicaSet] {
    var sets = sets
    let limit = settings.scaleDownDelayRevisionLimit ?? .max
    var kept = 0
    let newestFirst = sets.indices.sorted {
      (sets[$0].revision, $1) > (sets[$1].revision, $0)
    }
    let delay = settings.effectiveScaleDownDelay
    for index in newestFirst where sets[index].size > 0 {
      if let deadline = sets[index].deadline {
        kept += 1
        sets[index].size = (kept <= limit && deadline > now) ? replicas : 0
      } else if limit > kept, delay > .zero {
        kept += 1
        sets[index].deadline = now + delay
      } else {
        sets[index].size = 0
      }
    }
    return sets
  }
}
