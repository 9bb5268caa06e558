import LabUnits

/// One replica as the controller of its ReplicaSet sees it.
public struct PodRecord: Sendable, Hashable {
  /// `status.phase`.
  public enum Phase: Sendable, Hashable {
    /// Its containers do not run yet.
    case pending
    /// Nothing is heard from its node.
    case unknown
    /// Its containers run.
    case running
    /// It ended well, or badly; it counts no more.
    case ended
  }

  /// The node; nil before it has one.
  public var node: String?
  /// Its phase.
  public var phase: Phase
  /// Whether it is ready.
  public var isReady: Bool
  /// How long it has been ready; nil where the condition does not say.
  public var readyFor: Span?
  /// How long ago it was created; nil where that is not known.
  public var age: Span?
  /// The restarts of its container that was restarted most often.
  public var restarts: Int
  /// What its annotation `pod-deletion-cost` says.
  public var deletionCost: Int

  /// A replica.
  public init(
    node: String?, phase: Phase, isReady: Bool = false, readyFor: Span? = nil, age: Span? = nil,
    restarts: Int = 0, deletionCost: Int = 0
  ) {
    self.node = node
    self.phase = phase
    self.isReady = isReady
    self.readyFor = readyFor
    self.age = age
    self.restarts = restarts
    self.deletionCost = deletionCost
  }

  /// Whether it has been ready for longer than a time; without a time to wait, ready is enough.
  ///
  /// Source: Kubernetes, pkg/api/v1/pod/util.go, `IsPodAvailable`.
  public func isAvailable(minReady: Span) -> Bool {
    guard isReady else { return false }
    if minReady <= .zero { return true }
    return readyFor.map { $0 > minReady } ?? false
  }

  /// Its rank among those that may be deleted.
  ///
  /// - Parameters:
  ///   - neighbours: The replicas of the same owner on its node.
  ///   - tieBreaker: What decides between equals.
  /// - Returns: the rank; the lowest goes first.
  public func deletionRank(neighbours: Int, tieBreaker: UInt64) -> DeletionRank {
    DeletionRank(
      stage: stage, readyFor: readyFor, age: age, restarts: restarts, neighbours: neighbours,
      deletionCost: deletionCost, tieBreaker: tieBreaker)
  }

  private var stage: DeletionRank.Stage {
    if node == nil { return .pending }
    switch phase {
    case .pending: return .placed
    case .unknown: return .unknown
    case .running, .ended: return isReady ? .ready : .starting
    }
  }

  /// The replicas that go when a ReplicaSet has too many.
  ///
  /// Where all of them go, nobody sorts them.
  ///
  /// Source: Kubernetes, pkg/controller/replicaset/replica_set.go, `getPodsToDelete`.
  ///
  /// - Parameters:
  ///   - count: How many have to go.
  ///   - pods: Those that may go.
  ///   - related: The replicas of the same owner, which crowd a node or do not; those that ended do not count.
  /// - Returns: indices into `pods`, the first to go first.
  public static func first(_ count: Int, of pods: [PodRecord], related: [PodRecord]) -> [Int] {
    guard count < pods.count else { return Array(pods.indices) }
    var crowds: [String: Int] = [:]
    for pod in related where pod.phase != .ended { crowds[pod.node ?? "", default: 0] += 1 }
    let ranks = pods.enumerated().map { index, pod in
      pod.deletionRank(
        neighbours: crowds[pod.node ?? ""] ?? 0, tieBreaker: UInt64(index))
    }
    return Array(pods.indices.sorted { ranks[$0] < ranks[$1] }.prefix(max(0, count)))
  }
}
