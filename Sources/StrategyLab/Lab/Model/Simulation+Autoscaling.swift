import LabKernel
import LabStrategies
import LabUnits

/// A HorizontalPodAutoscaler beside the release reads the replicas' use and changes their number.
extension Simulation {
  /// Plans the first reading of the metrics and the first sync.
  mutating func beginAutoscaling() {
    guard let model = autoscaling?.model else { return }
    schedule(.autoscalerSync, at: .zero + model.syncPeriod)
    schedule(.usageReading, at: .zero + model.metricsResolution)
    scheduleBaseline(1)
  }

  mutating func readUsage() {
    guard let resolution = autoscaling?.model.metricsResolution else { return }
    catchUpTraffic()
    var work = flow.work
    if let done = requests?.workDone(at: now) {
      work.stable.busy = done.stable
      work.candidate.busy = done.candidate
    }
    autoscaling?.read(work, at: now)
    schedule(.usageReading, at: now + resolution)
  }

  /// One sync of the autoscaler.
  mutating func syncAutoscaler() {
    guard let scaler = autoscaling else { return }
    schedule(.autoscalerSync, at: now + scaler.model.syncPeriod)
    guard let reading = scaler.reading(before: now) else { return }
    switch scaler.model.scope {
    case .service:
      follow(usage(of: .stable, reading) + usage(of: .candidate, reading))
    case .active:
      catchUpTraffic()
      follow(usage(of: flow.candidateShare > 0.5 ? .candidate : .stable, reading))
    case .version:
      for version in ReleaseVersion.allCases where scaler.asked[version] > 0 {
        resize(version, usage(of: version, reading))
      }
    }
  }

  /// Lets the service's desired replicas follow its autoscaler; the controller does the rest.
  private mutating func follow(_ pods: PodUsage) {
    let (before, time) = (desiredReplicas, now)
    let existing = replicas.counts.stable.live + replicas.counts.candidate.live - uncreated
    let current = autoscaling?.model.present == .existing ? existing : before
    let size = autoscaling?.sync(.stable, current: current, pods, at: time)
    guard let size, size != before else { return }
    announce("the autoscaler wants \(size) replicas instead of \(before)")
    desiredReplicas = size
    needsReconcile = true
  }

  /// Lets a version follow its own autoscaler, without the controller.
  private mutating func resize(_ version: ReleaseVersion, _ pods: PodUsage) {
    let (before, time) = (replicas.counts[version.rawValue].desired, now)
    let size = autoscaling?.sync(version, current: before, pods, at: time)
    guard let size, size != before else { return }
    announce("the autoscaler of \(version.name) scales it from \(before) to \(size) replicas")
    scale(version, to: size)
    needsReconcile = true
  }

  /// What the metrics say of a version's replicas.
  ///
  /// A replica is measured once it was ready for the whole time of a reading. One in its back-off runs no container
  /// and has no metric.
  private func usage(of version: ReleaseVersion, _ reading: FleetAutoscaling.Reading) -> PodUsage {
    let resolution = autoscaling?.model.metricsResolution ?? .zero
    let latest = reading.time.nanoseconds - resolution.nanoseconds
    var (measured, unready, missing) = (0, 0, 0)
    for member in replicas.members[version].elements {
      let replica = replicas[Int(member)]
      switch replica.phase {
      case .ready: if replica.readySince <= latest { measured += 1 } else { unready += 1 }
      case .pending: if replica.isCreated { unready += 1 }
      case .starting: unready += 1
      case .backingOff: missing += 1
      case .terminating, .gone: break
      }
    }
    return PodUsage(
      measured: measured, utilization: reading.utilization[version], unready: unready,
      missing: missing)
  }

  /// Lets the fleet of stable alone, against which the release is held, follow its own autoscaler.
  mutating func baselineChanges(to step: Int) {
    guard let steady = compiled.steady, steady.steps.indices.contains(step) else { return }
    catchUpTraffic()
    flow.baselineReplicas = Double(steady.steps[step].ready)
    requests?.baseline?.set(replicas: steady.steps[step].ready)
    scheduleBaseline(step + 1)
  }

  private mutating func scheduleBaseline(_ step: Int) {
    guard let steady = compiled.steady, steady.steps.indices.contains(step) else { return }
    schedule(.baselineStep, step, at: steady.steps[step].time)
  }
}

/// Sizes as a controller asks for them, where each version has an autoscaler that moves them.
extension Simulation {
  /// A version as the controller sees it: at the size it asked for as far as the version is at the autoscaler's.
  ///
  /// What the autoscaler took away counts as if it were available, and what it added is left out, the replicas that
  /// are not ready first: so the controller neither fights the autoscaler nor waits for what it has changed.
  @inline(__always)
  func observed(_ version: ReleaseVersion) -> ReplicaCounts {
    let counts = version == .stable ? replicas.counts.stable : replicas.counts.candidate
    return compiled.isAutoscaled ? observed(version, counts) : counts
  }

  private func observed(_ version: ReleaseVersion, _ counts: ReplicaCounts) -> ReplicaCounts {
    guard let autoscaling, autoscaling.isPerVersion else { return counts }
    var seen = counts
    seen.desired = autoscaling.asked[version]
    let taken = max(0, seen.desired - counts.desired)
    seen.ready += taken
    seen.available += taken
    var added = max(0, counts.desired - seen.desired)
    func leaveOut(_ count: inout Int) {
      let part = min(added, count)
      count -= part
      added -= part
    }
    leaveOut(&seen.pending)
    leaveOut(&seen.starting)
    leaveOut(&seen.ready)
    seen.available = min(seen.available, seen.ready)
    return seen
  }

  /// Writes down what the controller asks of a version.
  ///
  /// - Returns: whether it is anything new.
  mutating func ask(_ version: ReleaseVersion, for size: Int) -> Bool {
    guard compiled.isAutoscaled, autoscaling?.isPerVersion == true else {
      return replicas.counts[version.rawValue].desired != size
    }
    guard autoscaling?.asked[version] != size else { return false }
    autoscaling?.asked[version] = size
    return true
  }

  /// The available replicas with which stable counts as restored after the decision to roll back.
  ///
  /// With an autoscaler it is the fewest that the autoscaler leaves alone at the present rate, at most those of the
  /// scenario: what was there when the release began may be more than the service needs by now.
  var replicasToRestore: Int {
    let replicas = compiled.scenario.service.replicas
    guard let rules = autoscaling?.model.rules else { return replicas }
    let most = rules.target.fraction * (1 + rules.tolerance.fraction)
    let busy =
      flow.rate * compiled.stableLatency.meanService / Double(compiled.scenario.service.workers)
    let needed = Int(min(Double(replicas), (busy / min(1, most)).rounded(.up)))
    return max(min(rules.minimum, replicas), needed)
  }
}
