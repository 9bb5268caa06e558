import LabUnits

extension RollingUpdate: StepwiseStrategy {
  /// One pass of the Deployment's controller, and why it does that and no more.
  ///
  /// The controller of Kubernetes sees no difference between a release and its undoing: after an
  /// undo the new ReplicaSet is that of stable. It looks at sizes and availability only, never at
  /// traffic, steps or checks.
  public func next(_ state: ControllerState) -> ControllerDecision {
    let pass = DeploymentPass(state)
    if pass.isPaused { return pass.waiting(DeploymentPass.pausedReason) }
    let rolling = RollingParameters(
      desired: state.desiredReplicas, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
    let (new, old) = (pass.new, pass.old)
    let decision = DeploymentReconciler.pass(
      rolling, new: new, old: old, newSetExists: pass.newSetExists)
    if decision.isIdle {
      if DeploymentReconciler.isComplete(rolling, new: new, old: old) {
        return ControllerDecision(reason: pass.completeReason)
      }
      return pass.waiting(reasonToWait(rolling, pass))
    }
    var reasons: [String] = []
    if let size = decision.newSize { reasons.append(reasonToGrow(rolling, pass, to: size)) }
    if let size = decision.oldSize { reasons.append(reasonToShrink(rolling, pass, to: size)) }
    return pass.decision(decision, reasons.joined(separator: "; "))
  }

  private func reasonToGrow(_ rolling: RollingParameters, _ pass: DeploymentPass, to size: Int)
    -> String
  {
    let (new, old) = (pass.new, pass.old)
    if size < new.desired {
      return
        "the service shall have \(rolling.desired) replicas, \(pass.newName) has \(new.desired)"
    }
    let total = new.desired + old.desired
    let room = rolling.mostReplicas - total
    let found =
      "\(counted(total, "replica")) of at most \(rolling.mostReplicas) "
      + "\(total == 1 ? "is" : "are") asked for"
    let terminating = new.terminating + old.terminating
    return "\(found), so there is room for \(room) more of \(pass.newName)"
      + (terminating > 0 ? " (\(terminating) terminating hold no room)" : "")
  }

  private func reasonToShrink(_ rolling: RollingParameters, _ pass: DeploymentPass, to size: Int)
    -> String
  {
    let old = pass.old
    let unhealthy = max(0, old.desired - old.available)
    let available = old.available + pass.new.available
    let surplus = max(0, available - rolling.leastAvailable)
    let gone = old.desired - size
    if surplus == 0 || unhealthy >= gone {
      return "\(counted(unhealthy, "replica")) of \(pass.oldName) "
        + "\(unhealthy == 1 ? "is" : "are") not available, and such go first"
    }
    let need = "\(available) are available and \(rolling.leastAvailable) needed"
    let first = unhealthy > 0 ? ", after those of its replicas that are not available" : ""
    return "\(need), so \(min(surplus, old.desired)) of \(pass.oldName) may go" + first
  }

  private func reasonToWait(_ rolling: RollingParameters, _ pass: DeploymentPass) -> String {
    let (new, old) = (pass.new, pass.old)
    let missing = max(0, new.desired - new.available)
    let available = old.available + new.available
    let floor = "\(available) of \(rolling.leastAvailable) needed are available"
    if old.available > old.desired {
      return "the status of \(pass.oldName) claims \(old.available) available replicas where "
        + "\(old.desired) are asked for; the controller waits until it is up to date"
    }
    if old.desired == 0 {
      return missing > 0
        ? "\(counted(missing, "new replica")) \(missing == 1 ? "is" : "are") not available yet; "
          + "no old one is left to go"
        : "the statuses do not yet count \(rolling.desired) replicas of \(pass.newName) alone"
    }
    if missing > 0 {
      return "\(counted(missing, "new replica")) \(missing == 1 ? "is" : "are") "
        + "not available yet, so no old one may go: \(floor)"
    }
    return "no old replica may go: \(floor)"
  }
}

extension Recreate: StepwiseStrategy {
  /// One pass of the Deployment's controller, and why it does that and no more.
  public func next(_ state: ControllerState) -> ControllerDecision {
    let pass = DeploymentPass(state)
    if pass.isPaused { return pass.waiting(DeploymentPass.pausedReason) }
    let (new, old) = (pass.new, pass.old)
    let n = state.desiredReplicas
    let decision = RecreateReconciler.pass(desired: n, new: new, old: old)
    if decision.oldSize != nil {
      return pass.decision(
        decision, "every replica of \(pass.oldName) goes before one of \(pass.newName) starts")
    }
    if decision.newSize != nil {
      return pass.decision(
        decision, "the last replica of \(pass.oldName) is gone, so \(pass.newName) starts whole")
    }
    if old.notGone > 0 {
      return pass.waiting(
        "\(counted(old.notGone, "replica")) of \(pass.oldName) \(old.notGone == 1 ? "is" : "are") "
          + "not gone yet, terminating ones included, so none of \(pass.newName) may start")
    }
    let missing = max(0, n - new.available)
    if missing > 0 {
      return pass.waiting(
        "\(counted(missing, "new replica")) \(missing == 1 ? "is" : "are") not available yet; "
          + "no old one is left to go")
    }
    return ControllerDecision(reason: pass.completeReason)
  }
}
