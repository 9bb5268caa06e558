import LabStrategies

/// What routers see of the replicas.
extension Simulation {
  /// Adds a replica to the endpoints, or takes it out.
  mutating func setEndpoint(_ replica: Int, _ isEndpoint: Bool) {
    let row = replicas[replica]
    guard row.isEndpoint != isEndpoint else { return }
    let version = row.version
    if flow.dependsOnReplicas(of: version) { catchUpTraffic() }
    replicas[replica].isEndpoint = isEndpoint
    if playsRequests { requests?.setEndpoint(replica, version, isEndpoint) }
    let step = isEndpoint ? 1 : -1
    let before = flow.endpoints[version]
    flow.endpoints[version] += step
    if row.isAnswering {
      // The traffic has been brought up to date, if that matters.
      flow.answering[version] += step
      if row.isHurting { flow.hurting += step }
    }
    if !isEndpoint { flow.lostEndpoint(of: version, before: before) }
  }

  /// Lets a replica answer, or stop answering, what reaches it.
  mutating func setAnswering(_ replica: Int, _ isAnswering: Bool) {
    let row = replicas[replica]
    guard row.isAnswering != isAnswering else { return }
    replicas[replica].isAnswering = isAnswering
    if playsRequests { requests?.isAnswering[replica] = isAnswering }
    if row.isEndpoint { changeAnswering(row, by: isAnswering ? 1 : -1) }
  }

  private mutating func changeAnswering(_ row: Replica, by step: Int) {
    if flow.dependsOnReplicas(of: row.version) { catchUpTraffic() }
    flow.answering[row.version] += step
    if row.isHurting { flow.hurting += step }
  }

  mutating func setHurting(_ replica: Int) {
    let row = replicas[replica]
    guard !row.isHurting else { return }
    replicas[replica].isHurting = true
    requests?.isHurting[replica] = true
    guard row.isEndpoint && row.isAnswering else { return }
    catchUpTraffic()
    flow.hurting += 1
  }
}
