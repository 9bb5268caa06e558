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

  /// The replicas that find a place at once, by the quota, by what is scarce, or by the nodes that there can be.
  private var places: Int? {
    let nodes = scenario.cluster.nodeMaximum.map { $0 * play.compiled.placesPerNode }
    return [play.compiled.quotaReplicas, nodes].compactMap { $0 }.min()
  }

  /// What would finish, each tried by playing it.
  private func remedies(needed: Int) -> [String] {
    var remedies: [String] = []
    let roomy = scenario.withPlaces(needed)
    if let downtime = downtime(roomy, index) {
      remedies.append("\(counted(needed, "place")) would do\(Self.words(downtime))")
    }

    var inPlace = scenario
    inPlace.strategies = [
      NamedStrategy(
        name: "in-place", strategy: RollingUpdate(maxSurge: .count(0), maxUnavailable: .count(1)))
    ]
    if let downtime = downtime(inPlace, 0) {
      let subject = strategy is RollingUpdate ? "" : "a rolling update with "
      remedies.append(
        "\(subject)maxSurge: 0 and maxUnavailable: 1 would finish as things are\(Self.words(downtime))"
      )
    }
    return remedies
  }

  /// How long nobody would answer in a release that finishes; nil if it does not.
  private func downtime(_ scenario: Scenario, _ index: Int) -> Span? {
    let play = ProjectionStage(scenario).play(index, pace: .even)
    return play.end == .promoted ? Span(nanoseconds: play.flow.downNanoseconds) : nil
  }

  private static func words(_ downtime: Span) -> String {
    downtime > .zero ? ", with \(PlanText.span(downtime)) of downtime" : ", without downtime"
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}
