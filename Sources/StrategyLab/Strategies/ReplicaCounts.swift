/// How many replicas of one version there are, by state, as a controller or a reader of a timeline sees them.
public struct ReplicaCounts: Sendable, Hashable, BitwiseCopyable {
  /// Asked for by the controller.
  public var desired = 0
  /// Created, and waiting for room on a node or in the quota.
  public var pending = 0
  /// On a node, not ready yet; a crashed replica in its back-off is counted here too.
  public var starting = 0
  /// Passing readiness and not terminating, available ones included.
  public var ready = 0
  /// Ready for at least the minimum ready time.
  public var available = 0
  /// Deleted, and not gone yet.
  public var terminating = 0

  /// No replicas.
  public init() {}

  /// So many replicas in each state.
  public init(
    desired: Int, pending: Int = 0, starting: Int = 0, ready: Int = 0, available: Int = 0,
    terminating: Int = 0
  ) {
    self.desired = desired
    self.pending = pending
    self.starting = starting
    self.ready = ready
    self.available = available
    self.terminating = terminating
  }

  /// Replicas that are neither terminating nor gone.
  @inlinable
  public var live: Int { pending + starting + ready }

  /// Replicas that are not gone: what uses room and money (pending ones use neither yet).
  @inlinable
  public var notGone: Int { live + terminating }
}
