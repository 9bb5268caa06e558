import LabStrategies
import LabUnits

extension KubernetesCases {
  /// What a Deployment says of itself, and when it looks again.
  static let statusRules: [String: CaseRule] = [
    "deploymentComplete": { one in
      let status = DeploymentStatus(
        replicas: one.input["statusReplicas"].integer ?? 0,
        updated: one.input["statusUpdated"].integer ?? 0,
        available: one.input["statusAvailable"].integer ?? 0)
      return ["complete": .flag(status.isComplete(of: desired(one.input)))]
    },
    "deploymentProgressing": { one in
      let earlier = status(one.input["oldStatus"])
      return ["progressing": .flag(status(one.input["newStatus"]).hasProgressed(since: earlier))]
    },
    "deploymentTimedOut": { one in
      let deadline = ProgressDeadline(seconds: one.input["progressDeadlineSeconds"].integer)
      let condition = ProgressCondition(
        status: conditionStatus(one.input["progressingConditionStatus"]),
        reason: one.input["progressingConditionReason"].text ?? "",
        lastUpdate: instant(one.input["lastUpdateTimeSeconds"]))
      let now = instant(one.input["nowSeconds"]) ?? longAfter
      return ["timedOut": .flag(deadline?.isExceeded(condition, now: now) ?? false)]
    },
    "requeueForProgressDeadline": { one in
      let deadline = ProgressDeadline(seconds: one.input["progressDeadlineSeconds"].integer)
      let rest = deadline?.timeToLook(
        condition(one.input["progressingCondition"], "lastUpdateSeconds"),
        status: status(one.input["newStatus"]), desired: desired(one.input),
        now: instant(one.input["nowSeconds"]) ?? longAfter)
      guard let rest else { return ["requeue": false, "afterSeconds": nil] }
      return ["requeue": true, "afterSeconds": .number(rest.seconds)]
    },
    "syncRolloutStatus": { one in
      let new = one.input["newRS"].isNull ? nil : record(one.input["newRS"])
      let others = (one.input["otherRSs"].list ?? []).filter { !$0.isNull }.map { record($0) }
      let result = ProgressDeadline.condition(
        after: condition(one.input["progressingCondition"], "lastUpdate"),
        deadline: ProgressDeadline(seconds: one.input["progressDeadlineSeconds"].integer),
        from: status(one.input["oldStatus"]), to: DeploymentStatus(new: new, old: others),
        desired: desired(one.input), now: instant(one.input["nowSeconds"]) ?? longAfter)
      guard let result else { return ["progressingCondition": nil] }
      return [
        "progressingCondition": [
          "status": conditionValue(result.status), "reason": .text(result.reason),
        ]
      ]
    },
  ]

  /// A time after which nothing that happened "long ago" is recent.
  private static let longAfter = Instant.zero + .hours(24 * 365)

  private static func status(_ value: CaseValue) -> DeploymentStatus {
    DeploymentStatus(
      replicas: value["replicas"].integer ?? 0, updated: value["updated"].integer ?? 0,
      ready: value["ready"].integer ?? 0, available: value["available"].integer ?? 0)
  }

  private static func condition(_ value: CaseValue, _ time: String) -> ProgressCondition? {
    guard !value.isNull else { return nil }
    return ProgressCondition(
      status: conditionStatus(value["status"]), reason: value["reason"].text ?? "",
      lastUpdate: instant(value[time]))
  }

  /// An instant; words such as "long ago" and null are times that nobody wrote down.
  private static func instant(_ value: CaseValue) -> Instant? {
    if value.text == "now" { return longAfter }
    return value.number.map { Instant.zero + Span(seconds: $0) }
  }

  /// A condition says true, false, or, as null or "Unknown", that nobody can say.
  private static func conditionStatus(_ value: CaseValue) -> ProgressCondition.Status {
    value.flag.map { $0 ? .progressing : .stuck } ?? .unknown
  }

  private static func conditionValue(_ status: ProgressCondition.Status) -> CaseValue {
    switch status {
    case .progressing: true
    case .stuck: false
    case .unknown: "Unknown"
    }
  }
}
