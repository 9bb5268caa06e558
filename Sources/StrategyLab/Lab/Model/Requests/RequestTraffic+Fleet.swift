import LabKernel
import LabStrategies
import LabUnits

/// What the fleet's events mean for requests.
extension RequestTraffic {
  /// Makes room for a replica that is new.
  mutating func add(_ replica: Int, _ version: ReleaseVersion) {
    while stations.count <= replica {
      _ = stations.add()
      isAnswering.append(false)
      isHurting.append(false)
      isCandidateReplica.append(false)
      killedAt.append(.max)
    }
    isCandidateReplica[replica] = version == .candidate
  }

  /// Adds a replica to the endpoints, or takes it out.
  mutating func setEndpoint(_ replica: Int, _ version: ReleaseVersion, _ isEndpoint: Bool) {
    if isEndpoint { endpoints[version].add(replica) } else { endpoints[version].remove(replica) }
  }

  /// Whether routers send requests to a replica.
  func isEndpoint(_ replica: Int) -> Bool {
    endpoints[isCandidateReplica[replica] ? .candidate : .stable].contains(replica)
  }

  /// Lets a replica begin with nothing to do.
  mutating func begin(_ replica: Int, at now: Instant) {
    stations.reset(replica, at: time(of: now))
    killedAt[replica] = .max
  }

  /// Kills a replica at an instant to come: what it has not finished by then is lost.
  mutating func willKill(_ replica: Int, at instant: Instant) {
    let killed = time(of: instant)
    killedAt[replica] = killed
    for index in open.indices
    where Int(open[index].replica) == replica && open[index].decided > killed {
      open[index].decided = killed
      open[index].fate = .lost
    }
  }

  /// Kills a replica now; it may begin again later.
  mutating func kill(_ replica: Int, at now: Instant) {
    willKill(replica, at: now)
    if terms.countsWork {
      let left = stations.remainingWork(replica, at: time(of: now))
      workTaken[isCandidateReplica[replica] ? .candidate : .stable] -= Double(left)
    }
    stations.reset(replica, at: time(of: now))
  }

  /// Seconds that the workers of each version have been busy since the release began.
  ///
  /// A worker that is not free before an instant is busy until then, so what is done is what was taken on, less
  /// what is still to do.
  ///
  /// - Complexity: linear in the replicas and their workers.
  func workDone(at now: Instant) -> PerVersion<Double> {
    let left = workLeft(at: now)
    return PerVersion(
      (workTaken.stable - left.stable) / 1e9, (workTaken.candidate - left.candidate) / 1e9)
  }

  /// Nanoseconds of work that the replicas of each version have still to do.
  func workLeft(at now: Instant) -> PerVersion<Double> {
    var work = PerVersion(0.0, 0.0)
    for replica in 0..<stations.count {
      let left = stations.remainingWork(replica, at: time(of: now))
      work[isCandidateReplica[replica] ? .candidate : .stable] += Double(left)
    }
    return work
  }

  /// Sends all running sessions to one version, because a route has left them no choice.
  mutating func moveSessions(toCandidate isCandidate: Bool) {
    for place in 0..<pool.count { pool.change(place) { $0.stick(candidate: isCandidate) } }
  }
}
