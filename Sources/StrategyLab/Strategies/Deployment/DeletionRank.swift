import LabUnits

/// Which of a version's replicas goes first when the version shrinks: the lowest rank.
///
/// Replicas that serve least go first: those without a node, then those that are not ready, then
/// those that somebody marked as cheap, then those that share a node with more of their kind, then
/// those ready for a shorter time, then those with more restarts, then the younger ones. A time that
/// nobody knows counts as shorter than any. Times are compared by their power of two in
/// nanoseconds, so that two replicas ready for 70 s and 100 s count as equals and chance decides
/// between them.
///
/// Source: Kubernetes, pkg/controller/controller_utils.go, `ActivePodsWithRanks`. Upstream compares
/// restarts only where two ready times are exactly equal, which is no order of all replicas; here
/// restarts decide within a power of two.
public struct DeletionRank: Sendable, Hashable, Comparable {
  /// How far a replica has come.
  public enum Stage: Int, Sendable, Hashable, Comparable {
    /// Waiting for room on a node.
    case pending = 0
    /// On a node that does not run its containers yet.
    case placed = 1
    /// On a node from which nothing is heard.
    case unknown = 2
    /// On a node, and not ready.
    case starting = 3
    /// Ready.
    case ready = 4

    /// Orders stages by how far they are.
    @inlinable
    public static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
  }

  /// How far the replica has come.
  public let stage: Stage
  /// What its owner said that its deletion costs, 0 where nothing was said.
  public let deletionCost: Int
  /// The ready replicas of its version on its node, 0 where nodes are not modelled.
  public let neighbours: Int
  /// How often it was restarted.
  public let restarts: Int
  /// What decides between equals: a number of its own for each replica.
  public let tieBreaker: UInt64
  @usableFromInline let readyMagnitude: Int
  @usableFromInline let ageMagnitude: Int

  /// The rank of one replica.
  ///
  /// - Parameters:
  ///   - stage: How far it has come.
  ///   - readyFor: How long it has been ready, nil if nobody knows; counts only in the stage `ready`.
  ///   - age: How long ago it was created, nil if nobody knows.
  ///   - restarts: How often it was restarted.
  ///   - neighbours: The ready replicas of its version on its node.
  ///   - deletionCost: What its owner said that its deletion costs.
  ///   - tieBreaker: Upstream's is the random pod identifier.
  @inlinable
  public init(
    stage: Stage, readyFor: Span? = .zero, age: Span?, restarts: Int = 0, neighbours: Int = 0,
    deletionCost: Int = 0, tieBreaker: UInt64
  ) {
    self.stage = stage
    self.deletionCost = deletionCost
    self.neighbours = neighbours
    self.restarts = restarts
    self.tieBreaker = tieBreaker
    readyMagnitude = stage == .ready ? Self.magnitude(readyFor) : -1
    ageMagnitude = Self.magnitude(age)
  }

  /// Orders ranks: the lower one is deleted first.
  @inlinable
  public static func < (left: DeletionRank, right: DeletionRank) -> Bool {
    if left.stage != right.stage { return left.stage < right.stage }
    if left.deletionCost != right.deletionCost { return left.deletionCost < right.deletionCost }
    if left.neighbours != right.neighbours { return left.neighbours > right.neighbours }
    if left.readyMagnitude != right.readyMagnitude {
      return left.readyMagnitude < right.readyMagnitude
    }
    if left.restarts != right.restarts { return left.restarts > right.restarts }
    if left.ageMagnitude != right.ageMagnitude { return left.ageMagnitude < right.ageMagnitude }
    return left.tieBreaker < right.tieBreaker
  }

  /// The whole part of the logarithm to base 2 of a span's nanoseconds; -1 for no time, -2 for an unknown one.
  @inlinable
  static func magnitude(_ span: Span?) -> Int {
    guard let span else { return -2 }
    return span.nanoseconds <= 0 ? -1 : 63 - span.nanoseconds.leadingZeroBitCount
  }
}
