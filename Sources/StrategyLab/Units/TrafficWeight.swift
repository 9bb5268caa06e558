/// The share of requests that goes to the candidate; the rest goes to stable.
///
/// One weight, not two that must sum: a split whose parts do not make a whole cannot be said.
public struct TrafficWeight: Sendable, Hashable, Comparable {
  /// The candidate's share, from nothing to the whole.
  public let share: Share

  /// A weight of the given share.
  ///
  /// - Precondition: the share lies between nothing and the whole.
  @inlinable
  public init(_ share: Share) {
    precondition(share >= .none && share <= .whole, "a traffic weight lies between 0% and 100%")
    self.share = share
  }

  /// A weight of whole percent, 0 to 100.
  @inlinable
  public static func percent(_ percent: Int) -> TrafficWeight { TrafficWeight(.percent(percent)) }

  /// All requests go to stable.
  public static let allStable = TrafficWeight(.none)

  /// All requests go to the candidate.
  public static let allCandidate = TrafficWeight(.whole)

  /// The candidate's share of requests as a number from 0 to 1.
  @inlinable
  public var fraction: Double { share.fraction }

  /// Orders weights by the candidate's share.
  @inlinable
  public static func < (left: TrafficWeight, right: TrafficWeight) -> Bool {
    left.share < right.share
  }
}
