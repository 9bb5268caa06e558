import LabKernel
import LabStrategies
import LabUnits

/// Times in which monitors would read the counters and find nothing that anybody acts on.
///
/// Most of the time before the horizon is such: the release is over, nothing is planned, and the alerts would need
/// luck that does not occur. The sum of Poisson numbers is Poisson, so that the requests of many
/// readings can be drawn at once.
extension Simulation {
  /// The fewest readings that are worth a look whether they can be drawn together.
  private static let fewestReadings = 4

  /// Plans the next reading of the counters.
  mutating func planReading() {
    let interval = compiled.scenario.monitoring.scrapeInterval
    schedule(.reading, at: now + interval * readingsTogether(every: interval.nanoseconds))
  }

  /// How many readings from now on can be drawn as one.
  private mutating func readingsTogether(every interval: Int64) -> Int {
    guard readsTogether, !playsRequests, watch.analysis == nil, samples == nil, !needsReconcile,
      !hasCountsChanged
    else { return 1 }
    let number = Int(now.nanoseconds / interval)
    let next = calendar.nextTime() ?? .distantFuture
    let end = Int(min(next.nanoseconds - 1, horizon.nanoseconds) / interval)
    let readings = ReadingLuck.longestPiece(after: number, through: end)
    // Nothing happens before the end, so that what was found once holds until then.
    if end <= quietUntil { return readings }
    guard readings >= Self.fewestReadings, mayGoUnseen,
      watch.alertsStaySilent(coming(within: interval))
    else { return 1 }
    quietUntil = end
    return readings
  }

  /// Whether nobody but the alerts would see what goes on now.
  private var mayGoUnseen: Bool {
    // Long answers to earlier requests still come in, more or fewer of them as time goes on.
    guard flow.isEven, flow.answers == nil, flow.route.mirrored == .none, flow.checkRate == 0
    else { return false }
    // Users whom a defect hurts complain sooner or later.
    return world.defectIndex == nil || watch.complaintsSent || watch.decision != nil
      || flow.candidateShare <= 0
  }

  /// The requests of the next reading on average, which those after it are like.
  private func coming(within interval: Int64) -> SteadyReadings {
    var ahead = flow
    ahead.pass(from: now, to: now + Span(nanoseconds: interval))
    let (stable, candidate) = (ahead.means.stable, ahead.means.candidate)
    return SteadyReadings(
      last: now, interval: Span(nanoseconds: interval), total: stable.total + candidate.total,
      failed: stable.failed + candidate.failed)
  }
}
