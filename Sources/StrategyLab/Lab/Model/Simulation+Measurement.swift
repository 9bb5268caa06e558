import LabKernel
import LabStrategies
import LabUnits

/// What a replication came to, once the horizon is reached.
extension Simulation {
  /// The result of the replication.
  ///
  /// - Precondition: the simulation has run.
  func result() -> RunResult {
    let outcome = outcome
    return RunResult(
      strategyIndex: strategyIndex, replication: world.replication, outcome: outcome,
      defect: world.defectIndex.map { compiled.scenario.release.catalog[$0].name },
      stallReason: outcome == .stalled ? stallReason : nil,
      metrics: metrics(outcome))
  }

  private var outcome: ReleaseOutcome {
    switch end {
    case .promoted: watch.decision == nil ? .promoted : .stalled
    case .rolledBack: .rolledBack
    case nil: .stalled
    }
  }

  private func metrics(_ outcome: ReleaseOutcome) -> MetricValues {
    var values = MetricValues()
    measureTimes(outcome, &values)
    measureUsers(&values)
    measureRequests(&values)
    measureFleet(&values)
    measureCosts(outcome, &values)
    return values
  }

  private func measureTimes(_ outcome: ReleaseOutcome, _ values: inout MetricValues) {
    if outcome == .promoted {
      values[.releaseDuration] = endTime?.seconds
      // A switch at the horizon itself leaves no time for traffic to flow.
      let isSwitched = flow.candidateShare >= 1
      values[.trafficComplete] = (flow.allCandidateSince ?? (isSwitched ? horizon : nil))?.seconds
    }
    if let decision = watch.decision {
      if let first = flow.firstExposureToDefect {
        values[.detection] = max(0, (decision - first).seconds)
      }
      let last = flow.lastCandidateRequest ?? decision
      values[.rollback] = max(0, (last - decision).seconds)
      values[.restore] = watch.restored.map { ($0 - decision).seconds }
    }
    values[.mixedVersion] = Double(flow.mixedNanoseconds) / 1e9
    values[.mixedRunning] = Self.seconds(ledger.mixed.integral(until: horizon))
    values[.downtime] = Double(flow.downNanoseconds) / 1e9
    let latencies = latencies(exceededBy: 0.5, 0.01)
    values[.latencyP50] = latencies?.0
    values[.latencyP99] = latencies?.1
  }

  private func measureUsers(_ values: inout MetricValues) {
    let scenario = compiled.scenario
    let met = usersMet
    let active = met.active
    let sessions = compiled.totalRequests / max(scenario.users.requestsPerSession, 1)
    values[.sessionVersionFlips] = versionChanges / sessions
    values[.exposedUsers] = min(1, met.exposed / active)
    values[.exposedUsersAtDecision] = watch.exposedAtDecision.map { min(1, $0 / active) }
    values[.harmedUsers] = min(1, met.harmed / active)
  }

  private func measureRequests(_ values: inout MetricValues) {
    let scenario = compiled.scenario
    let stable = watch.totals.stable
    let candidate = watch.totals.candidate
    values[.requestsTotal] = Double(stable.total + candidate.total)
    values[.requestsCandidate] = Double(candidate.total)
    values[.requestsFailed] = Double(stable.failed + candidate.failed)
    let excess = excessFailures
    values[.excessFailures] = excess
    values[.capacityShortfall] = Double(stable.shortfall + candidate.shortfall)
    let window = scenario.costs.objectiveWindow.seconds / scenario.experiment.horizon.seconds
    let budget = (1 - scenario.costs.objective.fraction) * compiled.totalRequests * window
    values[.errorBudget] = budget > 0 ? excess / budget : nil
  }

  private var excessFailures: Double {
    let stable = watch.totals.stable
    let candidate = watch.totals.candidate
    return Double(
      stable.failed - stable.failedAnyway + candidate.failed - candidate.failedAnyway
        - watch.baselineShortfall)
  }

  private func measureFleet(_ values: inout MetricValues) {
    let desired = compiled.scenario.service.replicas
    let request = compiled.scenario.service.replicaRequest
    let replicaNanoseconds = ledger.replicas.integral(until: horizon)
    let steady =
      compiled.steady?.replicaNanoseconds(until: horizon)
      ?? Int128(desired) * Int128(horizon.nanoseconds)
    let peak = ledger.replicas.peak
    values[.peakReplicas] = Double(peak)
    values[.peakReplicaRatio] = Double(peak) / Double(desired)
    values[.replicaSeconds] = Self.seconds(replicaNanoseconds)
    values[.extraReplicaSeconds] = Self.seconds(replicaNanoseconds - steady)
    // What waits for room has not got it: neither a quota nor a node holds its request.
    let held = ledger.placed.peak
    values[.peakCores] = Double(held) * request.cores
    values[.peakMemory] = Double(held) * Double(request.memoryBytes)
    values[.peakNodes] = Double(ledger.nodes.peak)
    values[.pendingTime] = Self.seconds(ledger.pending.integral(until: horizon))
  }

  private func measureCosts(_ outcome: ReleaseOutcome, _ values: inout MetricValues) {
    let costs = costs
    values[.infrastructureCost] = costs.infrastructure
    values[.extraInfrastructureCost] = costs.infrastructure - costs.steadyInfrastructure
    values[.failureCost] = costs.failures
    values[.peopleCost] = costs.people
    values[.totalCost] =
      costs.infrastructure - costs.steadyInfrastructure + costs.failures + costs.people
  }

  /// What the replication costs, cause by cause.
  ///
  /// - Precondition: the simulation has run.
  var costs: ReleaseCosts {
    let scenario = compiled.scenario
    let horizonSeconds = horizon.seconds
    var costs = ReleaseCosts()
    switch scenario.cluster.prices.billing {
    case .requests:
      let price = compiled.replicaDollarsPerSecond
      costs.infrastructure = Self.seconds(ledger.placed.integral(until: horizon)) * price
      costs.steadyInfrastructure =
        compiled.steady.map { Self.seconds($0.replicaNanoseconds(until: horizon)) * price }
        ?? Double(scenario.service.replicas) * horizonSeconds * price
    case .nodes:
      let price = compiled.nodeDollarsPerSecond
      costs.infrastructure = Self.seconds(ledger.nodes.integral(until: horizon)) * price
      costs.steadyInfrastructure =
        compiled.steadyNodeNanoseconds(until: horizon).map { Self.seconds($0) * price }
        ?? Double(compiled.initialNodes) * horizonSeconds * price
    }
    let harmed = usersMet.harmed * Double(scenario.users.population)
    let incident = incidentSeconds
    costs.failedRequests = max(0, excessFailures) * scenario.costs.failedRequest
    costs.harmedUsers = harmed * scenario.costs.harmedUser
    costs.incident = incident / 60 * scenario.costs.incidentMinute
    if watch.decision != nil {
      costs.repairs =
        Double(watch.totals.candidate.total) * effect.writesToRepair * scenario.costs.writeRepair
    }
    let watched = min(firstEndTime ?? horizon, watch.decision ?? horizon).seconds
    let hours =
      watched / 3600 * scenario.people.attention.fraction
      + (incident + watch.dismissed.seconds) / 3600 * Double(scenario.people.responders)
    costs.people = hours * scenario.people.hourlyCost
    return costs
  }

  /// Count-nanoseconds in count-seconds; numbers of 128 bits are converted bit by bit, and few need so many.
  private static func seconds(_ nanoseconds: Int128) -> Double {
    (Int64(exactly: nanoseconds).map { Double($0) } ?? Double(nanoseconds)) / 1e9
  }

  /// From the first page, or the decision, until stable serves alone and whole, or the horizon.
  private var incidentSeconds: Double {
    guard let start = [watch.firstPage, watch.decision].compactMap({ $0 }).min() else { return 0 }
    guard watch.decision != nil else {
      // People who found nothing to roll back have no incident, though their time is paid.
      return 0
    }
    var over = horizon
    if end == .rolledBack || flow.candidateShare <= 0, let restored = watch.restored {
      over = max(restored, flow.lastCandidateRequest ?? restored)
    }
    return max(0, (over - start).seconds)
  }

  /// What a stalled release waits for, for people to read.
  private var stallReason: String {
    for version in [ReleaseVersion.candidate, .stable] {
      let counts = replicas.counts[version.rawValue]
      if counts.pending > 0 { return waitingReason(counts.pending, version) }
    }
    if replicas.backingOff[1] > 0
      || (effect.startFailureProbability > 0 && watch.decision == nil
        && replicas.counts[1].available < replicas.counts[1].desired)
    {
      return "replicas of the candidate crash before they are ready"
    }
    if watch.decision != nil { return "the roll-back was still under way at the horizon" }
    return "the release was still under way at the horizon"
  }

  private func waitingReason(_ count: Int, _ version: ReleaseVersion) -> String {
    let noun =
      count == 1 ? "1 \(version.name) replica waits" : "\(count) \(version.name) replicas wait"
    if let quota = compiled.quotaReplicas, replicas.placed >= quota {
      if let thing = compiled.scarcest, let limit = thing.limit {
        let used = thing.others + thing.perReplica * replicas.placed
        return "\(noun) for \(thing.name): \(used) of \(limit) are in use"
      }
      return "\(noun) for room in the quota: \(quota) of \(quota) replicas are in use"
    }
    if pool.hasRoom { return "\(noun) for the control plane, which creates them one by one" }
    if let maximum = compiled.scenario.cluster.nodeMaximum, pool.nodes >= maximum {
      return "\(noun) for a node: all \(maximum) nodes are full"
    }
    return "\(noun) for a node that is not ready yet"
  }
}
