import LabUnits

// Keys that several strategies share.

extension Parameter {
  static let maxSurge = Parameter.standard(
    "maxSurge", .replicas, "25%",
    "Replicas that may be asked for above the desired count; a share rounds up.",
    source: "Kubernetes, pkg/apis/apps/v1/defaults.go")

  static let maxUnavailable = Parameter.standard(
    "maxUnavailable", .replicas, "25%",
    "Replicas that may be missing from the desired count; a share rounds down.",
    source: "Kubernetes, pkg/apis/apps/v1/defaults.go")

  static let abortDelay = Parameter.standard(
    "abortDelay", .anySpan, "30s",
    "How long the candidate's replicas stay after a roll-back has taken all traffic from them.",
    source: "Argo Rollouts, utils/defaults/defaults.go, abortScaleDownDelaySeconds")

  static let scaleDownDelay = Parameter.standard(
    "scaleDownDelay", .anySpan, "30s",
    "How long the replicas of stable stay after the candidate has all traffic.",
    source: "Argo Rollouts, utils/defaults/defaults.go, scaleDownDelaySeconds")

  static let hold = Parameter.standard(
    "hold", .anySpan, "30s",
    "How long the replicas of stable stay after the switch; until then, a roll-back is a switch.",
    source: "Argo Rollouts, utils/defaults/defaults.go, scaleDownDelaySeconds")

  static let analysisOfHold = Parameter.standard(
    "analysis", .flag, "true",
    "Whether the scenario's monitors watch the candidate while stable is kept, and roll back.",
    source: "assumption of StrategyLab: who keeps stable for a roll-back also looks for the reason")
}
