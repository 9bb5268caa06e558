import LabKernel
import LabStrategies
import LabUnits

/// The life of a replica: pending, starting, ready, available, terminating, gone; and crashed, back-off, starting again.
extension Simulation {
  /// Makes a version have so many replicas: creates what is missing, deletes what is too much.
  mutating func scale(_ version: ReleaseVersion, to desired: Int) {
    replicas.counts[version].desired = desired
    let present = replicas.counts[version].live - replicas.doomed[version]
    if desired > present {
      for _ in present..<desired { create(version) }
      placeWaiting()
    } else if desired < present {
      delete(present - desired, of: version)
    }
  }

  private mutating func create(_ version: ReleaseVersion) {
    let instant = operations.next(at: now)
    let replica = replicas.add(version, isCreated: instant <= now)
    if playsRequests { requests?.add(replica, version) }
    waiting.append(Int32(replica))
    if keepsDeletionOrder[version] { deletionOrder[version].note(replica, &replicas) }
    if instant > now {
      uncreated += 1
      schedule(.created, replica, at: instant)
    }
  }

  mutating func wasCreated(_ replica: Int) {
    guard !replicas[replica].isCreated else { return }
    replicas[replica].isCreated = true
    uncreated -= 1
    placeWaiting()
  }

  /// Deletes replicas in the order in which a ReplicaSet does.
  private mutating func delete(_ count: Int, of version: ReleaseVersion) {
    choose(count, of: version)
    for index in 0..<chosen.count {
      let replica = Int(chosen[index])
      let instant = operations.next(at: now)
      if instant <= now {
        terminate(replica)
      } else {
        if !replicas[replica].isDoomed { replicas.doom(replica) }
        schedule(.deleted, replica, at: instant)
      }
    }
    placeWaiting()
  }

  /// Chooses the replicas of a version that are deleted first, as ``DeletionRank`` orders them.
  ///
  /// If all of them go, they go in the order in which they stand.
  private mutating func choose(_ count: Int, of version: ReleaseVersion) {
    chosen.removeAll()
    guard count < replicas.counts[version].live - replicas.doomed[version] else {
      for member in replicas.members[version].elements where !replicas[Int(member)].isDoomed {
        chosen.append(member)
      }
      return
    }
    if !keepsDeletionOrder[version] {
      keepsDeletionOrder[version] = true
      deletionOrder[version].keep(version, &replicas, at: now)
    }
    // Lent directly: through a subscript each question would be a call more.
    if version == .stable {
      Self.choose(count, &deletionOrder.stable, &replicas, at: now, into: &chosen)
    } else {
      Self.choose(count, &deletionOrder.candidate, &replicas, at: now, into: &chosen)
    }
  }

  @inline(__always)
  private static func choose(
    _ count: Int, _ order: inout DeletionOrder, _ replicas: inout ReplicaTable, at now: Instant,
    into chosen: inout PlainMemory<Int32>
  ) {
    while chosen.count < count, let replica = order.first(&replicas, at: now) {
      chosen.append(Int32(replica))
      replicas.doom(replica)
    }
  }

  /// Starts a replica that has a place.
  mutating func start(_ replica: Int) {
    let version = replicas.version(of: replica)
    let number = starts[version]
    starts[version] += 1
    replicas.enter(.starting, replica)
    if keepsDeletionOrder[version] { deletionOrder[version].note(replica, &replicas) }
    let span = drawnSpans.startup(number, of: version, in: world, compiled)
    var kind = SimulationEvent.Kind.ready
    var duration = compiled.spans.fixed.readiness.ready(after: span)
    if version == .candidate, effect.startFailureProbability > 0 {
      var stream = world.stream(WorldPurpose.startFailure, number)
      if stream.nextUnit() < effect.startFailureProbability {
        kind = .crashed
        duration = span
      }
    }
    schedule(kind, replica, stamp: replicas[replica].stamp, at: now + duration)
  }

  mutating func becameReady(_ replica: Int) {
    let version = replicas.version(of: replica)
    let minReady = compiled.spans.fixed.minReady
    let propagation = compiled.spans.fixed.endpointPropagation
    replicas.enter(.ready, replica)
    replicas[replica].readySince = now.nanoseconds
    if playsRequests { requests?.begin(replica, at: now) }
    setAnswering(replica, true)
    if keepsDeletionOrder[version] {
      deletionOrder[version].becameReady(replica, &replicas, at: now)
    }
    let stamp = replicas[replica].stamp
    if minReady == .zero {
      becameAvailable(replica)
    } else {
      schedule(.available, replica, stamp: stamp, at: now + minReady)
    }
    if propagation == .zero {
      setEndpoint(replica, true)
    } else {
      lastEndpointKnown = now + propagation
      schedule(.endpointAdded, replica, stamp: stamp, at: lastEndpointKnown)
    }
    if version == .candidate { planDefect(replica, stamp: stamp) }
    hasCountsChanged = true
  }

  private mutating func planDefect(_ replica: Int, stamp: UInt32) {
    let life = replica * 64 + Int(replicas[replica].restarts & 63)
    if let uptime = effect.onsetUptime {
      var stream = world.stream(WorldPurpose.onset, life)
      schedule(.onset, replica, stamp: stamp, at: now + uptime.sample(from: &stream))
    }
    if let uptime = effect.crashUptime {
      var stream = world.stream(WorldPurpose.crash, life)
      schedule(.crashed, replica, stamp: stamp, at: now + uptime.sample(from: &stream))
    }
  }

  mutating func becameAvailable(_ replica: Int) {
    replicas.becomeAvailable(replica)
    hasCountsChanged = true
  }

  /// A replica dies without having been asked to, and is started again after its back-off.
  mutating func crashed(_ replica: Int) {
    catchUpTraffic()
    if replicas[replica].isEndpoint && replicas[replica].isAnswering {
      // Whatever it had in work, and whatever waited for it, goes with it.
      flow.loseHeld(of: .candidate, since: requestsSince(replicas[replica]), at: now)
    }
    requests?.kill(replica, at: now)
    leaveReady(replica)
    setAnswering(replica, false)
    replicas.enter(.backingOff, replica)
    replicas[replica].isHurting = false
    requests?.isHurting[replica] = false
    replicas[replica].restarts += 1
    let version = replicas.version(of: replica)
    if keepsDeletionOrder[version] { deletionOrder[version].note(replica, &replicas) }
    if flow.firstExposureToDefect == nil { flow.firstExposureToDefect = now }
    if replicas[replica].isEndpoint {
      schedule(
        .endpointRemoved, replica, at: now + compiled.spans.fixed.endpointPropagation)
    }
    // kubelet: 10 s, doubled at each crash, 300 s at the most (MaxContainerBackOff).
    let doublings = min(Int(replicas[replica].restarts) - 1, 5)
    let backOff = min(300, 10 << doublings)
    schedule(
      .restarted, replica, stamp: replicas[replica].stamp, at: now + .seconds(backOff))
    hasCountsChanged = true
  }

  /// Deletes a replica: it leaves the endpoints, finishes what it holds, and goes.
  mutating func terminate(_ replica: Int) {
    let row = replicas[replica]
    let version = row.version
    hasCountsChanged = true
    if row.phase == .pending {
      if !row.isCreated {
        replicas[replica].isCreated = true
        uncreated -= 1
      }
      replicas.enter(.gone, replica)
      return
    }
    if row.isEndpoint && row.isAnswering { cutOff(row) }
    // Between a crash and the next start nothing runs that would have to stop.
    let isRunning = row.phase != .backingOff
    let grace = compiled.spans.fixed.terminationGrace
    if playsRequests { requests?.willKill(replica, at: now + grace) }
    leaveReady(replica)
    replicas.enter(.terminating, replica)
    let number = deletions[version]
    deletions[version] += 1
    let drain = drawnSpans.drain(number, of: version, in: world, compiled)
    let preStop = compiled.spans.fixed.preStop
    let life =
      isRunning ? min(grace, preStop + drain) : .zero
    if row.isEndpoint {
      let propagation = compiled.spans.fixed.endpointPropagation
      if propagation == .zero {
        setEndpoint(replica, false)
      } else {
        schedule(.endpointRemoved, replica, at: now + propagation)
      }
    }
    let accepting = min(preStop, life)
    if accepting == .zero {
      setAnswering(replica, false)
    } else if playsRequests || accepting < compiled.spans.fixed.endpointPropagation {
      // Whom no router knows any more may stop unseen.
      schedule(.toldToStop, replica, at: now + accepting)
    }
    if life == .zero {
      wentAway(replica)
    } else {
      schedule(.gone, replica, stamp: replicas[replica].stamp, at: now + life)
    }
  }

  /// Counts what a deleted replica still holds when it is killed.
  ///
  /// What is in work came before this instant, when all endpoints were there; where none came for a while, only
  /// what has lasted longer than that is still there.
  private mutating func cutOff(_ replica: Replica) {
    let version = replica.version
    let seconds =
      version == .stable
      ? compiled.stableCutOff
      : world.defectIndex.map { compiled.defectCutOff[$0] } ?? compiled.stableCutOff
    guard seconds > 0 else { return }
    if flow.answers != nil {
      catchUpTraffic()
      return flow.cutOffLater(
        version, among: replicas.counts[version].ready, since: requestsSince(replica), at: now)
    }
    if flow.quietSince[version] == nil { catchUpTraffic() }
    let rate = flow.recentRatePerEndpoint[version]
    guard let quietSince = flow.quietSince[version] else {
      return flow.cutOff(
        rate * seconds, of: version, since: requestsSince(replica), at: now)
    }
    let quiet = now - quietSince
    // Replicas mostly go many at once, and the formula costs more than all else about them.
    if lateCutOff[version].quiet != quiet {
      let factor = version == .candidate ? effect.serviceTimeFactor : 1
      let lasting = compiled.secondsToFinish + quiet.seconds
      lateCutOff[version] = LateCutOff(
        quiet: quiet,
        seconds: factor * compiled.scenario.service.serviceTime.meanExcess(over: lasting / factor))
    }
    flow.cutOff(
      rate * lateCutOff[version].seconds, of: version, since: requestsSince(replica), at: now)
  }

  /// Since when a ready replica has got requests.
  private func requestsSince(_ replica: Replica) -> Instant {
    guard replica.readySince > 0 else { return .zero }
    let ready = Instant(nanoseconds: replica.readySince)
    return min(now, ready + compiled.spans.fixed.endpointPropagation)
  }

  /// The seconds of a request's rate that a killed replica cuts off after its endpoints got nothing for a time.
  struct LateCutOff {
    /// The time.
    var quiet: Span?
    var seconds = 0.0
  }

  mutating func wentAway(_ replica: Int) {
    setAnswering(replica, false)
    replicas.enter(.gone, replica)
    let node = Int(replicas[replica].node)
    if pool.release(node: node, at: now), compiled.addsNodes {
      schedule(.nodeExpires, node, at: now + compiled.spans.fixed.nodeScaleDownDelay)
    }
    placeWaiting()
    let version = replicas.version(of: replica)
    if countsTerminating || replicas.counts[version].terminating == 0 { hasCountsChanged = true }
  }

  private mutating func leaveReady(_ replica: Int) {
    guard replicas.phase(of: replica) == .ready else { return }
    let version = replicas.version(of: replica)
    if keepsDeletionOrder[version] {
      deletionOrder[version].leavesReady(replica, &replicas, at: now)
    }
  }
}
