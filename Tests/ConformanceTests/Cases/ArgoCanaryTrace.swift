import LabStrategies
import LabUnits

/// One pass of the controller over the state that a case describes.
struct ArgoCanaryTrace {
  let input: CaseValue

  func answer() throws -> CaseValue {
    if let change = input["change"].text { return try answer(toChange: change) }
    var (canary, progress) = try ArgoCanaryInput.canaryAndProgress(input)
    var fleet = ArgoCanaryInput.fleet(input)
    // A set that is released and stable at once cannot be aborted.
    if progress.isStable {
      progress.isAborted = false
      progress.step = canary.steps.count
      fleet.stable = nil
    } else if input["step"].isNull, input["steps"].isNull {
      canary.steps = []
    }
    if progress.isAborted { progress.step = 0 }
    if progress.isPromotedInFull { progress.step = canary.steps.count }
    if fleet.canary == nil {
      return merge(
        ArgoCanaryInput.creation(canary, progress, input),
        ["stepIndex": .integer(progress.step), "analysisStarted": false])
    }
    let names = olderNames
    let referenced = input["weightsCanaryHash"]
    let state = CanaryStepState(
      pausedFor: ArgoCanaryInput.span(input["pausedForSeconds"]),
      isResumed: input["pauseConditionRemovedByUser"].flag ?? false,
      analysis: input["analysis"].text.flatMap { AnalysisPhase(rawValue: $0) })
    let pass = canary.pass(
      progress, fleet, state,
      keepsOlder: names.map { isReferenced($0.name, referenced) })
    let isPausedByUser = ["paused", "specPaused", "userPaused", "pausedByUser"].contains {
      input[$0].flag ?? false
    }
    let endsStep = pass.endsStep && !isPausedByUser
    let isAtPause: Bool =
      if case .pause = canary.steps.dropFirst(max(0, progress.step)).first { true } else { false }
    return [
      "scale": pass.scaleAnswer(older: names),
      "order": .list(
        zip(names, pass.older ?? []).filter { $0.size != $1 }.map { .text($0.0.name) }),
      "stepIndex": .integer(progress.step + (endsStep ? 1 : 0)),
      "paused": .flag(isPausedByUser || (isAtPause && !endsStep && !progress.isAborted)),
      "aborted": .flag(progress.isAborted),
      "phase": progress.isAborted ? "Degraded" : isAtPause && !endsStep ? "Paused" : "Progressing",
      "setWeight": .integer(pass.weight), "promoted": .flag(pass.promotes),
      "analysisStarted": .flag(false),
    ]
  }

  /// Another template: back to stable, or to a set within the roll-back window, all steps are skipped.
  private func answer(toChange change: String) throws -> CaseValue {
    let canary = try ArgoCanaryInput.canary(input)
    let isStable = !change.contains("older than stable") && change.contains("stable")
    let isWithinWindow =
      change.contains("older than stable")
      && (canary.rollbackWindow?.contains(age: 2, stableAge: 1, otherAges: [2, 1]) ?? false)
      && change.contains("scaled up")
    let skips = isStable || isWithinWindow
    return ["stepIndex": .integer(skips ? canary.steps.count : 0)]
  }

  /// The sets of other revisions by the names that the case expects, the newest first.
  private var olderNames: [(name: String, size: Int)] {
    let older = input["older"]
    let sorted = (older.list ?? []).sorted {
      ($0["rev"].integer ?? 0) > ($1["rev"].integer ?? 0)
    }
    var names = sorted.enumerated().map { index, set in
      (
        name: set["rev"].integer.map { "rev\($0)" } ?? "older\(index)",
        size: set["replicas"].integer ?? 1
      )
    }
    if older.object != nil { names.append(("older", older["replicas"].integer ?? 1)) }
    let intermediate = input["intermediate"]
    if !intermediate.isNull {
      names.append(("intermediate", intermediate["replicas"].integer ?? 1))
    }
    return names
  }

  /// Whether the router still sends the candidate's weight to a set of another revision.
  private func isReferenced(_ name: String, _ hash: CaseValue) -> Bool {
    guard let hash = hash.text else { return false }
    return hash == name || (name == "intermediate" && hash != "canary" && hash != "stable")
  }

  private func merge(_ left: CaseValue, _ right: CaseValue) -> CaseValue {
    .object((left.object ?? [:]).merging(right.object ?? [:]) { _, last in last })
  }
}
