import LabUnits

/// What a Rollout says about its blue-green updates.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/types.go, `BlueGreenStrategy`; utils/defaults/defaults.go.
public struct BlueGreenSettings: Sendable, Hashable {
  /// How many replicas the new version has until it is promoted; nil for all of them.
  public var previewReplicaCount: Int?
  /// Whether the new version is promoted without a person.
  public var autoPromotion = true
  /// How long the new version waits before it is promoted without a person.
  public var autoPromotionDelay = Span.zero
  /// How long an old version keeps its replicas; nil if it is not written, which means 30 s.
  public var scaleDownDelay: Span?
  /// How many old versions may keep their replicas for that time; nil for all.
  public var scaleDownDelayRevisionLimit: Int?
  /// How long the new version keeps its replicas after an abort; nil for ever.
  public var abortScaleDownDelay: Span? = .seconds(30)
  /// Whether an analysis decides before the switch.
  public var hasPrePromotionAnalysis = false
  /// Whether an analysis decides after the switch.
  public var hasPostPromotionAnalysis = false
  /// Whether an update that makes no progress is aborted.
  public var progressDeadlineAbort = false

  /// Settings with the defaults of the controller.
  public init() {}

  /// How long an old version keeps its replicas, written or not.
  public var effectiveScaleDownDelay: Span { scaleDownDelay ?? .seconds(30) }

  /// Whether the controller stops before the switch, for a time or for a person.
  ///
  /// Source: Argo Rollouts, rollout/bluegreen.go, `needsBlueGreenControllerPause`.
  public var needsPause: Bool { !autoPromotion || autoPromotionDelay > .zero }
}
