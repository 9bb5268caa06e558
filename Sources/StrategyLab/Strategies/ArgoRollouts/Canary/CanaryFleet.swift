/// The sets of replicas that a canary's rules look at.
public struct CanaryFleet: Sendable, Hashable {
  /// The replicas that the service shall have.
  public var replicas: Int
  /// The set being released; nil before it is created.
  public var canary: ReplicaCounts?
  /// The set that served before; nil if there is none besides the one being released.
  public var stable: ReplicaCounts?
  /// Sets of other revisions, the newest first.
  public var older: [ReplicaCounts]

  /// Sets of replicas.
  public init(
    replicas: Int, canary: ReplicaCounts?, stable: ReplicaCounts?, older: [ReplicaCounts] = []
  ) {
    self.replicas = replicas
    self.canary = canary
    self.stable = stable
    self.older = older
  }

  /// What all sets ask for together.
  var desiredOfAll: Int {
    (canary?.desired ?? 0) + (stable?.desired ?? 0) + desiredOfOlder
  }

  /// What the sets of other revisions ask for together.
  var desiredOfOlder: Int { older.reduce(0) { $0 + $1.desired } }

  /// The available replicas of all sets.
  var availableOfAll: Int {
    (canary?.available ?? 0) + (stable?.available ?? 0) + older.reduce(0) { $0 + $1.available }
  }
}

/// Sizes for the two sets of a canary.
public struct CanarySizes: Sendable, Hashable {
  /// The size of the set being released.
  public var canary: Int
  /// The size of the set that served before.
  public var stable: Int

  /// Two sizes.
  public init(canary: Int, stable: Int) {
    self.canary = canary
    self.stable = stable
  }
}
