/// How many replicas Flagger gives the canary when a new revision is seen.
///
/// Its own number if it has one; without an autoscaler the primary's, with one the autoscaler's least.
/// It is one replica where nothing says more.
///
/// Source: Flagger, pkg/canary/deployment_controller.go, `ScaleFromZero`.
public enum FlaggerScaling {
  /// The size of the canary.
  ///
  /// - Parameters:
  ///   - own: The replicas that the target Deployment asks for; nil or 0 if it does not.
  ///   - primary: The replicas of the primary.
  ///   - hasAutoscaler: Whether the Canary names an autoscaler.
  ///   - leastReplicas: What the autoscaler keeps at least; nil if it does not say.
  /// - Returns: 1 or more.
  public static func canaryReplicas(
    own: Int?, primary: Int?, hasAutoscaler: Bool, leastReplicas: Int?
  ) -> Int {
    if let own, own > 0 { return own }
    return max(1, (hasAutoscaler ? leastReplicas : primary) ?? 1)
  }
}
