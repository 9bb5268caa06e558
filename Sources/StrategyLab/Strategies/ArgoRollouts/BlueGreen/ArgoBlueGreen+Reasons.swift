import LabUnits

extension ArgoBlueGreen {
  /// Why a pass did what it did, or what it waits for.
  func reason(_ before: BlueGreenState, _ after: BlueGreenState) -> String {
    if after.isAborted { return abortReason(before, after) }
    if after.active == .new {
      return before.active == .new ? promotedReason(before, after) : switchReason(after)
    }
    if after.isInconclusive { return "the analysis is inconclusive: the update waits for a person" }
    let size = after.newSize(settings)
    let available = "\(after.new.available) of \(size)"
    if after.new.size != before.new.size {
      if after.hasCheckPoint {
        return "the preview was good, so the new version grows to all \(size) before the switch"
      }
      return "the preview is scaled to \(size) in one go: blue-green has no surge limit"
    }
    if after.hasCheckPoint, !before.hasCheckPoint {
      return "the preview was good with its own size: the new version grows in the next pass"
    }
    if after.preAnalysis == .pending, before.preAnalysis == nil {
      return "the preview is available: the pre-promotion analysis starts"
    }
    if !after.isReady(settings) {
      return "the update waits for the new version: \(available) available"
    }
    if !after.isPreAnalysisOver(settings) { return "the pre-promotion analysis is under way" }
    if after.pausedSince != nil {
      let length = settings.autoPromotionDelay.plainText
      return settings.autoPromotion
        ? "the update is paused for \(length) before the switch"
        : "the update is paused until a person promotes it"
    }
    return "the new version is not whole: \(after.new.available) of \(after.replicas) available"
  }

  private func switchReason(_ after: BlueGreenState) -> String {
    "the new version has all \(after.replicas) replicas available, and analysis and pause are over: "
      + "the active service is switched in one step"
  }

  private func abortReason(_ before: BlueGreenState, _ after: BlueGreenState) -> String {
    if !before.isAborted {
      if let analysis = before.active == .new ? before.postAnalysis : before.preAnalysis,
        analysis == .failed || analysis == .error
      {
        let which = before.active == .new ? "post-promotion" : "pre-promotion"
        return "the \(which) analysis is \(analysis.rawValue): the update is aborted"
      }
      return "no progress for \(progressDeadline.plainText): the update is aborted"
    }
    if after.active != before.active {
      return "the update is aborted: the active service goes back to the old version at once"
    }
    if after.new.size != before.new.size {
      return "abortScaleDownDelay is over: the new version is scaled to \(after.new.size)"
    }
    if after.new.size == 0 { return "the update is aborted, and the new version has no replicas" }
    guard settings.abortScaleDownDelay != nil else {
      return "the update is aborted; abortScaleDownDelay 0s keeps the new version for ever"
    }
    return after.new.deadline == nil
      ? "the update is aborted; the new version is kept until the old one is whole"
      : "the update is aborted; the new version is kept for abortScaleDownDelay"
  }

  private func promotedReason(_ before: BlueGreenState, _ after: BlueGreenState) -> String {
    if after.stable != .new {
      return after.postAnalysis == .pending && before.postAnalysis == nil
        ? "the active service is switched: the post-promotion analysis starts"
        : "the post-promotion analysis is under way, and the old version stays whole"
    }
    if after.old.size != before.old.size, after.old.size == 0 {
      return "scaleDownDelay is over: the old version is scaled to 0"
    }
    if after.old.size == 0 { return "the update is promoted, and the old version is gone" }
    return "the update is promoted; the old version is kept for "
      + settings.effectiveScaleDownDelay.plainText
  }
}
