import LabStrategies
import LabUnits

/// The rules of `argo_bluegreen.json`; blue is the version before the update, green the one of it.
enum ArgoBlueGreenCases {
  static let rules: [String: CaseRule] = [
    "abort": pass, "initialDeploy": initialDeploy, "pause": pass, "previewCheckPoint": pass,
    "promoteFull": pass, "scale": pass, "scaleDown": scaleDown, "rollback": rollback,
    "canaryPauseCompleted": canaryPauseCompleted, "manualAction": manualAction,
    "pauseCompleted": pauseCompleted, "previewReplicaCount": previewReplicaCount,
    "readyForPause": readyForPause, "reconcileNewRS": reconcileNew, "reconcileOldRS": reconcileOld,
  ]

  /// Cases count back from now; no clock is asked.
  static let now = Instant.zero + .hours(1000)

  private static func pass(_ one: ConformanceCase) throws -> CaseValue {
    let (settings, before) = (settings(one.input), state(one.input))
    var after = before
    after.pass(settings, at: now)
    return answer(before, after)
  }

  /// Both looks of a first deployment: the template is noted, then the ReplicaSet grows.
  private static func initialDeploy(_ one: ConformanceCase) throws -> CaseValue {
    var state = BlueGreenState(replicas: one.input["replicas"].integer ?? 1)
    (state.stable, state.active, state.isNewTemplate) = (.none, .none, true)
    state.pass(settings(one.input), at: now)
    let created = state
    state.pass(settings(one.input), at: now)
    return [
      "createdReplicas": .integer(created.new.size), "previewServiceTargets": "new",
      "nextReconcileReplicas": .integer(state.new.size),
      "stable": created.stable == .new ? "new" : "old",
    ]
  }

  private static func pauseCompleted(_ one: ConformanceCase) throws -> CaseValue {
    var state = state(one.input)
    state.hasPaused = one.input["controllerPause"].flag ?? false
    state.pausedSince =
      one.input["pauseCondition"].flag == true
      ? now + Span(seconds: -(one.input["pausedForSeconds"].number ?? 0)) : nil
    return ["completed": .flag(state.isPauseOver(settings(one.input), at: now))]
  }

  private static func canaryPauseCompleted(_ one: ConformanceCase) throws -> CaseValue {
    let isPaused = one.input["pauseCondition"].flag ?? one.input.has("pausedForSeconds")
    return [
      "completed": .flag(
        RolloutPause.isCanaryStepOver(
          duration: seconds(one.input["durationSeconds"]),
          pausedFor: isPaused ? seconds(one.input["pausedForSeconds"]) ?? .zero : nil,
          hasPaused: one.input["controllerPause"].flag ?? true))
    ]
  }

  private static func manualAction(_ one: ConformanceCase) throws -> CaseValue {
    let text = one.input["reason"].text ?? ""
    guard
      let reason = RolloutPause.Reason(rawValue: text)
        ?? (text == "InconclusiveAnalysis" ? .inconclusiveAnalysis : nil)
    else { return ["manual": false] }
    return [
      "manual": .flag(
        RolloutPause.needsPerson(
          reason, duration: seconds(one.input["durationSeconds"]),
          autoPromotion: one.input["autoPromotionEnabled"].flag ?? true))
    ]
  }

  /// Where the case names ReplicaSets, both of its numbers are known by name, and the answer is the name.
  private static func previewReplicaCount(_ one: ConformanceCase) throws -> CaseValue {
    let (input, settings) = (one.input, settings(one.input))
    var state = state(input)
    if let new = input["newRS"].text {
      let active = input["activeSelector"].text ?? ""
      state.active = active == new ? .new : active == input["otherRS"].text ? .old : .none
      state.isNewTemplate = (input["currentPodHash"].text).map { $0 != new } ?? false
    }
    let size = state.newSize(settings)
    guard input.has("newRS"), let preview = settings.previewReplicaCount, preview != state.replicas
    else { return ["newReplicas": .integer(size)] }
    return ["newReplicas": ["$ident": size == preview ? "previewReplicaCount" : "replicaCount"]]
  }

  private static func readyForPause(_ one: ConformanceCase) throws -> CaseValue {
    guard let new = set(one.input["newRS"]) else { return ["ready": false] }
    var state = state(one.input)
    state.new = new
    return ["ready": .flag(state.isReady(settings(one.input)))]
  }

  private static func reconcileNew(_ one: ConformanceCase) throws -> CaseValue {
    let size = one.input["newReplicas"].integer ?? 0
    var state = state(one.input)
    state.new = .init(size: size, available: size, deadline: deadline(one.input))
    state.old = .init(size: state.replicas, available: one.input["stableAvailable"].integer ?? 0)
    state.scaleNew(settings(one.input), at: now)
    return ["scaled": .flag(state.new.size != size), "newReplicas": .integer(state.new.size)]
  }

  private static func reconcileOld(_ one: ConformanceCase) throws -> CaseValue {
    let older = OlderReplicaSet(
      size: one.input["oldReplicas"].integer ?? 0, deadline: deadline(one.input))
    let after = OlderReplicaSet.scaledDown(
      [older], settings(one.input), replicas: one.input["replicas"].integer ?? 1, at: now)[0]
    return ["scaled": .flag(after.size != older.size), "oldReplicas": .integer(after.size)]
  }

  private static func scaleDown(_ one: ConformanceCase) throws -> CaseValue {
    let items = one.input["older"].list ?? []
    let older = items.map {
      OlderReplicaSet(
        size: $0["replicas"].integer ?? 0, revision: $0["rev"].integer ?? 0, deadline: deadline($0))
    }
    let after = OlderReplicaSet.scaledDown(
      older, settings(one.input), replicas: one.input["replicas"].integer ?? 1, at: now)
    var (scale, deadlines): ([String: CaseValue], [CaseValue]) = ([:], [])
    for (index, item) in items.enumerated() {
      let name = item["name"].text ?? ""
      if after[index].size != older[index].size { scale[name] = .integer(after[index].size) }
      if after[index].deadline != older[index].deadline { deadlines.append(.text(name)) }
    }
    return [
      "scale": .object(scale),
      "deadlineAddedTo": deadlines.count == 1 ? deadlines[0] : .list(deadlines),
    ]
  }
}
