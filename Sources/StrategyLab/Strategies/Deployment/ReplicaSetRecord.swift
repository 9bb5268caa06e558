/// One ReplicaSet of a Deployment as its controller reads it: what is asked for, what the status says, and its annotations.
///
/// What is asked for and what the status says are two things: the status lags, and it does not count
/// replicas that are shutting down.
public struct ReplicaSetRecord: Sendable, Hashable {
  /// The name.
  public var name: String
  /// `spec.replicas` as `desired`, `status.replicas` as `live`, and the ready and available ones among them.
  public var counts: ReplicaCounts
  /// Its place in the order of creation, the oldest first.
  public var creation: Int
  /// The number of its revision, 0 if it has none; nil if what stands there is no number.
  public var revision: Int?
  /// The desired replicas of the Deployment when it was sized last; nil where the annotation is missing.
  public var annotatedDesired: Int?
  /// The most replicas of the Deployment when it was sized last; nil where the annotation is missing.
  public var annotatedMost: Int?
  /// The replicas that are shutting down; nil where the status does not say.
  public var terminating: Int?
  /// Whether its controller has ever written its status.
  public var isObserved: Bool
  /// Whether it is being deleted itself.
  public var isBeingDeleted: Bool

  /// A ReplicaSet; what is left out is as in one that was just created.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - size: `spec.replicas`.
  ///   - live: `status.replicas`.
  ///   - ready: The ready ones among them.
  ///   - available: The available ones.
  ///   - creation: Its place in the order of creation.
  ///   - revision: The number of its revision.
  ///   - annotatedDesired: The desired replicas when it was sized last.
  ///   - annotatedMost: The most replicas when it was sized last.
  ///   - terminating: The replicas that are shutting down.
  ///   - isObserved: Whether its status was ever written.
  ///   - isBeingDeleted: Whether it is being deleted itself.
  public init(
    name: String = "", size: Int, live: Int = 0, ready: Int = 0, available: Int = 0,
    creation: Int = 0, revision: Int? = 0, annotatedDesired: Int? = nil, annotatedMost: Int? = nil,
    terminating: Int? = nil, isObserved: Bool = true, isBeingDeleted: Bool = false
  ) {
    let ready = min(ready, live)
    self.name = name
    counts = ReplicaCounts(
      desired: size, starting: live - ready, ready: ready, available: available)
    self.creation = creation
    self.revision = revision
    self.annotatedDesired = annotatedDesired
    self.annotatedMost = annotatedMost
    self.terminating = terminating
    self.isObserved = isObserved
    self.isBeingDeleted = isBeingDeleted
  }

  /// What the ReplicaSet asks for.
  public var size: Int { counts.desired }

  /// Whether it is as large as the Deployment, knows that, and all of it is available.
  ///
  /// Source: Kubernetes, pkg/controller/deployment/util/deployment_util.go, `IsSaturated`.
  public func isSaturated(of desired: Int) -> Bool {
    size == desired && annotatedDesired == desired && counts.available == desired
  }
}

extension Collection<ReplicaSetRecord> {
  /// What all of them ask for.
  public var totalSize: Int { reduce(0) { $0 + $1.size } }

  /// The replicas that all statuses count, without those that are shutting down.
  public var totalLive: Int { reduce(0) { $0 + $1.counts.live } }

  /// The replicas that are shutting down; nil where one status does not say and should.
  ///
  /// A ReplicaSet whose status was never written has none yet.
  ///
  /// Source: Kubernetes, pkg/controller/deployment/util/deployment_util.go,
  /// `GetTerminatingReplicaCountForReplicaSets`.
  public var totalTerminating: Int? {
    var total = 0
    for record in self {
      if let terminating = record.terminating {
        total += terminating
      } else if record.isObserved {
        return nil
      }
    }
    return total
  }
}
