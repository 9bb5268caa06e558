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
    let replica = replicas.add(version, notBefore: operations.next(at: now))
    waiting.append(Int32(replica))
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

  /// The replicas that are deleted first: not ready before ready, crowded nodes first, then the youngest.
  ///
  /// Kubernetes, pkg/controller/controller_utils.go, ActivePodsWithRanks. Ready times are compared in powers of two.
  private func chooseForDeletion(_ count: Int, of version: ReleaseVersion) -> [Int] {
    let side = version.rawValue
    var candidates: [(rank: UInt64, replica: Int)] = []
    candidates.reserveCapacity(replicas.members[side].count)
    for member in replicas.members[side] where !replicas.isDoomed[Int(member)] {
      let replica = Int(member)
      candidates.append((deletionRank(of: replica, side: side), replica))
    }
    if count < candidates.count {
      candidates.sort { $0.rank != $1.rank ? $0.rank < $1.rank : $0.replica > $1.replica }
      candidates.removeLast(candidates.count - count)
    }
    return candidates.map(\.replica)
  }

  /// The smaller, the sooner deleted.
  private func deletionRank(of replica: Int, side: Int) -> UInt64 {
    let phase: UInt64
    switch replicas.phase(of: replica) {
    case .pending: phase = 0
    case .starting, .backingOff: phase = 1
    default: phase = 2
    }
    guard phase == 2 else { return phase << 48 }
    let crowd = UInt64(readyOnNode[Int(replicas.node[replica]) * 2 + side])
    let since = replicas.readySince[replica]
    let age: UInt64
    if since == .min {
      age = 63
    } else {
      let seconds = UInt64(max(0, (now.nanoseconds - since) / 1_000_000_000))
      age = UInt64(64 - (seconds + 1).leadingZeroBitCount)
    }
    let restarts = UInt64(min(replicas.restarts[replica], 255))
    return phase << 48 | (0xFFFF - min(crowd, 0xFFFF)) << 24 | age << 8 | (255 - restarts)
  }

  /// Gives waiting replicas a place while the quota and the nodes have room, and asks for nodes for the rest.
  mutating func placeWaiting() {
    while waitingHead < waiting.count {
      let replica = Int(waiting[waitingHead])
      guard replicas.phase(of: replica) == .pending else {
        waitingHead += 1
        continue
      }
      if let quota = compiled.quotaReplicas, replicas.placed >= quota { return }
      guard let node = pool.place() else {
        orderNodes()
        return
      }
      waitingHead += 1
      replicas.node[replica] = Int32(node)
      start(replica)
    }
  }

  private mutating func orderNodes() {
    var homeless = replicas.counts[0].pending + replicas.counts[1].pending
    if let quota = compiled.quotaReplicas { homeless = min(homeless, quota - replicas.placed) }
    let needed = (homeless + pool.placesPerNode - 1) / pool.placesPerNode - pool.nodesUnderWay
    guard needed > 0 else { return }
    let room = compiled.scenario.cluster.nodeMaximum.map {
      max(0, $0 - pool.nodes - pool.nodesUnderWay)
    }
    for _ in 0..<min(needed, room ?? needed) {
      let span = world.span(
        compiled.scenario.cluster.nodeProvisioning, WorldPurpose.nodeProvisioning, .stable,
        nodesOrdered)
      nodesOrdered += 1
      pool.nodesUnderWay += 1
      schedule(.nodeReady, at: now + span)
    }
  }

  mutating func nodeBecameReady() {
    pool.nodesUnderWay -= 1
    let node = pool.addNode(at: now)
    readyOnNode.append(0)
    readyOnNode.append(0)
    schedule(.nodeExpires, node, at: now + compiled.scenario.cluster.nodeScaleDownDelay)
    placeWaiting()
  }

  mutating func nodeMayExpire(_ node: Int) {
    let delay = compiled.scenario.cluster.nodeScaleDownDelay
    _ = pool.remove(
      node: node, emptySince: Instant(nanoseconds: now.nanoseconds - delay.nanoseconds))
  }

  /// Starts a replica that has a place.
  mutating func start(_ replica: Int) {
    let version = replicas.version(of: replica)
    let number = starts[version.rawValue]
    starts[version.rawValue] += 1
    replicas.enter(.starting, replica)
    let span = world.span(
      compiled.scenario.service.startup, WorldPurpose.startup, version, number)
    let begun = max(now, Instant(nanoseconds: replicas.notBefore[replica]))
    var kind = SimulationEvent.Kind.ready
    var duration = probed(span)
    if version == .candidate, effect.startFailureProbability > 0 {
      var stream = world.stream(WorldPurpose.startFailure, number)
      if stream.nextUnit() < effect.startFailureProbability {
        kind = .crashed
        duration = span
      }
    }
    schedule(kind, replica, stamp: replicas.stamp[replica], at: begun + duration)
  }

  /// The time until the probe finds a replica ready that can answer after the given time.
  private func probed(_ startup: Span) -> Span {
    let probe = compiled.scenario.service.readiness
    guard probe.period > .zero else { return max(startup, probe.initialDelay) }
    let missing = max(0, startup.nanoseconds - probe.initialDelay.nanoseconds)
    let period = probe.period.nanoseconds
    let ticks = (missing + period - 1) / period + Int64(probe.successThreshold - 1)
    return Span(nanoseconds: probe.initialDelay.nanoseconds + ticks * period)
  }

  mutating func becameReady(_ replica: Int) {
    let service = compiled.scenario.service
    replicas.enter(.ready, replica)
    replicas.readySince[replica] = now.nanoseconds
    replicas.isAnswering[replica] = true
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
    leaveReady(replica)
    setAnswering(replica, false)
    replicas.enter(.backingOff, replica)
    replicas.isHurting[replica] = false
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
      replicas.enter(.gone, replica)
      return
    }
    let served = replicas.isEndpoint[replica] && replicas.isAnswering[replica]
    if served {
      let seconds =
        version == .stable
        ? compiled.stableCutOff
        : world.defectIndex.map { compiled.defectCutOff[$0] } ?? compiled.stableCutOff
      if seconds > 0 {
        flow.cutOff(flow.ratePerEndpoint(of: version) * seconds, of: version)
      }
    }
    leaveReady(replica)
    replicas.enter(.terminating, replica)
    let number = deletions[version.rawValue]
    deletions[version.rawValue] += 1
    let drain = world.span(service.drain, WorldPurpose.drain, version, number)
    let life = min(service.terminationGrace, service.preStop + drain)
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

  // MARK: What routers see

  /// Adds a replica to the endpoints, or takes it out.
  mutating func setEndpoint(_ replica: Int, _ isEndpoint: Bool) {
    guard replicas.isEndpoint[replica] != isEndpoint else { return }
    replicas.isEndpoint[replica] = isEndpoint
    let version = replicas.version(of: replica)
    let step = isEndpoint ? 1 : -1
    let before = flow.endpoints[version]
    flow.endpoints[version] += step
    if replicas.isAnswering[replica] { changeAnswering(replica, by: step) }
    if !isEndpoint { flow.lostEndpoint(of: version, before: before) }
  }

  /// Lets a replica answer, or stop answering, what reaches it.
  mutating func setAnswering(_ replica: Int, _ isAnswering: Bool) {
    guard replicas.isAnswering[replica] != isAnswering else { return }
    replicas.isAnswering[replica] = isAnswering
    if replicas.isEndpoint[replica] { changeAnswering(replica, by: isAnswering ? 1 : -1) }
  }

  private mutating func changeAnswering(_ replica: Int, by step: Int) {
    flow.answering[replicas.version(of: replica)] += step
    if replicas.isHurting[replica] { flow.hurting += step }
  }

  mutating func setHurting(_ replica: Int) {
    guard !replicas.isHurting[replica] else { return }
    replicas.isHurting[replica] = true
    if replicas.isEndpoint[replica] && replicas.isAnswering[replica] { flow.hurting += 1 }
  }
}
