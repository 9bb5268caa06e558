import LabKernel
import LabStrategies
import LabUnits

/// The life of a replica: pending, starting, ready, available, terminating, gone; and crashed, back-off, starting again.
extension Simulation {
  /// Makes a version have so many replicas: creates what is missing, deletes what is too much.
  mutating func scale(_ version: ReleaseVersion, to desired: Int) {
    let side = version.rawValue
    replicas.counts[side].desired = desired
    let present = replicas.counts[side].live - replicas.doomed[side]
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
    requests?.add(replica, version)
    waiting.append(Int32(replica))
    if instant > now {
      uncreated += 1
      schedule(.created, replica, at: instant)
    }
  }

  mutating func wasCreated(_ replica: Int) {
    guard !replicas.isCreated[replica] else { return }
    replicas.isCreated[replica] = true
    uncreated -= 1
    placeWaiting()
  }

  /// Deletes replicas in the order in which a ReplicaSet does.
  private mutating func delete(_ count: Int, of version: ReleaseVersion) {
    for replica in chooseForDeletion(count, of: version) {
      let instant = operations.next(at: now)
      if instant <= now {
        terminate(replica)
      } else {
        replicas.isDoomed[replica] = true
        replicas.doomed[version.rawValue] += 1
        schedule(.deleted, replica, at: instant)
      }
    }
    placeWaiting()
  }

  /// The replicas of a version that are deleted first, as ``DeletionRank`` orders them.
  ///
  /// If all of them go, they go in the order in which they stand.
  private func chooseForDeletion(_ count: Int, of version: ReleaseVersion) -> [Int] {
    let members = replicas.members[version.rawValue]
    let deletable = members.count - replicas.doomed[version.rawValue]
    if count < deletable, count <= Self.fewDeletions { return lowest(count, of: version) }
    var chosen: [(rank: DeletionRank, replica: Int)] = []
    chosen.reserveCapacity(members.count)
    for member in members where !replicas.isDoomed[Int(member)] {
      chosen.append((deletionRank(of: Int(member), version), Int(member)))
    }
    if count < chosen.count {
      chosen.sort { $0.rank < $1.rank }
      chosen.removeLast(chosen.count - count)
    }
    return chosen.map(\.replica)
  }

  /// The replicas of the lowest ranks, found on one way through without sorting the rest.
  ///
  /// A controller mostly takes a few of many. The younger ones stand behind and go first, so that most of
  /// the others are passed over at a glance. No two ranks are equal, so the way does not matter.
  private func lowest(_ count: Int, of version: ReleaseVersion) -> [Int] {
    guard count > 0 else { return [] }
    var chosen: [(rank: DeletionRank, replica: Int)] = []
    chosen.reserveCapacity(count + 1)
    for member in replicas.members[version.rawValue].reversed()
    where !replicas.isDoomed[Int(member)] {
      let rank = deletionRank(of: Int(member), version)
      if chosen.count == count {
        if !(rank < chosen[count - 1].rank) { continue }
        chosen.removeLast()
      }
      let place = chosen.lastIndex { $0.rank < rank }.map { $0 + 1 } ?? 0
      chosen.insert((rank, Int(member)), at: place)
    }
    return chosen.map(\.replica)
  }

  /// So many deletions at once are found without sorting.
  private static let fewDeletions = 32

  private func deletionRank(of replica: Int, _ version: ReleaseVersion) -> DeletionRank {
    let stage: DeletionRank.Stage
    switch replicas.phase(of: replica) {
    case .pending: stage = .pending
    case .starting, .backingOff: stage = .starting
    default: stage = .ready
    }
    let since = replicas.readySince[replica]
    return DeletionRank(
      stage: stage,
      readyFor: since == .min
        ? Span(nanoseconds: .max)
        : Span(nanoseconds: now.nanoseconds - min(since, now.nanoseconds)),
      // Readiness and restarts have decided; who was created later has a higher number.
      age: .zero,
      restarts: Int(replicas.restarts[replica]),
      neighbours: stage == .ready
        ? Int(readyOnNode[Int(replicas.node[replica]) * 2 + version.rawValue]) : 0,
      // Upstream leaves it to the random names of pods; here the younger one goes.
      tieBreaker: .max - UInt64(replica))
  }

  /// Starts a replica that has a place.
  mutating func start(_ replica: Int) {
    let version = replicas.version(of: replica)
    let number = starts[version.rawValue]
    starts[version.rawValue] += 1
    replicas.enter(.starting, replica)
    let span = world.span(
      compiled.scenario.service.startup, WorldPurpose.startup, version, number)
    var kind = SimulationEvent.Kind.ready
    var duration = compiled.scenario.service.ready(after: span)
    if version == .candidate, effect.startFailureProbability > 0 {
      var stream = world.stream(WorldPurpose.startFailure, number)
      if stream.nextUnit() < effect.startFailureProbability {
        kind = .crashed
        duration = span
      }
    }
    schedule(kind, replica, stamp: replicas.stamp[replica], at: now + duration)
  }

  mutating func becameReady(_ replica: Int) {
    let service = compiled.scenario.service
    replicas.enter(.ready, replica)
    replicas.readySince[replica] = now.nanoseconds
    requests?.begin(replica, at: now)
    setAnswering(replica, true)
    readyOnNode[Int(replicas.node[replica]) * 2 + Int(replicas.version[replica])] += 1
    let stamp = replicas.stamp[replica]
    if service.minReady == .zero {
      becameAvailable(replica)
    } else {
      schedule(.available, replica, stamp: stamp, at: now + service.minReady)
    }
    if service.endpointPropagation == .zero {
      setEndpoint(replica, true)
    } else {
      lastEndpointKnown = now + service.endpointPropagation
      schedule(.endpointAdded, replica, stamp: stamp, at: lastEndpointKnown)
    }
    if replicas.version(of: replica) == .candidate { planDefect(replica, stamp: stamp) }
    needsReconcile = true
  }

  private mutating func planDefect(_ replica: Int, stamp: UInt32) {
    let life = replica * 64 + Int(replicas.restarts[replica] & 63)
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
    needsReconcile = true
  }

  /// A replica dies without having been asked to, and is started again after its back-off.
  mutating func crashed(_ replica: Int) {
    if replicas.isEndpoint[replica] && replicas.isAnswering[replica] {
      // Whatever it had in work, and whatever waited for it, goes with it.
      flow.loseHeld(of: .candidate)
    }
    requests?.kill(replica, at: now)
    leaveReady(replica)
    setAnswering(replica, false)
    replicas.enter(.backingOff, replica)
    replicas.isHurting[replica] = false
    requests?.isHurting[replica] = false
    replicas.restarts[replica] += 1
    if flow.firstExposureToDefect == nil { flow.firstExposureToDefect = now }
    if replicas.isEndpoint[replica] {
      schedule(
        .endpointRemoved, replica, at: now + compiled.scenario.service.endpointPropagation)
    }
    // kubelet: 10 s, doubled at each crash, 300 s at the most (MaxContainerBackOff).
    let doublings = min(Int(replicas.restarts[replica]) - 1, 5)
    let backOff = min(300, 10 << doublings)
    schedule(
      .restarted, replica, stamp: replicas.stamp[replica], at: now + .seconds(backOff))
    needsReconcile = true
  }

  /// Deletes a replica: it leaves the endpoints, finishes what it holds, and goes.
  mutating func terminate(_ replica: Int) {
    let version = replicas.version(of: replica)
    let service = compiled.scenario.service
    needsReconcile = true
    if replicas.phase(of: replica) == .pending {
      if !replicas.isCreated[replica] {
        replicas.isCreated[replica] = true
        uncreated -= 1
      }
      replicas.enter(.gone, replica)
      return
    }
    if replicas.isEndpoint[replica] && replicas.isAnswering[replica] { cutOff(version) }
    // Between a crash and the next start nothing runs that would have to stop.
    let isRunning = replicas.phase(of: replica) != .backingOff
    requests?.willKill(replica, at: now + service.terminationGrace)
    leaveReady(replica)
    replicas.enter(.terminating, replica)
    let number = deletions[version.rawValue]
    deletions[version.rawValue] += 1
    let drain = world.span(service.drain, WorldPurpose.drain, version, number)
    let life = isRunning ? min(service.terminationGrace, service.preStop + drain) : .zero
    if replicas.isEndpoint[replica] {
      if service.endpointPropagation == .zero {
        setEndpoint(replica, false)
      } else {
        schedule(.endpointRemoved, replica, at: now + service.endpointPropagation)
      }
    }
    let accepting = min(service.preStop, life)
    if accepting == .zero {
      setAnswering(replica, false)
    } else {
      schedule(.toldToStop, replica, at: now + accepting)
    }
    if life == .zero {
      wentAway(replica)
    } else {
      schedule(.gone, replica, stamp: replicas.stamp[replica], at: now + life)
    }
  }

  /// Counts what a deleted replica still holds when it is killed.
  ///
  /// What is in work came before this instant, when all endpoints were there; where none came for a while, only
  /// what has lasted longer than that is still there.
  private mutating func cutOff(_ version: ReleaseVersion) {
    let rate = flow.recentRatePerEndpoint[version]
    guard let quietSince = flow.quietSince[version] else {
      let seconds =
        version == .stable
        ? compiled.stableCutOff
        : world.defectIndex.map { compiled.defectCutOff[$0] } ?? compiled.stableCutOff
      return flow.cutOff(rate * seconds, of: version)
    }
    let factor = version == .candidate ? effect.serviceTimeFactor : 1
    let lasting = compiled.secondsToFinish + (now - quietSince).seconds
    let seconds = factor * compiled.scenario.service.serviceTime.meanExcess(over: lasting / factor)
    flow.cutOff(rate * seconds, of: version)
  }

  mutating func wentAway(_ replica: Int) {
    setAnswering(replica, false)
    replicas.enter(.gone, replica)
    let node = Int(replicas.node[replica])
    if pool.release(node: node, at: now) {
      schedule(.nodeExpires, node, at: now + compiled.scenario.cluster.nodeScaleDownDelay)
    }
    placeWaiting()
    needsReconcile = true
  }

  private mutating func leaveReady(_ replica: Int) {
    guard replicas.phase(of: replica) == .ready else { return }
    readyOnNode[Int(replicas.node[replica]) * 2 + Int(replicas.version[replica])] -= 1
  }
}
