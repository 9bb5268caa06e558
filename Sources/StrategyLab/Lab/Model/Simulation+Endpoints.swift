import LabStrategies

/// What routers see of the replicas.
extension Simulation {
  /// Adds a replica to the endpoints, or takes it out.
  mutating func setEndpoint(_ replica: Int, _ isEndpoint: Bool) {
    guard replicas.isEndpoint[replica] != isEndpoint else { return }
    replicas.isEndpoint[replica] = isEndpoint
    let version = replicas.version(of: replica)
    requests?.setEndpoint(replica, version, isEndpoint)
    let step = isEndpoint ? 1 : -1
    let before = flow.endpoints[version]
    flow.endpoints[version] += step
    if replicas.isAnswering[replica] { changeAnswering(replica, by: step) }
    if isEndpoint && before == 0 { flow.gainedFirstEndpoint(of: version) }
    if !isEndpoint { flow.lostEndpoint(of: version, before: before) }
  }

  /// Lets a replica answer, or stop answering, what reaches it.
  mutating func setAnswering(_ replica: Int, _ isAnswering: Bool) {
    guard replicas.isAnswering[replica] != isAnswering else { return }
    replicas.isAnswering[replica] = isAnswering
    requests?.isAnswering[replica] = isAnswering
    if replicas.isEndpoint[replica] { changeAnswering(replica, by: isAnswering ? 1 : -1) }
  }

  mutating func changeAnswering(_ replica: Int, by step: Int) {
    flow.answering[replicas.version(of: replica)] += step
    if replicas.isHurting[replica] { flow.hurting += step }
  }

  mutating func setHurting(_ replica: Int) {
    guard !replicas.isHurting[replica] else { return }
    replicas.isHurting[replica] = true
    requests?.isHurting[replica] = true
    if replicas.isEndpoint[replica] && replicas.isAnswering[replica] { flow.hurting += 1 }
  }
}
