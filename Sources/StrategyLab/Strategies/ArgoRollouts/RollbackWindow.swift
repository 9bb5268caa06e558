/// Whether a release goes back only so few revisions that Argo Rollouts lets it skip its steps.
///
/// A window of `r` revisions is left by a set that has `r` or more sets between itself and stable.
/// Only an older set than stable can be gone back to; sets of experiments do not count.
///
///     let window = RollbackWindow(revisions: 2)
///     window.contains(age: 5, stableAge: 3, otherAges: [5, 4, 3, 2])   // true: one lies between
///
/// Source: Argo Rollouts, rollout/sync.go, `isRollbackWithinWindow`.
public struct RollbackWindow: Sendable, Hashable {
  /// How many revisions one may go back without the steps; 0 or fewer: none.
  public let revisions: Int

  /// A window of so many revisions.
  public init(revisions: Int) { self.revisions = revisions }

  /// Whether a set lies within the window.
  ///
  /// - Parameters:
  ///   - age: The age of the set that is released, in any unit.
  ///   - stableAge: The age of the stable set.
  ///   - otherAges: The ages of all sets but those of experiments; the two themselves may be among them.
  /// - Returns: whether the set is older than stable and fewer sets than the window has lie between.
  public func contains(age: Double, stableAge: Double, otherAges: [Double]) -> Bool {
    guard age > stableAge else { return false }
    return otherAges.count { $0 < age && $0 > stableAge } < revisions
  }
}
