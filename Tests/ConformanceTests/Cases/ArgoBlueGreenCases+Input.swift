import LabStrategies
import LabUnits

extension ArgoBlueGreenCases {
  /// Somebody goes back: by setting the template back, or inside of the window of a canary or a blue-green Rollout.
  static func rollback(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    guard !input.has("rollbackWindowRevisions") else { return promoteReason(input) }
    // "template set back to blue, ..." says which version is the new one now.
    let words = (input["change"].text ?? "").split(whereSeparator: { " ,;.".contains($0) })
    let back = words.firstIndex(of: "to").flatMap {
      words.indices.contains($0 + 1) ? words[$0 + 1] : nil
    }
    let target = String(back ?? "blue")
    var state = state(input)
    state.replicas = input["replicas"].integer ?? 1
    let whole = BlueGreenState.ReplicaSet(
      size: state.replicas, available: state.replicas, deadline: now + .seconds(30))
    (state.new, state.old) = (whole, whole)
    state.active = input["active"].text == target ? .new : .old
    state.stable = input["stable"].text == target ? .new : .old
    state.isNewTemplate = false
    if state.stable == .old { state.old.deadline = nil }
    let before = state
    state.pass(settings(input), at: now)
    let other = target == "blue" ? "green" : "blue"
    return [
      "active": .text(state.active == .new ? target : other),
      "stable": .text(state.stable == .new ? target : other),
      "deadlineRemovedFrom": before.new.deadline != nil && state.new.deadline == nil
        ? .text(target) : .null,
      "paused": .flag(state.pausedSince != nil),
    ]
  }

  private static func promoteReason(_ input: CaseValue) -> CaseValue {
    let replicas = input["replicas"].integer ?? 1
    let isWithin =
      (input["rollbackWindowRevisions"].integer ?? 0) > 0
      && (input["newRSOlderThanStable"].flag ?? false)
    if input["strategy"].text == "canary" {
      let reason = RolloutPromotion.canary(
        hasStable: true, isAborted: input["aborted"].flag ?? false,
        isWhole: input["newAvailable"].integer == replicas,
        isPromotedInFull: input["promoteFull"].flag ?? false, isWithinRollbackWindow: isWithin,
        remainingSteps: 0, steps: 0)
      return ["promoteReason": .text(reason ?? "")]
    }
    var state = state(input)
    state.active = .new
    state.isWithinRollbackWindow = isWithin
    return [
      "promoteReason": .text(state.promotion(settings(input), isReturning: false) ?? "")
    ]
  }

  /// What the Rollout says; what is absent or null is as the controller takes it.
  static func settings(_ input: CaseValue) -> BlueGreenSettings {
    var settings = BlueGreenSettings()
    settings.previewReplicaCount = input["previewReplicaCount"].integer
    settings.autoPromotion = input["autoPromotionEnabled"].flag ?? true
    settings.autoPromotionDelay = seconds(input["autoPromotionSeconds"]) ?? .zero
    settings.scaleDownDelay = seconds(input["scaleDownDelaySeconds"])
    settings.scaleDownDelayRevisionLimit = input["scaleDownDelayRevisionLimit"].integer
    if let delay = input["abortScaleDownDelaySeconds"].integer {
      settings.abortScaleDownDelay = delay > 0 ? .seconds(delay) : delay == 0 ? nil : .seconds(30)
    }
    settings.hasPrePromotionAnalysis = isGiven(input["prePromotionAnalysis"])
    settings.hasPostPromotionAnalysis = isGiven(input["postPromotionAnalysis"])
    settings.progressDeadlineAbort = input["progressDeadlineAbort"].flag ?? false
    return settings
  }

  /// An update from blue to green; what is absent is as it is in the middle of an update.
  static func state(_ input: CaseValue) -> BlueGreenState {
    let blue = set(input["blue"])
    var state = BlueGreenState(
      replicas: input["replicas"].integer ?? 1, new: set(input["green"]) ?? .init(),
      old: blue ?? .init())
    let isFirst = input["initialDeploy"].flag ?? false
    if input.has("active") {
      state.active = version(input["active"])
    }
    state.stable = input.has("stable") ? version(input["stable"]) : isFirst ? .none : .old
    state.isPausedByPerson = input["specPaused"].flag ?? false
    state.hasPaused =
      input["resumedByUser"].flag ?? input["controllerPause"].flag ?? input["paused"].flag ?? false
    if input["paused"].flag == true {
      state.pausedSince = now + Span(seconds: -(input["pausedForSeconds"].number ?? 0))
    }
    state.isAborted = input["aborted"].flag ?? false
    state.isPromotedInFull = input["promoteFull"].flag ?? false
    state.hasCheckPoint =
      input["checkPoint"].flag ?? input["scaleUpPreviewCheckPoint"].flag ?? false
    state.isTimedOut = input["progressTimedOut"].flag ?? false
    state.isNewTemplate =
      input["templateChanged"].flag ?? (input["change"].text?.contains("template") ?? false)
    state.preAnalysis = phase(input["prePromotionAnalysis"])
    state.postAnalysis = phase(input["postPromotionAnalysis"])
    return state
  }

  /// What a pass has made of a state, under every name that a case may ask for.
  static func answer(_ before: BlueGreenState, _ after: BlueGreenState) -> CaseValue {
    var scale: [String: CaseValue] = [:]
    if after.old.size != before.old.size { scale["blue"] = .integer(after.old.size) }
    if after.new.size != before.new.size { scale["green"] = .integer(after.new.size) }
    return [
      "active": name(after.active), "stable": name(after.stable), "preview": "green",
      "paused": .flag(after.pausedSince != nil),
      "pauseAdded": .flag(after.pausedSince != nil && before.pausedSince == nil),
      "aborted": .flag(after.isAborted), "phase": .text(after.phase),
      "checkPoint": .flag(after.hasCheckPoint), "scale": .object(scale),
    ]
  }

  static func seconds(_ value: CaseValue) -> Span? { value.number.map { Span(seconds: $0) } }

  static func set(_ value: CaseValue) -> BlueGreenState.ReplicaSet? {
    guard case .object = value else { return nil }
    return .init(
      size: value["replicas"].integer ?? 0, available: value["available"].integer ?? 0,
      deadline: deadline(value))
  }

  /// A deadline that cannot be read is one that has passed.
  static func deadline(_ value: CaseValue) -> Instant? {
    if let span = seconds(value["deadlineInSeconds"]) { return now + span }
    return value["deadline"].text.map { _ in .zero }
  }

  private static func version(_ value: CaseValue) -> BlueGreenState.Version {
    switch value.text {
    case "green", "new": .new
    case nil: .none
    default: .old
    }
  }

  private static func name(_ version: BlueGreenState.Version) -> CaseValue {
    switch version {
    case .none: nil
    case .old: "blue"
    case .new: "green"
    }
  }

  /// An analysis is given as `true`, or by the phase of its run.
  private static func isGiven(_ value: CaseValue) -> Bool { value.flag ?? !value.isNull }

  private static func phase(_ value: CaseValue) -> AnalysisPhase? {
    value.text.flatMap { AnalysisPhase(rawValue: $0) }
  }
}
