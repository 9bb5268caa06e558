import LabStrategies

/// What routers see of the replicas.
extension Simulation {
  /// Adds a replica to the endpoints, or takes it out.
  mutating func setEndpoint(_ replica: Int, _ isEndpoint: Bool) {
    guard replicas[replica].isEndpoint != isEndpoint else { return }
    let version = replicas.version(of: replica)
    if flow.dependsOnReplicas(of: version) { catchUpTraffic() }
    replicas[replica].isEndpoint = isEndpoint
    if playsRequests { requests?.setEndpoint(replica, version, isEndpoint) }
    let step = isEndpoint ? 1 : -1
    let before = flow.endpoints[version]
    flow.endpoints[version] += step
    if replicas[replica].isAnswering {
      // The traffic has been brought up to date, if that matters.
      flow.answering[version] += step
      if replicas[replica].isHurting { flow.hurting += step }
    }
    if !isEndpoint { flow.lostEndpoint(of: version, before: before) }
  }

  /// Lets a replica answer, or stop answering, what reaches it.
  mutating func setAnswering(_ replica: Int, _ isAnswering: Bool) {
    // Field by field: a row that was changed a moment ago is slow to read as a whole.
    guard replicas[replica].isAnswering != isAnswering else { return }
    replicas[replica].isAnswering = isAnswering
    if playsRequests { requests?.isAnswering[replica] = isAnswering }
    if replicas[replica].isEndpoint { changeAnswering(replica, by: isAnswering ? 1 : -1) }
  }

  private mutating func changeAnswering(_ replica: Int, by step: Int) {
    let version = replicas.version(of: replica)
    if flow.dependsOnReplicas(of: version) { catchUpTraffic() }
    flow.answering[version] += step
    if replicas[replica].isHurting { flow.hurting += step }
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
