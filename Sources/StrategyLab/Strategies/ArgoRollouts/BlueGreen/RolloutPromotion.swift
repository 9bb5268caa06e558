/// Why a canary's new version counts as stable.
///
/// Source: Argo Rollouts, rollout/sync.go, `shouldFullPromote`; the blue-green part is
/// ``BlueGreenState/promotion(_:isReturning:)``.
public enum RolloutPromotion {
  /// The reason in the controller's words; nil if the canary is under way.
  ///
  /// - Parameters:
  ///   - hasStable: Whether there is a stable version at all.
  ///   - isAborted: Whether the update is aborted.
  ///   - isWhole: Whether the new version has all replicas available.
  ///   - isPromotedInFull: Whether a person has asked to skip the steps.
  ///   - isWithinRollbackWindow: Whether the new version is one to which one may go back at once.
  ///   - remainingSteps: How many steps are not done.
  ///   - steps: How many steps there are.
  /// - Returns: the reason.
  public static func canary(
    hasStable: Bool, isAborted: Bool, isWhole: Bool, isPromotedInFull: Bool,
    isWithinRollbackWindow: Bool, remainingSteps: Int, steps: Int
  ) -> String? {
    if !hasStable { return "Initial deploy" }
    if isAborted || !isWhole { return nil }
    if isPromotedInFull { return "Full promotion requested" }
    if isWithinRollbackWindow { return "Rollback within window" }
    return remainingSteps == 0 ? "Completed all \(steps) canary steps" : nil
  }
}
