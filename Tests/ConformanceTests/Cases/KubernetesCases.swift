import LabStrategies
import LabUnits

/// The rules of `k8s_rolling.json`.
enum KubernetesCases {
  static let rules: [String: CaseRule] = sizeRules.merging(statusRules) { first, _ in first }
    .merging(replicaRules) { first, _ in first }

  /// What a Deployment makes of its quantities, and the sizes of its ReplicaSets.
  private static let sizeRules: [String: CaseRule] = [
    "parseIntOrPercent": { one in
      guard let quantity = quantity(one.input["value"]), let parsed = try? quantity.parsed() else {
        return ["error": true, "value": 0, "isPercent": false]
      }
      return [
        "error": false, "value": .integer(parsed.value), "isPercent": .flag(parsed.isPercent),
      ]
    },
    "scaledIntOrPercent": { one in
      let isUp = one.input["roundUp"].flag ?? false
      let total = one.input["total"].integer ?? 0
      guard let quantity = quantity(one.input["value"]),
        let result = try? quantity.scaled(to: total, roundingUp: isUp)
      else { return ["error": true, "result": 0] }
      return ["error": false, "result": .integer(result)]
    },
    "resolveFenceposts": { one in
      guard
        let resolved = try? DeploymentUpdate.resolve(
          maxSurge: quantity(one.input["maxSurge"]),
          maxUnavailable: quantity(one.input["maxUnavailable"]), of: desired(one.input))
      else { return ["error": true, "maxSurge": 0, "maxUnavailable": 0] }
      return [
        "error": false, "maxSurge": .integer(resolved.surge),
        "maxUnavailable": .integer(resolved.unavailable),
      ]
    },
    "validateRollingUpdate": { one in
      let written = DeploymentUpdate.rolling(
        maxSurge: quantity(one.input["maxSurge"]) ?? DeploymentUpdate.standardQuantity,
        maxUnavailable: quantity(one.input["maxUnavailable"]) ?? DeploymentUpdate.standardQuantity)
      return ["valid": .flag(written.problems.isEmpty)]
    },
    "maxUnavailable": { one in
      let fenceposts = update(one.input).fenceposts(of: desired(one.input))
      return ["maxUnavailable": .integer(fenceposts.unavailable)]
    },
    "minAvailable": { one in
      // Where all stop at once, nothing is promised, although nothing counts as missing either.
      let update = update(one.input)
      let fenceposts = update.fenceposts(of: desired(one.input))
      return ["minAvailable": .integer(update == .recreate ? 0 : fenceposts.leastAvailable)]
    },
    "newRSNewReplicas": { one in
      let size = update(one.input).sizeOfNew(
        one.input["newReplicas"].integer ?? 0, total: one.input["allReplicasTotal"].integer ?? 0,
        desired: desired(one.input))
      return ["newReplicas": .integer(size)]
    },
    "reconcileNewReplicaSet": { one in
      let new = one.input["newReplicas"].integer ?? 0
      let total = new + (one.input["oldReplicas"].integer ?? 0)
      let size = DeploymentReconciler.sizeOfNew(rolling(one.input), new: new, total: total)
      return ["scaled": .flag(size != new), "newReplicas": .integer(size)]
    },
    "reconcileOldReplicaSets": { one in
      let old = counts(one.input, "old")
      let size = DeploymentReconciler.sizeOfOld(
        rolling(one.input), new: counts(one.input, "new"), old: old)
      return ["scaled": .flag(size != old.desired), "oldReplicas": .integer(size)]
    },
    "cleanupUnhealthyReplicas": { one in
      let old = counts(one.input, "old")
      var sets = [old]
      _ = DeploymentReconciler.cleanUp(&sets, budget: one.input["maxCleanupCount"].integer ?? 0)
      return [
        "cleanupCount": .integer(old.desired - sets[0].desired),
        "oldReplicas": .integer(sets[0].desired),
      ]
    },
    "scaleDownOldReplicaSets": { one in
      let old = counts(one.input, "old")
      var sets = [old]
      DeploymentReconciler.scaleDown(&sets, rolling(one.input), available: old.available)
      return [
        "scaled": .flag(sets[0].desired != old.desired), "oldReplicas": .integer(sets[0].desired),
      ]
    },
    "proportionalScale": { one in
      let deployment = one.input["deployment"]
      let old = (one.input["oldRSs"].list ?? []).filter { !$0.isNull }.map { record($0) }
      let new = one.input["newRS"].isNull ? nil : record(one.input["newRS"])
      let update = update(deployment)
      let live = one.input["statusReplicas"].integer ?? (old + (new.map { [$0] } ?? [])).totalLive
      var sizes = ProportionalScaling.sizes(
        new: new, old: old, to: update.fenceposts(of: desired(deployment)),
        isRolling: update != .recreate, live: live)
      let newSize = new == nil ? nil : sizes.removeFirst()
      let pairs = zip(old, sizes).map { ($0.name, CaseValue.integer($1)) }
      return [
        "newRS": .integer(newSize),
        "oldRSs": .object(Dictionary(pairs, uniquingKeysWith: { first, _ in first })),
      ]
    },
    "replicaSetFraction": { one in
      let set = ReplicaSetRecord(
        size: one.input["rsReplicas"].integer ?? 0,
        annotatedMost: one.input["rsMaxReplicasAnnotation"].integer)
      let delta = ProportionalScaling.fraction(
        of: set, to: rolling(one.input), live: one.input["statusReplicas"].integer ?? 0)
      return ["delta": .integer(delta)]
    },
    "replicaCounts": { one in
      let sets = (one.input["rss"].list ?? []).filter { !$0.isNull }.map { record($0) }
      return [
        "specSum": .integer(sets.totalSize), "statusSum": .integer(sets.totalLive),
        "terminatingSum": .integer(sets.totalTerminating),
      ]
    },
    "revisionHistoryCleanup": { one in
      ["deletions": .integer(surplus(one.input).count)]
    },
    "revisionHistoryCleanupOrder": { one in
      ["deleted": .list(surplus(one.input).map { .text($0) })]
    },
  ]
}

extension KubernetesCases {
  /// A quantity; nil where it is null or missing.
  static func quantity(_ value: CaseValue) -> IntOrPercent? {
    value.integer.map { .integer($0) } ?? value.text.map { .text($0) }
  }

  /// The desired replicas, 1 where a manifest leaves them out.
  static func desired(_ input: CaseValue) -> Int { input["replicas"].integer ?? 1 }

  static func update(_ input: CaseValue) -> DeploymentUpdate {
    if input["strategy"].text == "Recreate" { return .recreate }
    return .rolling(
      maxSurge: quantity(input["maxSurge"]), maxUnavailable: quantity(input["maxUnavailable"]))
  }

  static func rolling(_ input: CaseValue) -> RollingParameters {
    update(input).fenceposts(of: desired(input))
  }

  /// The counts behind `oldReplicas`, `oldAvailable` and the like.
  private static func counts(_ input: CaseValue, _ name: String) -> ReplicaCounts {
    ReplicaCounts(
      desired: input["\(name)Replicas"].integer ?? 0,
      available: input["\(name)Available"].integer ?? 0)
  }

  static func record(_ value: CaseValue) -> ReplicaSetRecord {
    let revision: Int? =
      value["revision"].isNull
      ? 0 : value["revision"].integer ?? value["revision"].text.flatMap { Int($0) }
    return ReplicaSetRecord(
      name: value["name"].text ?? "", size: value["replicas"].integer ?? 0,
      live: value["statusReplicas"].integer ?? 0, ready: value["ready"].integer ?? 0,
      available: value["available"].integer ?? 0,
      creation: value["created"].integer ?? value["createdOrder"].integer ?? 0,
      revision: revision, annotatedDesired: value["annotDesired"].integer,
      annotatedMost: value["annotMax"].integer, terminating: value["terminating"].integer,
      isObserved: value["synced"].flag ?? true,
      isBeingDeleted: value["beingDeleted"].flag ?? false)
  }

  private static func surplus(_ input: CaseValue) -> [String] {
    let old = (input["oldRSs"].list ?? []).filter { !$0.isNull }.map { record($0) }
    return RevisionHistory.surplus(of: old, limit: input["revisionHistoryLimit"].integer)
      .map { old[$0].name }
  }
}
