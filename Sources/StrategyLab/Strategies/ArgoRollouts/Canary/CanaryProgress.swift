/// Where a canary stands, as the status of a Rollout says.
public struct CanaryProgress: Sendable, Hashable {
  /// The step under way, from 0; the number of steps when all are done.
  public var step: Int
  /// Whether the release was aborted.
  public var isAborted: Bool
  /// Whether a person has promoted it in full, so that steps, pauses and analyses are skipped.
  public var isPromotedInFull: Bool
  /// Whether the set being released is the stable one already, or there is no stable one.
  public var isStable: Bool
  /// The candidate's weight that the previous pass has set; nil if none was.
  public var weight: Int?

  /// A place in a canary.
  public init(
    step: Int = 0, isAborted: Bool = false, isPromotedInFull: Bool = false,
    isStable: Bool = false, weight: Int? = nil
  ) {
    self.step = step
    self.isAborted = isAborted
    self.isPromotedInFull = isPromotedInFull
    self.isStable = isStable
    self.weight = weight
  }
}
