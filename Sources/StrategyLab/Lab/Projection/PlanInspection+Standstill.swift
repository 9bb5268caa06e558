import LabStrategies
import LabUnits

extension PlanInspection {
  /// A release that waits for ever: for what, and what would let it finish.
  var standstill: PlanWarning? {
    guard summary.outcome == .stalled, let reason = summary.waitsFor else { return nil }
    let waits = play.ledger.pending.peak > 0
    guard waits, let places else {
      return PlanWarning(.neverFinishes, .serious, "the release never finishes: \(reason)")
    }
    let needed = course.moments.map { $0.stable.desired + $0.candidate.desired }.max() ?? 0
    return PlanWarning(
      .neverFinishes, .serious,
      "the release never finishes: \(reason); it needs \(counted(needed, "place")) at once, and there \(places == 1 ? "is" : "are") \(places)",
      hint: remedies(needed: needed).joined(separator: "; "))
  }

  /// The replicas that find a place at once, by the quota or by the nodes that there can be.
  private var places: Int? {
    let nodes = scenario.cluster.nodeMaximum.map { $0 * play.compiled.placesPerNode }
    return [play.compiled.quotaReplicas, nodes].compactMap { $0 }.min()
  }

  /// What would finish, each tried by playing it.
  private func remedies(needed: Int) -> [String] {
    var remedies: [String] = []
    var roomy = scenario
    roomy.cluster.quota = ClusterModel.Quota(replicas: needed)
    if let maximum = roomy.cluster.nodeMaximum {
      let perNode = play.compiled.placesPerNode
      roomy.cluster.nodeMaximum = max(maximum, (needed + perNode - 1) / perNode)
    }
    if finishes(roomy, index) { remedies.append("\(counted(needed, "place")) would do") }

    var inPlace = scenario
    inPlace.strategies = [
      NamedStrategy(
        name: "in-place", strategy: RollingUpdate(maxSurge: .count(0), maxUnavailable: .count(1)))
    ]
    if finishes(inPlace, 0) {
      let subject = strategy is RollingUpdate ? "" : "a rolling update with "
      remedies.append("\(subject)maxSurge: 0 and maxUnavailable: 1 would finish as things are")
    }
    return remedies
  }

  private func finishes(_ scenario: Scenario, _ index: Int) -> Bool {
    ProjectionStage(scenario).play(index, pace: .even).end == .promoted
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}
